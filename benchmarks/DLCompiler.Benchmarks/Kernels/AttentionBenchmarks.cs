using System;
using BenchmarkDotNet.Attributes;
using DLCompiler.Benchmarks.Models;

namespace DLCompiler.Benchmarks.Kernels;

/// <summary>
/// Attention through models of nothing else. Multiplications and additions, of which causal attention computes those of the half that is seen: 4·D a pair of a
/// query and a key; 13, 404 and 17,184 million in the first three benchmarks.
/// </summary>
public class AttentionBenchmarks : IDisposable
{
    private readonly AttentionOf128 small = new();
    private readonly AttentionOf384 medium = new();
    private readonly AttentionOfLongSequences wide = new();
    private readonly AttentionOfLastToken token = new();
    private float[] inputs = [], outputs = [], query = [], mixed = [];

    /// <summary>Fills the operands.</summary>
    [GlobalSetup]
    public void Fill()
    {
        (inputs, outputs) = (new float[4096 * 1536], new float[4096 * 512]);
        (query, mixed) = (new float[8 * 64], new float[8 * 64]);
        for (int i = 0; i < inputs.Length; i++) inputs[i] = (float)Math.Sin(i);
        for (int i = 0; i < query.Length; i++) query[i] = (float)Math.Cos(i);
    }

    /// <summary>Twelve samples of 64 positions, 4 heads of 32.</summary>
    [Benchmark]
    public void Causal64() => small.Predict(inputs.AsSpan(0, 12 * 64 * 384), outputs.AsSpan(0, 12 * 64 * 128));

    /// <summary>Eight samples of 256 positions, 6 heads of 64.</summary>
    [Benchmark]
    public void Causal256() => medium.Predict(inputs.AsSpan(0, 8 * 256 * 1152), outputs.AsSpan(0, 8 * 256 * 384));

    /// <summary>One sample of 4,096 positions, 8 heads of 64.</summary>
    [Benchmark]
    public void Causal4096() => wide.Predict(inputs, outputs);

    /// <summary>One token behind 4,096, 8 heads of 64: 16.8 MB are read.</summary>
    [Benchmark]
    public void LastToken() => token.Predict(query, inputs.AsSpan(0, 8 * 4096 * 64), inputs.AsSpan(8 * 4096 * 64, 8 * 4096 * 64), mixed);

    /// <summary>Frees the models.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        small.Dispose();
        medium.Dispose();
        wide.Dispose();
        token.Dispose();
        GC.SuppressFinalize(this);
    }
}
