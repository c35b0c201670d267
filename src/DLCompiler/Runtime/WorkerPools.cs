using System.Collections.Generic;
using System.Threading;

namespace DLCompiler.Runtime;

/// <summary>The pools that models share: one per number of threads, kept as long as a model holds it.</summary>
internal static class WorkerPools
{
    private static readonly Lock gate = new();
    private static readonly Dictionary<int, Entry> entries = [];

    /// <summary>The pool with that many threads; return it with <see cref="Release"/>.</summary>
    public static WorkerPool Lease(int threads)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(threads, out var entry)) entries.Add(threads, entry = new Entry(new WorkerPool(threads)));
            entry.Leases++;
            return entry.Pool;
        }
    }

    /// <summary>Gives a pool back; the last holder's return ends its threads.</summary>
    public static void Release(WorkerPool pool)
    {
        lock (gate)
        {
            var entry = entries[pool.Threads];
            if (--entry.Leases > 0) return;
            entries.Remove(pool.Threads);
        }

        pool.Dispose();
    }

    private sealed class Entry(WorkerPool pool)
    {
        public WorkerPool Pool { get; } = pool;

        public int Leases { get; set; }
    }
}
