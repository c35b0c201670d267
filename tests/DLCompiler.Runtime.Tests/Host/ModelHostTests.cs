using System;
using System.Linq;
using Xunit;

namespace DLCompiler.Runtime.Tests;

public sealed class ModelHostTests
{
    [Fact]
    public void ANestedModelSharesItsParentsParameters()
    {
        var child = new LinearModel();
        var parent = new FakeModel()
            .Parameter("head.weight", [40, 7], ParameterStorage.Panels, ParameterInitializer.Normal)
            .Parameter("inner.fc.weight", [1, 3], ParameterStorage.Panels, ParameterInitializer.UniformFanIn, 3, 1)
            .Parameter("inner.fc.bias", [1], ParameterStorage.RowMajor, ParameterInitializer.UniformFanIn, 3, 1)
            .State("norm.running_mean", [2], 7)
            .State("inner.fc.running_mean", [1], 0.25);
        using var host = new ModelHost(parent, 1);
        var nested = host.Nested(child, 1, 1, null, LinearModel.Optimizer);

        Assert.Equal(host.Parameters["inner.fc.weight"].ToArray(), nested.Parameters["fc.weight"].ToArray());
        nested.Parameters["fc.bias"].CopyFrom([42]);
        Assert.Equal([42f], host.Parameters["inner.fc.bias"].ToArray());
        Assert.Equal([0.25f], nested.Parameters["fc.running_mean"].ToArray());

        float[] others = host.Parameters["head.weight"].ToArray();
        nested.Fit(LinearModel.Signature, LinearModel.Data(20), new FitOptions { Epochs = 2 });
        Assert.NotEqual([42f], host.Parameters["inner.fc.bias"].ToArray());
        Assert.Equal(nested.Parameters["fc.running_mean"].ToArray(), host.Parameters["inner.fc.running_mean"].ToArray());
        Assert.Equal(others, host.Parameters["head.weight"].ToArray());
        Assert.Equal([7f, 7f], host.Parameters["norm.running_mean"].ToArray());
        Assert.Equal(2, host.Iteration);

        host.Dispose();
        Assert.Throws<ObjectDisposedException>(() => nested.Parameters["fc.bias"].ToArray());
    }

    [Fact]
    public void ANestedModelOfAnotherShapeIsRefused()
    {
        var parent = new FakeModel().Parameter("inner.fc.weight", [1, 4], ParameterStorage.Panels).Parameter("inner.fc.bias", [1]).State("inner.fc.running_mean", [1], 0);
        using var host = new ModelHost(parent, 1);
        var exception = Assert.Throws<InvalidOperationException>(() => host.Nested(new LinearModel(), 0, 0));
        Assert.Contains("Rebuild both", exception.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => host.Nested(new LinearModel(), 1, 0));
    }

    [Fact]
    public void DisposedModelsSaySo()
    {
        var host = LinearModel.Host();
        var view = host.Parameters["fc.weight"];
        host.Fit(LinearModel.Signature, LinearModel.Data(4));
        host.Dispose();
        host.Dispose();
        Assert.Throws<ObjectDisposedException>(() => view.ToArray());
        Assert.Throws<ObjectDisposedException>(() => view.CopyFrom([1, 2, 3]));
        Assert.Throws<ObjectDisposedException>(() => host.Fit(LinearModel.Signature, LinearModel.Data(4)));
        Assert.Throws<ObjectDisposedException>(() => host.Evaluate(LinearModel.Signature, LinearModel.Data(4)));
    }

    [Fact]
    public void DisposalDuringACallKeepsTheMemoryUntilItsEnd()
    {
        ModelHost? host = null;
        float[]? after = null;
        var model = new FakeModel().Parameter("w", [100000], initializer: ParameterInitializer.Ones).Function("Predict", (frame, _) =>
        {
            host!.Dispose();
            after = Enumerable.Range(0, 100000).Select(i => frame.Parameter<float>(i)).ToArray();
        });
        host = new ModelHost(model, 1);
        var call = host.Call(0);
        call.Input<float>(0, [1], 1, "x");
        call.Run();
        Assert.All(after!, value => Assert.Equal(1, value));
        Assert.Throws<ObjectDisposedException>(() => host.Parameters["w"].ToArray());
    }

    [Fact]
    public void TheLevelIsTheBestUnlessATestSaysOtherwise()
    {
        var model = new FakeModel().Function("Predict", (_, _) => { });
        using (var host = new ModelHost(model, 1)) Assert.Equal(SimdDetection.Best, host.Level);
        SimdOptions.Level = SimdLevel.Scalar;
        try
        {
            using var host = new ModelHost(model, 1);
            var call = host.Call(0);
            call.Input<float>(0, [1], 1, "x");
            call.Run();
            Assert.Equal(SimdLevel.Scalar, model.LastLevel);
        }
        finally
        {
            SimdOptions.Level = null;
        }
    }

    [Fact]
    public void StepsAndPredictionsAreNotMixedUp()
    {
        using var host = LinearModel.Host();
        Assert.Throws<InvalidOperationException>(() =>
        {
            var call = host.Call(LinearModel.Train);
            call.Input<float>(0, [1, 2, 3], 3, "x");
            call.Run();
        });
        Assert.Throws<InvalidOperationException>(() =>
        {
            var call = host.Call(LinearModel.Predict);
            call.Input<float>(0, [1, 2, 3], 3, "x");
            call.RunStep();
        });
    }

    [Fact]
    public void LearningRatesMustBeNumbers()
    {
        using var host = LinearModel.Host();
        Assert.Equal(0.05, host.GetLearningRate(LinearModel.Train));
        Assert.Throws<ArgumentOutOfRangeException>(() => host.SetLearningRate(LinearModel.Train, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Step(host, double.PositiveInfinity));
        Assert.Equal(0, host.Iteration);
        Assert.Throws<ArgumentOutOfRangeException>(() => host.Threads = 0);
    }

    [Fact]
    public void AStepsOwnRateCountsForThatStepAlone()
    {
        using var host = LinearModel.Host();
        float[] before = host.Parameters["fc.bias"].ToArray();
        Step(host, 0);
        Assert.Equal(before, host.Parameters["fc.bias"].ToArray());
        Step(host, null);
        Assert.NotEqual(before, host.Parameters["fc.bias"].ToArray());
    }

    private static float Step(ModelHost host, double? rate)
    {
        var call = host.Call(LinearModel.Train);
        call.Input<float>(0, new float[] { 1, 2, 3 }, 3, "x");
        call.Input<float>(1, new float[] { 9 }, 1, "t");
        return call.RunStep(rate);
    }
}
