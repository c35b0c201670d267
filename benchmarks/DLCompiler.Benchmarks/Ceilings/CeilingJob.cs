using System;
using System.Runtime.InteropServices;
using DLCompiler.Runtime;

namespace DLCompiler.Benchmarks.Ceilings;

/// <summary>The same work for every worker.</summary>
internal abstract class CeilingJob : WorkerJob
{
    /// <summary>Floating-point operations of one worker in a call.</summary>
    public virtual double Flops => 0;

    /// <summary>Bytes that one worker reads in a call.</summary>
    public virtual double Bytes => 0;

    /// <summary>Gets memory for this many workers.</summary>
    public abstract void Allocate(int workers);

    protected override void Prepare(int workers)
    {
    }

    /// <summary>
    /// An array of this many elements, and its first element that lies on a cache line's start. It is written to: until then the system shows one page of zeros
    /// in its place, which fits into any cache.
    /// </summary>
    protected static (float[] Array, int Start) Aligned(long elements)
    {
        float[] array = GC.AllocateArray<float>(checked((int)elements + 16), pinned: true);
        array.AsSpan().Fill(1);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        return (array, (int)((64 - (address % 64)) % 64 / sizeof(float)));
    }
}
