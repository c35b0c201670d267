using System;
using System.IO;
using System.Linq;
using DLCompiler.Data;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>A network that learned digits, with and without Winograd's algorithm in its predictions.</summary>
public class WinogradTests
{
    [Fact]
    public void Predictions_differ_by_their_rounding_alone()
    {
        DataSet train = EmbeddedDigits.Train.Take(512), test = EmbeddedDigits.Test.Take(333);
        using var direct = new WideNet { Seed = 1 };
        using var winograd = new WideNetWithWinograd { Seed = 1 };
        direct.Fit(train, new FitOptions { Epochs = 4, BatchSize = 32 });
        winograd.Fit(train, new FitOptions { Epochs = 4, BatchSize = 32 });

        // Training is the same, to the bit.
        foreach (string name in direct.Parameters.Select(parameter => parameter.Name))
            Assert.Equal(direct.Parameters[name].ToArray(), winograd.Parameters[name].ToArray());
        foreach (int count in new[] { 1, 7, 333 })
        {
            float[] pixels = test.Features(0, count).ToArray(), expected = direct.Predict(pixels), actual = winograd.Predict(pixels);
            float largest = expected.Max(Math.Abs);
            Assert.NotEqual(expected, actual);
            Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - (1e-5f * largest), pair.First + (1e-5f * largest)));
            Assert.Equal(Classes(expected), Classes(actual));
        }

        Assert.InRange(winograd.Evaluate(test).Accuracy!.Value, 0.8, 1);
    }

    // Each strip of tiles has one worker.
    [Fact]
    public void Bits_do_not_depend_on_the_number_of_threads()
    {
        float[] pixels = EmbeddedDigits.Test.Features(0, 17).ToArray();
        using var alone = new WideNetWithWinograd { Seed = 1, PredictThreads = 1 };
        using var together = new WideNetWithWinograd { Seed = 1, PredictThreads = 3 };
        Assert.Equal(alone.Predict(pixels), together.Predict(pixels));
    }

    private static int[] Classes(float[] scores) => [.. scores.Chunk(10).Select(row => Array.IndexOf(row, row.Max()))];
}
