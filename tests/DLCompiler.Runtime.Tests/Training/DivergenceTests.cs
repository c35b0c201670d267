using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>A loss that is no number ends training, and what the model was before is restored.</summary>
public sealed class DivergenceTests : IDisposable
{
    private static readonly DataSet data = LinearModel.Data(23);

    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("run");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(3, 1, 4)]
    [InlineData(5, 2, 1)]
    [InlineData(13, 3, 4)]
    public void TheLastCompleteEpochIsRestored(int step, int epoch, int batch)
    {
        using var expected = LinearModel.Host();
        if (epoch > 1) expected.Fit(LinearModel.Signature, data, new FitOptions { Epochs = epoch - 1, BatchSize = 5 });
        expected.SaveTrainingState(folder.File("expected"));

        using var host = LinearModel.Host();
        var exception = Assert.Throws<TrainingDivergedException>(() => host.Fit(LinearModel.Signature, data, Explodes(step)));
        host.SaveTrainingState(folder.File("actual"));

        // Parameters, running statistics, momentum, counts.
        Assert.Equal(File.ReadAllBytes(folder.File("expected")), File.ReadAllBytes(folder.File("actual")));
        Assert.Equal((epoch, epoch - 1), (exception.Epoch, exception.LastGoodEpoch));
        Assert.Equal(epoch - 1, exception.History.Epochs.Count);
        // A learning rate of 1e30 needs a step or two to overflow.
        Assert.InRange(exception.Batch, batch, batch + 2);
    }

    [Fact]
    public void TheMessageSaysWhereWhatAndWhatToTry()
    {
        using var host = Losses(float.NaN, atStep: 8);
        var exception = Assert.Throws<TrainingDivergedException>(() => host.Fit(signature, data, new FitOptions { Epochs = 3, BatchSize = 5 }));
        Assert.Equal(
            "Training diverged in epoch 2, batch 4 of 5: the loss became NaN. The model is as it was at the end of epoch 1. Most often the learning rate is too " +
            "high (0.1): try a tenth of it, or a schedule that begins with small steps; or the inputs and targets are large: scale them to about -1 to 1.",
            exception.Message);
        Assert.Equal((2, 4, double.NaN, 1), (exception.Epoch, exception.Batch, exception.Loss, exception.LastGoodEpoch));
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void InfiniteLossesCount(float loss)
    {
        using var host = Losses(loss, atStep: 0);
        var exception = Assert.Throws<TrainingDivergedException>(() => host.Fit(signature, data, new FitOptions { BatchSize = 5 }));
        Assert.Contains(
            "epoch 1, batch 1 of 5: the loss became infinite. The model is as it was when Fit was called.", exception.Message, StringComparison.Ordinal);
        Assert.Equal((0, loss), (exception.LastGoodEpoch, (float)exception.Loss));
    }

    [Fact]
    public void DataThatHoldNaNAreNamed()
    {
        float[] features = data.Features(0, 23).ToArray(), targets = data.Targets(0, 23).ToArray();
        features[31] = float.NaN;
        using var host = LinearModel.Host();
        string Message(DataSet samples) =>
            Assert.Throws<TrainingDivergedException>(() => host.Fit(LinearModel.Signature, samples, new FitOptions { BatchSize = 5, Shuffle = false })).Message;
        Assert.Contains(
            "batch 3 of 5: the loss became NaN. The model is as it was when Fit was called. The data hold NaN among the features of sample 10 (counted " +
            "from 0): mend or remove it.", Message(DataSet.Create(features, [3], targets, [])), StringComparison.Ordinal);
        targets[22] = float.PositiveInfinity;
        features[31] = 0;
        Assert.Contains("an infinite number among the targets of sample 22", Message(DataSet.Create(features, [3], targets, [])), StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersThatOnlyTheNextLossWouldShowAreSeenAtTheEndOfAnEpoch()
    {
        // The loss stays finite, the last step of the second epoch spoils a parameter.
        int step = 0;
        var model = new FakeModel().Parameter("w", [40]).Function("Train", (frame, _) =>
        {
            Unsafe.Add(ref frame.Parameter<float>(0), 38) = ++step == 10 ? float.NaN : step;
            frame.Output<float>(0) = 1;
        });
        using var host = new ModelHost(model, 1, new TestSgd(0.1)) { Threads = 1 };
        var exception = Assert.Throws<TrainingDivergedException>(() => host.Fit(signature, data, new FitOptions { Epochs = 3, BatchSize = 5 }));
        Assert.Equal((2, 5, 1.0, 1), (exception.Epoch, exception.Batch, exception.Loss, exception.LastGoodEpoch));
        Assert.Contains("a step left parameters, running statistics or the optimizer's state NaN or infinite", exception.Message, StringComparison.Ordinal);
        Assert.Equal(5, host.Parameters["w"].ToArray()[38]);
        Assert.Equal(5, host.Iteration);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NoCheckpointHoldsADivergedState(bool cancelled)
    {
        // The eighth step spoils the parameters; a checkpoint is due after each.
        using var source = new System.Threading.CancellationTokenSource();
        int step = 0;
        var model = new FakeModel().Parameter("w", [3]).Function("Train", (frame, _) =>
        {
            frame.Parameter<float>(0) = ++step == 8 ? float.PositiveInfinity : step;
            frame.Output<float>(0) = 1;
            if (step == 8 && cancelled) source.Cancel();
        });
        using var host = new ModelHost(model, 1, new TestSgd(0.1)) { Threads = 1 };
        var options = new FitOptions
        {
            Epochs = 3, BatchSize = 5, CancellationToken = source.Token, Checkpoint = new CheckpointOptions(Path) { EverySteps = cancelled ? 7 : 1 },
        };
        Assert.Throws<TrainingDivergedException>(() => host.Fit(signature, data, options));
        Assert.Equal([7f, 0, 0], SafetensorsText.Tensor(Path, "w"));
        Assert.Equal("7", SafetensorsText.Metadata(Path)["dlcompiler.fit.steps"]);
    }

    [Fact]
    public void AResumedRunGoesBackToItsCheckpoint()
    {
        using (var first = LinearModel.Host())
        {
            var options = Explodes(7, new CheckpointOptions(Path) { EverySteps = 7 });
            Assert.Throws<TrainingDivergedException>(() => first.Fit(LinearModel.Signature, data, options));
        }

        using var resumed = LinearModel.Host();
        var exception = Assert.Throws<TrainingDivergedException>(
            () => resumed.Fit(LinearModel.Signature, data, new FitOptions { Epochs = 3, BatchSize = 5, LearningRate = 1e30, ResumeFrom = Path }));
        Assert.Contains($"The model is as it was in the checkpoint '{Path}'.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(SafetensorsText.Tensor(Path, "fc.weight"), resumed.Parameters["fc.weight"].ToArray());

        // A smaller learning rate goes on from there.
        var history = resumed.Fit(LinearModel.Signature, data, new FitOptions { Epochs = 3, BatchSize = 5, LearningRate = 0.01, ResumeFrom = Path });
        Assert.Equal(3, history.Epochs.Count);
    }

    [Fact]
    public void StepsOfOnesOwnLoopReturnWhatTheLossIs()
    {
        using var host = Losses(float.NaN, atStep: 0);
        var call = host.Call(0);
        call.Input<float>(0, [1, 2, 3], 3, "x");
        call.Input<float>(1, [1], 1, "t");
        Assert.Equal(float.NaN, call.RunStep());
    }

    private static readonly TrainingSignature signature = new(0, 0, Loss.MeanSquaredError, [3], [1]);

    private static FitOptions Explodes(int step, CheckpointOptions? checkpoint = null) => new()
    {
        Epochs = 9, BatchSize = 5, LearningRateSchedule = at => at >= step ? 1e30 : 0.05, Checkpoint = checkpoint,
    };

    private static ModelHost Losses(float loss, int atStep)
    {
        int step = 0;
        var model = new FakeModel().Function("Train", (frame, _) => frame.Output<float>(0) = step++ == atStep ? loss : 1);
        return new ModelHost(model, 1, new TestSgd(0.1)) { Threads = 1 };
    }
}
