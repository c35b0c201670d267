using System;
using BenchmarkDotNet.Attributes;
using DLCompiler.Runtime;

namespace DLCompiler.Benchmarks.Kernels;

/// <summary>What it costs to share work: starting and joining a pool's threads, and the barrier between two phases of a step.</summary>
public class PoolBenchmarks : IDisposable
{
    private const int Barriers = 256;

    private readonly Job nothing = new(0), phases = new(Barriers);
    private WorkerPool? pool;

    /// <summary>Workers, the caller's thread among them.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Starts the threads.</summary>
    [GlobalSetup]
    public void Start() => pool = new WorkerPool(Threads);

    /// <summary>Ends them.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        pool?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A job without work.</summary>
    [Benchmark]
    public void ForkJoin() => pool!.Run(nothing);

    /// <summary>One barrier of a job that has many.</summary>
    [Benchmark(OperationsPerInvoke = Barriers)]
    public void Barrier() => pool!.Run(phases);

    private sealed class Job(int barriers) : WorkerJob
    {
        private StepFrame frame = new(0, 0, 1);

        protected override void Prepare(int workers)
        {
            if (frame.Workers != workers) frame = new StepFrame(0, 0, workers);
        }

        protected override void Execute(int worker)
        {
            for (int i = 0; i < barriers; i++) frame.Barrier(worker);
        }
    }
}
