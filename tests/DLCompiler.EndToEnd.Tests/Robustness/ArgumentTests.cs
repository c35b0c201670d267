using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Data;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests.Robustness;

/// <summary>Arguments that don't fit compiled models: each is refused before anything is computed or changed, and the next call works.</summary>
public sealed class ArgumentTests
{
    private const string Samples784 = "which is not a whole number of samples of 784 elements. Pass a multiple of 784.";

    [Fact]
    public void Lengths_labels_and_rates()
    {
        using var model = new StatefulNet { Seed = 4, Threads = 2 };
        float[] x = EmbeddedDigits.Test.Features(0, 3).ToArray(), y = new float[30];
        model.StepTrain(x, [1, 2, 3]);
        Refuses(model.Parameters, () => model.Iteration, new()
        {
            [$"'image' has 785 elements, {Samples784}"] = [() => model.Predict(new float[785]), () => model.StepTrain(new float[785], [1])],
            ["'result' has room for 29 elements, but 3 samples give 30 (10 per sample). Pass a span of exactly that length."] =
                [() => model.Predict(x, new float[29])],
            ["'result' has room for 30 elements, but 0 samples give 0 (10 per sample)."] = [() => model.Predict([], y)],
            ["'result' overlaps an input's memory."] = [() => model.Predict(x, x.AsSpan(100, 30))],
            ["'target' has 2 samples (2 elements, 1 per sample), but the inputs before it have 3. Pass 3 elements."] = [() => model.StepTrain(x, [1, 2])],
            ["'target' holds 10 at position 1; values from 0 to 9 are expected."] = [() => model.StepTrain(x, [1, 10, 2])],
            ["'target' holds -1 at position 0; values from 0 to 9 are expected."] = [() => model.StepTrain(x, [-1, 0, 2])],
            ["A training step got no samples. Pass at least one."] = [() => model.StepTrain([], [])],
            ["A learning rate is a finite number."] =
            [
                () => model.StepTrain(x, [1, 2, 3], double.NaN), () => model.StepTrain(x, [1, 2, 3], double.PositiveInfinity),
            ],
        });
        model.StepTrain(x, [1, 2, 3]);
        Assert.Equal(2, model.Iteration);
        model.Predict([], []);
    }

    [Fact]
    public void Ids_and_data_sets()
    {
        using var model = new Words { Seed = 4 };
        var data = DataSet.Create([1, 2, 3, 4], [4], [0]);
        model.Fit(data);
        Refuses(model.Parameters, () => model.Iteration, new()
        {
            ["'input' holds 11 at position 3; values from 0 to 10 are expected."] =
                [() => model.Predict([1, 2, 3, 11]), () => model.StepTrain([1, 2, 3, 11], [0])],
            ["'input' holds -1 at position 0; values from 0 to 10 are expected."] = [() => model.Predict([-1, 2, 3, 4])],
            ["The data set doesn't fit the model: it holds the id 11 at position 1, but the model knows ids from 0 to 10."] =
                Uses(DataSet.Create([1, 11, 3, 4], [4], [0])),
            ["The data set doesn't fit the model: it holds the label 5 at position 0, but the model knows labels from 0 to 4."] =
                Uses(DataSet.Create([1, 1, 3, 4], [4], [5])),
            ["The data set doesn't fit the model: its samples have shape [2] (2 elements), but the model takes [4] (4)."] =
                Uses(DataSet.Create([1, 1], [2], [1])),
            ["The data set doesn't fit the model: its features are numbers, but the model takes ids."] = Uses(DataSet.Create([1f, 1, 1, 1], [4], [1])),
            ["The data set is empty, and at least one sample is needed."] = Uses(data.Take(0)),
        });
        model.Fit(data);
        Assert.Equal(2, model.Iteration);

        Action[] Uses(DataSet wrong) => [() => model.Fit(wrong), () => model.Evaluate(wrong), () => model.Fit(data, new FitOptions { Validation = wrong })];
    }

    private static void Refuses(ParameterSet parameters, Func<long> iteration, Dictionary<string, Action[]> uses)
    {
        float[] weights = All();
        long steps = iteration();
        foreach (var (message, actions) in uses)
        {
            foreach (var use in actions)
            {
                var exception = Assert.ThrowsAny<ArgumentException>(use);
                Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(steps, iteration());
        Assert.Equal(weights, All());

        float[] All() => [.. parameters.SelectMany(view => view.ToArray())];
    }
}
