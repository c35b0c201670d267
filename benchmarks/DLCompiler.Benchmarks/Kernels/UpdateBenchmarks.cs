using System;
using BenchmarkDotNet.Attributes;
using DLCompiler.Benchmarks.Models;

namespace DLCompiler.Benchmarks.Kernels;

/// <summary>An optimizer's update: a step on one sample of a layer of a million weights is little else. The mean is of one weight.</summary>
public class UpdateBenchmarks : IDisposable
{
    private const int Weights = 1024 * 1024;

    private readonly AdamUpdate adam = new() { Threads = 1 };
    private readonly SgdUpdate sgd = new() { Threads = 1 };
    private readonly float[] input = new float[1024];
    private readonly int[] label = [3];

    /// <summary>Fills the sample.</summary>
    [GlobalSetup]
    public void Fill() => Array.Fill(input, 0.5f);

    /// <summary>Reads and writes the weight and two averages.</summary>
    [Benchmark(OperationsPerInvoke = Weights)]
    public float Adam() => adam.StepTrain(input, label);

    /// <summary>Reads and writes the weight.</summary>
    [Benchmark(OperationsPerInvoke = Weights)]
    public float Sgd() => sgd.StepTrain(input, label);

    /// <summary>Frees the models.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        adam.Dispose();
        sgd.Dispose();
        GC.SuppressFinalize(this);
    }
}
