using System;
using DLCompiler.Runtime;

namespace DLCompiler.Benchmarks.Ceilings;

/// <summary>
/// What the processor can do at most, measured like any workload and in the same run: arithmetic (peak-fma) and reading (read-l1, read-l2, read-l3, read-dram).
/// </summary>
internal static class Ceiling
{
    /// <summary>The call to measure, and what it does; null where the name is no ceiling's.</summary>
    public static Workload? Create(string name, int threads)
    {
        CeilingJob? job = name switch
        {
            "peak-fma" => new MultiplyAdds(),
            "read-l1" => new Reads(CacheSizes.Level1 / 2),
            "read-l2" => new Reads(CacheSizes.Level2 / 2),

            // Level 3 is shared by the threads; too small a part of it would measure level 2.
            "read-l3" => new Reads(Math.Max(CacheSizes.Level3 / (2 * threads), 2 * CacheSizes.Level2)),
            "read-dram" => new Reads(8 * CacheSizes.Level3 / threads),
            _ => null,
        };
        if (job is null) return null;
        var pool = new WorkerPool(threads);
        job.Allocate(threads);
        return new Workload(() => pool.Run(job), threads * job.Flops, threads * job.Bytes);
    }
}
