using System;
using System.IO;
using System.Linq;
using DLCompiler.EndToEnd.Tests.Models;
using DLCompiler.EndToEnd.Tests.PyTorchParity;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>Fields that training leaves as they are, groups of parameters, and averages of weights.</summary>
public class FrozenTests
{
    [Fact]
    public void Nothing_of_a_frozen_field_changes_and_its_norm_is_that_of_prediction()
    {
        using var model = new FineTuned { Seed = 1 };
        model.Parameters["stem.norm.running_mean"].CopyFrom([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f]);
        model.Parameters["stem.norm.running_var"].CopyFrom([1, 2, 3, 4, 5, 6]);
        var before = model.Parameters.ToDictionary(view => view.Name, view => view.ToArray());
        float[] x = Noise.Normal(3, 15), y = new float[10];

        // The loss of the step is that of the prediction before it: the norm takes no statistics of the batch.
        float[] predicted = model.Predict(x);
        Assert.Equal(predicted.Average(value => value * value), model.StepTrain(x, y), 1e-5);
        for (int step = 0; step < 5; step++) model.StepTrain(x, y);

        foreach (var view in model.Parameters)
        {
            bool changes = view.Name.StartsWith("head.", StringComparison.Ordinal);
            Assert.True(changes != before[view.Name].SequenceEqual(view.ToArray()), view.Name);
        }
    }

    [Fact]
    public void A_frozen_field_has_no_state_of_the_optimizer()
    {
        string path = Path.GetTempFileName();
        try
        {
            using var model = new FineTuned { Seed = 1 };
            model.StepTrain(Noise.Normal(3, 15), new float[10]);
            model.SaveTrainingState(path);
            using var other = new FineTuned { Seed = 1 };
            other.LoadTrainingState(path);
            string header = File.ReadAllText(path);
            Assert.Contains("optimizer.Train.head.weight.exp_avg", header, StringComparison.Ordinal);
            Assert.DoesNotContain("optimizer.Train.stem", header, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Averages_are_exchanged_and_back()
    {
        using var model = new Regressors { Seed = 1 };
        float[] Weights() => [.. model.Parameters.SelectMany(view => view.ToArray())];
        float[] first = Weights();
        model.SwapAverages();
        Assert.Equal(first, Weights());
        model.SwapAverages();
        float[] x = Noise.Normal(1, 44), y = Noise.Normal(2, 12);
        model.StepAveraged(x, y);
        float[] second = Weights();
        model.SwapAverages();

        // 0.9 of the first weights and 0.1 of the second.
        Assert.All(first.Zip(second).Zip(Weights()), item => Assert.Equal((0.9 * item.First.First) + (0.1 * item.First.Second), item.Second, 1e-6));
        Assert.Contains("SwapAverages", Assert.Throws<InvalidOperationException>(() => model.StepAveraged(x, y)).Message, StringComparison.Ordinal);
        model.SwapAverages();
        Assert.Equal(second, Weights());
        model.StepAveraged(x, y);
    }
}
