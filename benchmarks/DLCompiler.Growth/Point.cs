using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Runtime;
using System.Text.Json.Serialization;
using DLCompiler.Runtime;

namespace DLCompiler.Growth;

/// <summary>What one network of a sweep costs.</summary>
internal sealed record Point(
    [property: JsonPropertyName("sweep")] string Sweep,
    [property: JsonPropertyName("value")] int Value,
    [property: JsonPropertyName("generator_ms")] double GeneratorMilliseconds,
    [property: JsonPropertyName("compiler_ms")] double CompilerMilliseconds,
    [property: JsonPropertyName("emitted_bytes")] long EmittedBytes,
    [property: JsonPropertyName("jit_ms")] double JitMilliseconds,
    [property: JsonPropertyName("kernels")] int Kernels,
    [property: JsonPropertyName("arena_bytes")] long ArenaBytes,
    [property: JsonPropertyName("us_per_sample")] double MicrosecondsPerSample)
{
    private const int Times = 3;
    private const double LongBuildMilliseconds = 5000, StepSeconds = 0.2;

    private delegate float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, double? learningRate);

    /// <summary>What a network costs where nothing disturbs it: the least of a few times, of which each builds it anew.</summary>
    public static Point Measure(Sweep sweep, int value)
    {
        Point least = Once(sweep, value);
        for (int i = 1; i < Times && least.GeneratorMilliseconds + least.CompilerMilliseconds < LongBuildMilliseconds; i++)
        {
            Point other = Once(sweep, value);
            least = least with
            {
                GeneratorMilliseconds = Math.Min(least.GeneratorMilliseconds, other.GeneratorMilliseconds),
                CompilerMilliseconds = Math.Min(least.CompilerMilliseconds, other.CompilerMilliseconds),
                JitMilliseconds = Math.Min(least.JitMilliseconds, other.JitMilliseconds),
                MicrosecondsPerSample = Math.Min(least.MicrosecondsPerSample, other.MicrosecondsPerSample),
            };
        }

        return least;
    }

    private static Point Once(Sweep sweep, int value)
    {
        BuiltModels built = BuiltModels.Build(sweep.Text(value));
        Type type = built.Assembly.GetType("Grown")!;
        var model = Activator.CreateInstance(type)!;
        type.GetProperty("Threads")!.SetValue(model, 1);
        var step = type.GetMethod("StepTrain")!.CreateDelegate<Step>(model);
        int batch = sweep.Batch(value);
        float[] inputs = new float[batch * sweep.Inputs(value)];
        int[] labels = new int[batch];
        var random = new Random(7);
        for (int i = 0; i < inputs.Length; i++) inputs[i] = random.NextSingle() - 0.5f;
        for (int i = 0; i < labels.Length; i++) labels[i] = random.Next(10);

        // The model's memory and first weights are made here, too; the compiler's own clock tells what its share is.
        TimeSpan before = JitInfo.GetCompilationTime();
        step(inputs, labels, 1e-3);
        double jit = (JitInfo.GetCompilationTime() - before).TotalMilliseconds;

        CompiledModel compiled = built.Compiled.Single();
        int train = compiled.Functions.ToList().IndexOf("Train");
        CompiledFunction function = compiled.CreateFunction(train, SimdDetection.Best);
        double seconds = Time(() => step(inputs, labels, 1e-3));
        ((IDisposable)model).Dispose();
        return new Point(
            sweep.Name, value, Math.Round(built.GeneratorMilliseconds, 1), Math.Round(built.CompilerMilliseconds, 1), built.Texts.Sum(text => (long)text.Length),
            Math.Round(jit, 1), built.Kernels(SimdDetection.Best), function.ArenaBytes(batch), Math.Round(seconds * 1e6 / batch, 3));
    }

    // The best of a few: what a step takes where nothing disturbs it.
    private static double Time(Action action)
    {
        double best = double.MaxValue;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 5 || Stopwatch.GetElapsedTime(start).TotalSeconds < StepSeconds; i++)
        {
            long before = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(before).TotalSeconds);
        }

        return best;
    }
}
