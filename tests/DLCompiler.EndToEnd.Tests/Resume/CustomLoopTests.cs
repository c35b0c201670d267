using System;
using System.IO;
using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests.Resume;

/// <summary>Loops of one's own: several steps with an optimizer each, and models within models.</summary>
public sealed class CustomLoopTests : IDisposable
{
    private const int Batch = 16;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-tests-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_Gan_goes_on_after_any_of_its_steps()
    {
        const int rounds = 4;
        byte[] whole;
        using (var gan = new Gan { Seed = 4, Threads = 1 })
        {
            Train(gan, 0, 2 * rounds);
            whole = State(gan.SaveTrainingState);
        }

        for (int stop = 0; stop <= 2 * rounds; stop++)
        {
            string path = File("gan");
            using (var first = new Gan { Seed = 4, Threads = 2 })
            {
                Train(first, 0, stop);
                first.SaveTrainingState(path);
            }

            using var second = new Gan { Seed = 4, Threads = 3 };
            second.LoadTrainingState(path);
            Assert.Equal(stop, second.Iteration);
            Train(second, (int)second.Iteration, 2 * rounds);
            Assert.Equal(whole, State(second.SaveTrainingState));
        }
    }

    [Fact]
    public void Steps_keep_the_state_of_what_they_train_alone()
    {
        using var gan = new Gan { Seed = 4 };
        Train(gan, 0, 2);
        string text = System.Text.Encoding.UTF8.GetString(State(gan.SaveTrainingState));
        Assert.Contains("\"optimizer.StepDiscriminator.D.0.weight.exp_avg\"", text, StringComparison.Ordinal);
        Assert.Contains("\"optimizer.StepGenerator.G.4.bias.exp_avg_sq\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"optimizer.StepDiscriminator.G.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"optimizer.StepGenerator.D.", text, StringComparison.Ordinal);
        Assert.Contains("\"dlcompiler.steps\":\"StepDiscriminator, StepGenerator\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_within_a_model_keeps_its_own_optimizer()
    {
        // Both train the inner parameters, each with an optimizer of its own.
        var data = Subject.Data(nameof(Outer), 1);
        var options = new FitOptions { BatchSize = 5 };
        using var saved = new Outer { Seed = 2 };
        saved.Fit(data, options);
        saved.Inner.Fit(data, options);
        saved.SaveTrainingState(File("outer"));
        saved.Inner.SaveTrainingState(File("inner"));
        Assert.Contains("\"optimizer.Inner/Train.Inner.0.weight.exp_avg\"", Text("outer"), StringComparison.Ordinal);
        Assert.Contains("\"optimizer.Train.Inner.0.weight.momentum_buffer\"", Text("outer"), StringComparison.Ordinal);
        Assert.Contains("\"optimizer.Train.0.weight.exp_avg\"", Text("inner"), StringComparison.Ordinal);

        using var whole = new Outer { Seed = 2 };
        whole.LoadTrainingState(File("outer"));
        using var parts = new Outer { Seed = 2 };
        parts.Load(File("outer"));
        parts.Inner.LoadTrainingState(File("inner"));
        foreach (var model in new[] { saved, whole, parts }) model.Inner.Fit(data, options);
        Assert.Equal(Bits(saved.Inner.Parameters), Bits(whole.Inner.Parameters));
        Assert.Equal(Bits(saved.Inner.Parameters), Bits(parts.Inner.Parameters));
        foreach (var model in new[] { saved, whole }) model.Fit(data, options);
        Assert.Equal(Bits(saved.Parameters), Bits(whole.Parameters));

        // The inner model's file is not the outer's.
        Assert.Throws<CheckpointException>(() => whole.LoadTrainingState(File("inner")));
    }

    [Fact]
    public void A_model_within_a_model_resumes_its_Fit()
    {
        var data = Subject.Data(nameof(Outer), 1);
        FitOptions Options(int epochs) => new()
        {
            Epochs = epochs, BatchSize = 5, Checkpoint = new CheckpointOptions(File("run")) { Resume = true },
        };
        using var whole = new Outer { Seed = 2 };
        whole.Inner.Fit(data, new FitOptions { Epochs = 3, BatchSize = 5 });
        using (var first = new Outer { Seed = 2 }) first.Inner.Fit(data, Options(2));
        using var second = new Outer { Seed = 2 };
        second.Inner.Fit(data, Options(3));
        Assert.Equal(Bits(whole.Parameters), Bits(second.Parameters));
        Assert.Equal(whole.Iteration, second.Iteration);
    }

    [Fact]
    public void Fit_and_ones_own_steps_mix()
    {
        var data = Subject.Data(nameof(StatefulNet), 1);
        using var saved = new StatefulNet { Seed = 2 };
        saved.Fit(data, new FitOptions { BatchSize = 5, Checkpoint = new CheckpointOptions(File("fit")) });
        using var loaded = new StatefulNet { Seed = 2 };
        loaded.LoadTrainingState(File("fit"));
        foreach (var model in new[] { saved, loaded }) model.StepTrain(data.Features(0, 7), data.Labels(0, 7));
        Assert.Equal(State(saved.SaveTrainingState), State(loaded.SaveTrainingState));

        using var weights = new StatefulNet();
        weights.Load(File("fit"));
        Assert.Equal(0, weights.Iteration);
    }

    // Steps are numbered; even ones train the discriminator. What they train on follows from the number.
    private static void Train(Gan gan, int first, int last)
    {
        for (int step = first; step < last; step++)
        {
            float[] noise = Noise.Normal(step, Batch * 64);
            if (step % 2 == 0) gan.StepDiscriminator(EmbeddedDigits.Train.Features(step * Batch, Batch), noise);
            else gan.StepGenerator(noise);
        }
    }

    private string File(string name) => Path.Combine(folder.FullName, name + ".safetensors");

    private string Text(string name) => System.Text.Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(File(name)));

    private byte[] State(Action<string> save)
    {
        save(File("state"));
        return System.IO.File.ReadAllBytes(File("state"));
    }

    private static int[] Bits(ParameterSet parameters) => [.. parameters.SelectMany(view => view.ToArray()).Select(BitConverter.SingleToInt32Bits)];
}
