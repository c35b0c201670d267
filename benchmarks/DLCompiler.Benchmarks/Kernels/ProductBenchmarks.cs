using System;
using BenchmarkDotNet.Attributes;
using DLCompiler.Benchmarks.Models;

namespace DLCompiler.Benchmarks.Kernels;

/// <summary>The kernels of one Dense layer through a model of nothing else: a row, a tile of rows and many of a product.</summary>
public class ProductBenchmarks : IDisposable
{
    private readonly Gemm256 model = new();
    private float[] inputs = [], outputs = [];

    /// <summary>Rows: one has its own schedule, 12 and 14 are tiles, 17 and 31 are uneven splits.</summary>
    [Params(1, 12, 14, 17, 31, 256)]
    public int Rows { get; set; }

    /// <summary>Fills the operand.</summary>
    [GlobalSetup]
    public void Fill()
    {
        (inputs, outputs) = (new float[Rows * 256], new float[Rows * 256]);
        Array.Fill(inputs, 0.5f);
    }

    /// <summary>Rows×256 times 256×256.</summary>
    [Benchmark]
    public void Product() => model.Predict(inputs, outputs);

    /// <summary>Frees the model.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        model.Dispose();
        GC.SuppressFinalize(this);
    }
}
