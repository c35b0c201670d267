using System;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>Numbers that can't be, or that ask for more than a machine has: an exception that says what is possible, and a model that goes on.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(1025)]
    [InlineData(int.MaxValue)]
    public void NumbersOfThreads(int threads)
    {
        using var host = LinearModel.Host();
        foreach (var use in new Action[] { () => host.Threads = threads, () => host.PredictThreads = threads, () => _ = new WorkerPool(threads) })
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(use);
            Assert.Equal(threads, exception.ActualValue);
            Assert.Contains("from 1 to 1024", exception.Message, StringComparison.Ordinal);
        }

        var fit = Assert.Throws<ArgumentOutOfRangeException>(() => host.Fit(LinearModel.Signature, LinearModel.Data(5), new FitOptions { Threads = threads }));
        Assert.StartsWith("Threads must be from 1 to 1024.", fit.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (host.Threads, host.PredictThreads));
        host.Fit(LinearModel.Signature, LinearModel.Data(5));
    }

    [Fact]
    public void MoreThreadsThanProcessorsWork()
    {
        using var host = LinearModel.Host(threads: 100);
        using var expected = LinearModel.Host(threads: 1);
        foreach (var model in new[] { host, expected }) model.Fit(LinearModel.Signature, LinearModel.Data(50));
        Assert.Equal(expected.Parameters["fc.weight"].ToArray(), host.Parameters["fc.weight"].ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(int.MinValue)]
    public void BatchSizes(int size)
    {
        using var host = LinearModel.Host();
        var data = LinearModel.Data(5);
        var fit = Assert.Throws<ArgumentOutOfRangeException>(() => host.Fit(LinearModel.Signature, data, new FitOptions { BatchSize = size }));
        Assert.Equal(("BatchSize", size), (fit.ParamName, fit.ActualValue));
        Assert.StartsWith("BatchSize must be at least 1.", fit.Message, StringComparison.Ordinal);
        var evaluate = Assert.Throws<ArgumentOutOfRangeException>(() => host.Evaluate(LinearModel.Signature, data, size));
        Assert.Equal(("batchSize", size), (evaluate.ParamName, evaluate.ActualValue));
        Assert.Equal(0, host.Iteration);
    }

    [Fact]
    public void ABatchSizeBeyondTheDataIsAllOfThem()
    {
        using var host = LinearModel.Host();
        var data = LinearModel.Data(5);
        host.Fit(LinearModel.Signature, data, new FitOptions { BatchSize = int.MaxValue, Epochs = 3, Validation = data });
        Assert.Equal(3, host.Iteration);
        Assert.Equal(host.Evaluate(LinearModel.Signature, data, 2).Loss, host.Evaluate(LinearModel.Signature, data, int.MaxValue).Loss, 1e-12);
    }

    [Fact]
    public void EmptyDataSets()
    {
        using var host = LinearModel.Host();
        DataSet empty = LinearModel.Data(0), some = LinearModel.Data(5);
        foreach (var (name, use) in new (string, Action)[]
        {
            ("data", () => host.Fit(LinearModel.Signature, empty)), ("data", () => host.Evaluate(LinearModel.Signature, empty)),
            ("Validation", () => host.Fit(LinearModel.Signature, some, new FitOptions { Validation = empty })),
        })
        {
            var exception = Assert.Throws<ArgumentException>(name, use);
            Assert.StartsWith("The data set is empty, and at least one sample is needed.", exception.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentNullException>("data", () => host.Fit(LinearModel.Signature, null!));
        Assert.Equal(0, host.Iteration);
        host.Fit(LinearModel.Signature, some);
    }

    [Theory]
    [InlineData(1L << 45, 0)] // More than a machine has.
    [InlineData(long.MaxValue / 4, 0)] // Overflows with the batch.
    [InlineData(0, 1L << 45)]
    [InlineData(0, long.MaxValue / 2)]
    public void BatchesWithoutMemory(long arena, long scratch)
    {
        bool train = false;
        var model = new FakeModel().Parameter("w", [4])
            .Function("Predict", (frame, _) => frame.Output<float>(0) = 7, batch => batch > 1 ? checked(arena * batch) : 64, batch => batch > 1 ? scratch : 64)
            .Function("Train", (_, _) => train = true, batch => batch > 1 ? checked(arena * batch) : 64, batch => batch > 1 ? scratch : 64);
        using var host = new ModelHost(model, 1, null, new TestSgd(0.1)) { Threads = 2 };
        for (int round = 0; round < 3; round++)
        {
            foreach (var use in new Action[] { () => Predict(host, 5), () => Step(host, 5) })
            {
                var exception = Assert.Throws<InsufficientMemoryException>(use);
                Assert.StartsWith("'Fake' has no memory for 5 samples at a time. Pass fewer, or set a smaller BatchSize.", exception.Message, StringComparison.Ordinal);
            }

            Assert.Equal(round, host.Iteration);
            Assert.False(train);
            Assert.Equal(7, Predict(host, 1)[0]);
            Step(host, 1);
            Assert.True(train);
            train = false;
        }
    }

    [Fact]
    public void OutputsThatAreNoArray()
    {
        using var host = LinearModel.Host();
        var exception = Assert.Throws<ArgumentException>(() =>
        {
            var call = host.Call(LinearModel.Predict);
            call.Input<float>(0, new float[30], LinearModel.Inputs, "x");
            call.OutputLength(int.MaxValue);
        });
        Assert.StartsWith("10 samples give 21474836470 elements, and an array has ", exception.Message, StringComparison.Ordinal);
    }

    private static float[] Predict(ModelHost host, int samples)
    {
        var output = new float[samples];
        var call = host.Call(0);
        call.Input<float>(0, new float[samples], 1, "x");
        call.Output<float>(0, output, 1, "y");
        call.Run();
        return output;
    }

    private static void Step(ModelHost host, int samples)
    {
        var call = host.Call(1);
        call.Input<float>(0, new float[samples], 1, "x");
        call.RunStep();
    }
}
