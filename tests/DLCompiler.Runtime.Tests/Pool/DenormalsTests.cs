using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace DLCompiler.Runtime.Tests;

public sealed class DenormalsTests
{
    [Fact]
    public void FlushingEndsWithRestore()
    {
        const float smallestNormal = 1.17549435e-38f;
        Denormals.Flush(out var saved);
        float flushed = Multiply(smallestNormal, 0.5f);
        Denormals.Restore(ref saved);
        float kept = Multiply(smallestNormal, 0.5f);
        Assert.Equal(Denormals.IsSupported, flushed == 0);
        Assert.NotEqual(0, kept);
    }

    [Fact]
    public void SupportedOnThePlatformsThatWePromise()
    {
        bool promised = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        if (promised) Assert.True(Denormals.IsSupported);
    }

    [Fact]
    public void StepsFlushAndPredictionsDont()
    {
        float inStep = -1, inPrediction = -1;
        var model = new FakeModel()
            .Function("Predict", (_, _) => inPrediction = Multiply(1e-30f, 1e-10f))
            .Function("Train", (_, _) => inStep = Multiply(1e-30f, 1e-10f));
        using var host = new ModelHost(model, 1, null, new TestSgd(0.1)) { Threads = 1 };
        var call = host.Call(0);
        call.Input<float>(0, [1], 1, "x");
        call.Run();
        var step = host.Call(1);
        step.Input<float>(0, [1], 1, "x");
        step.RunStep();
        Assert.NotEqual(0, inPrediction);
        Assert.Equal(Denormals.IsSupported, inStep == 0);
        Assert.NotEqual(0, Multiply(1e-30f, 1e-10f));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Multiply(float left, float right) => left * right;
}
