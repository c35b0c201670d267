using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace DLCompiler.Runtime.Tests;

public sealed class TrainingStateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("run");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheFileHasPyTorchsNamesAndTexts()
    {
        using var host = LinearModel.Host(seed: 7);
        Fit(host, 3);
        host.SaveTrainingState(Path);
        Assert.Equal(
            [
                "fc.weight", "fc.bias", "fc.running_mean",
                "optimizer.Train.fc.weight.momentum_buffer", "optimizer.Train.fc.bias.momentum_buffer",
            ],
            SafetensorsText.Tensors(Path));
        Assert.Equal("[1,3]", SafetensorsText.Header(Path)["optimizer.Train.fc.weight.momentum_buffer"]!["shape"]!.ToJsonString());
        var metadata = SafetensorsText.Metadata(Path);
        Assert.Equal("pt", metadata["format"]);
        Assert.Equal("1", metadata["dlcompiler.training_state"]);
        Assert.Equal("7", metadata["dlcompiler.seed"]);
        Assert.Equal("3", metadata["dlcompiler.iteration"]);
        Assert.Equal("Train", metadata["dlcompiler.steps"]);
        Assert.Equal("Sgd (Momentum = 0.5)", metadata["dlcompiler.step.Train.optimizer"]);
        Assert.Equal("3", metadata["dlcompiler.step.Train.count"]);
        Assert.Equal("2", metadata["dlcompiler.step.Train.tensors"]);
    }

    [Fact]
    public void MomentumIsThatOfPyTorch()
    {
        // loss = (w·x − t)², one sample x = 1, t = 0, from w = 1: gradient 2, buffer 2, w = 1 − 0.05·2 = 0.9; gradient 1.8, buffer 0.5·2 + 1.8 = 2.8.
        using var host = LinearModel.Host();
        host.Parameters["fc.weight"].CopyFrom([1, 0, 0]);
        host.Parameters["fc.bias"].CopyFrom([0]);
        for (int i = 0; i < 2; i++) Step(host, [1, 0, 0], [0]);
        host.SaveTrainingState(Path);

        // The bias has the same gradient, so the second is 2·(0.9 − 0.1).
        Assert.Equal([2.6f, 0, 0], SafetensorsText.Tensor(Path, "optimizer.Train.fc.weight.momentum_buffer"), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void TheNextStepIsTheSame()
    {
        using var saved = LinearModel.Host();
        Fit(saved, 3);
        saved.SaveTrainingState(Path);
        using var loaded = LinearModel.Host();
        Fit(loaded, 9);
        loaded.LoadTrainingState(Path);
        Assert.Equal(3, loaded.Iteration);
        foreach (var host in new[] { saved, loaded }) Fit(host, 4);
        Assert.Equal(All(saved), All(loaded));
    }

    [Fact]
    public void AStateWithoutStepsIsThatOfANewModel()
    {
        using var fresh = LinearModel.Host();
        fresh.SaveTrainingState(Path);
        Assert.Equal(["fc.weight", "fc.bias", "fc.running_mean"], SafetensorsText.Tensors(Path));
        using var loaded = LinearModel.Host();
        Fit(loaded, 5);
        loaded.LoadTrainingState(Path);
        foreach (var host in new[] { fresh, loaded }) Fit(host, 4);
        Assert.Equal(All(fresh), All(loaded));
    }

    [Fact]
    public void LoadTakesTheWeightsAlone()
    {
        using var trained = LinearModel.Host(seed: 1);
        Fit(trained, 3);
        trained.SaveTrainingState(folder.File("state"));
        trained.Save(folder.File("weights"));
        using var state = LinearModel.Host(seed: 2);
        using var weights = LinearModel.Host(seed: 2);
        state.Load(folder.File("state"));
        weights.Load(folder.File("weights"));
        foreach (var host in new[] { state, weights }) Fit(host, 4);
        Assert.Equal(All(weights), All(state));
    }

    [Fact]
    public void ANewerFormatIsRefusedButItsWeightsAreNot()
    {
        var exception = Refused(() => SafetensorsText.SetMetadata(Path, "dlcompiler.training_state", "2"));
        Assert.Equal(("format 1", "format 2"), (exception.Expected, exception.Actual));
        Assert.Contains("Update the package", exception.Remedy, StringComparison.Ordinal);
        using var host = LinearModel.Host();
        host.Load(Path);
    }

    [Fact]
    public void WeightsAloneAreNoStateOfTraining()
    {
        using var host = LinearModel.Host();
        host.Save(Path);
        Assert.Contains("no state of training", Assert.Throws<CheckpointException>(() => host.LoadTrainingState(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherSeedIsRefused()
    {
        using var saved = LinearModel.Host(seed: 1);
        saved.SaveTrainingState(Path);
        using var other = LinearModel.Host(seed: 2);
        var exception = Assert.Throws<CheckpointException>(() => other.LoadTrainingState(Path));
        Assert.Equal(("Seed = 2", "Seed = 1"), (exception.Expected, exception.Actual));
        Assert.EndsWith(
            "the run that it was saved in has another seed. Expected Seed = 2, found Seed = 1. Create the model with the seed of the file (Seed = …): " +
            "dropout and shuffling follow from it, or load the weights alone with Load and begin a new run.",
            exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dlcompiler.step.Train.optimizer", "Adam (Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1E-08, WeightDecay = 0)", "another optimizer for 'Train'")]
    [InlineData("dlcompiler.step.Train.optimizer", "Sgd (Momentum = 0.9)", "another optimizer for 'Train'")]
    [InlineData("dlcompiler.steps", "Discriminator, Generator", "other training steps")]
    [InlineData("dlcompiler.steps", null, "header's 'dlcompiler.steps'")]
    [InlineData("dlcompiler.iteration", "-1", "header's 'dlcompiler.iteration'")]
    [InlineData("dlcompiler.iteration", "3.5", "whole number")]
    [InlineData("dlcompiler.iteration", "99999999999999999999", "whole number")]
    [InlineData("dlcompiler.step.Train.count", "many", "whole number")]
    [InlineData("dlcompiler.step.Train.tensors", "3", "header's 'dlcompiler.step.Train.tensors'")]
    [InlineData("dlcompiler.training_state", "0", "format 0")]
    public void TextsThatDontFitAreRefused(string key, string? value, string message) =>
        Assert.Contains(message, Refused(() => SafetensorsText.SetMetadata(Path, key, value)).Message, StringComparison.Ordinal);

    [Fact]
    public void TensorsThatDontFitAreRefused()
    {
        const string name = "optimizer.Train.fc.weight.momentum_buffer";
        var shape = Refused(() => SafetensorsText.Change(Path, header => header[name]!["shape"] = new JsonArray(3)));
        Assert.Equal((name, "[1, 3]", "[3]"), (shape.Tensor, shape.Expected, shape.Actual));
        Refused(() => SafetensorsText.Change(Path, header =>
        {
            var tensor = header[name]!;
            header.Remove(name);
            header.Add("optimizer.Train.other.weight.momentum_buffer", tensor);
        }));
        Refused(() => File.WriteAllBytes(Path, File.ReadAllBytes(Path)[..^1]));
    }

    [Fact]
    public void EveryPrefixOfAFileIsRefused()
    {
        using var host = LinearModel.Host();
        Fit(host, 2);
        host.SaveTrainingState(folder.File("whole"));
        byte[] bytes = File.ReadAllBytes(folder.File("whole"));
        float[] before = All(host);
        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            Assert.Throws<CheckpointException>(() => host.LoadTrainingState(Path));
        }

        Assert.Equal(before, All(host));
    }

    [Fact]
    public void NothingIsSavedOrLoadedWhileAStepRuns()
    {
        ModelHost? host = null;
        Exception? save = null, load = null;
        var model = new FakeModel().Function("Train", (_, _) =>
        {
            save = Record.Exception(() => host!.SaveTrainingState(Path));
            load = Record.Exception(() => host!.LoadTrainingState(Path));
        });
        using (host = new ModelHost(model, 1, new TestSgd(0.1)) { Threads = 1 })
        {
            host.SaveTrainingState(Path);
            var call = host.Call(0);
            call.Input<float>(0, [1], 1, "x");
            call.RunStep();
        }

        Assert.IsType<InvalidOperationException>(save);
        Assert.IsType<InvalidOperationException>(load);
        Assert.Throws<ObjectDisposedException>(() => host.SaveTrainingState(Path));
        Assert.Throws<ObjectDisposedException>(() => host.LoadTrainingState(Path));
    }

    // Saves a trained model, changes the file, and asserts that it is refused and the model stays as it was.
    private CheckpointException Refused(Action change)
    {
        using var host = LinearModel.Host();
        Fit(host, 2);
        host.SaveTrainingState(Path);
        change();
        Fit(host, 1);
        host.SaveTrainingState(folder.File("before"));
        var exception = Assert.Throws<CheckpointException>(() => host.LoadTrainingState(Path));
        host.SaveTrainingState(folder.File("after"));
        Assert.Equal(File.ReadAllBytes(folder.File("before")), File.ReadAllBytes(folder.File("after")));
        Assert.Equal(Path, exception.Path);
        Assert.EndsWith(exception.Remedy, exception.Message, StringComparison.Ordinal);
        return exception;
    }

    private static void Fit(ModelHost host, int steps) =>
        host.Fit(LinearModel.Signature, LinearModel.Data(steps * 10), new FitOptions { BatchSize = 10 });

    private static void Step(ModelHost host, float[] x, float[] target)
    {
        var call = host.Call(LinearModel.Train);
        call.Input<float>(0, x, 3, "x");
        call.Input<float>(1, target, 1, "t");
        call.RunStep();
    }

    private static float[] All(ModelHost host) => [.. host.Parameters.SelectMany(view => view.ToArray())];
}
