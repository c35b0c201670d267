using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Reflection;
using DLCompiler.Runtime;

namespace Zoo;

/// <summary>One prediction and one training step of a network, with what they take.</summary>
internal static class Check
{
    private const int Repetitions = 3;

    /// <summary>Runs it and writes a line. False if the parameters are not those of the paper, or something that comes out is no number.</summary>
    public static bool Run(Network network, int batch)
    {
        using INetwork model = network.Create();
        model.Seed = 1;
        model.PredictThreads = model.Threads;
        var random = new Random(7);
        float[] images = new float[(long)batch * network.Inputs];
        for (int i = 0; i < images.Length; i++) images[i] = random.NextSingle() - 0.5f;
        int[] labels = [.. Enumerable.Range(0, batch * network.Labels).Select(_ => random.Next(network.Classes))];
        float[] scores = new float[network.Outputs];

        double first = Seconds(() => model.Predict(images.AsSpan(0, network.Inputs), scores));
        double prediction = Enumerable.Range(0, Repetitions).Min(_ => Seconds(() => model.Predict(images.AsSpan(0, network.Inputs), scores)));
        float loss = 0;
        double step = Seconds(() => loss = model.StepTrain(images, labels, 1e-4));

        bool isRight = network.Parameters == network.Published && scores.All(float.IsFinite) && float.IsFinite(loss);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(isRight ? "right" : "WRONG")} {network.Name}: {network.Parameters:N0} parameters, {Kernels(network.Name)} kernels, first prediction {first:F2} s, then {prediction * 1e3:F1} ms; "
            + $"first step of {batch} {step:F2} s, loss {loss:F3}; peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB"));
        return isRight;
    }

    // The kernels for this processor, of predictions and steps together. The compiler adds something before the names of classes that are local to a file.
    private static int Kernels(string name) => typeof(Check).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(CompiledFunction)) && type.Name.Contains($"_{name}Compiled", StringComparison.Ordinal)
            && type.Name.Contains(SimdDetection.Best.ToString(), StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)).Count();

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
