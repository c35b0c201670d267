using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Benchmarks.Ceilings;

/// <summary>Every worker reads memory of its own from start to end, again and again: of a size that fits into one level of the caches, that level's bandwidth.</summary>
/// <param name="bytes">How much of it there is for a worker.</param>
internal sealed class Reads(long bytes) : CeilingJob
{
    // Eight vectors of 64 bytes a round; two megabytes at least a call, so that starting and joining don't show.
    private const int ElementsPerRound = 128;
    private const long BytesPerCall = 2 << 20;

    private readonly int elements = (int)(bytes / sizeof(float) / ElementsPerRound * ElementsPerRound);
    private readonly int passes = (int)Math.Max(1, BytesPerCall / bytes);
    private (float[] Array, int Start)[] memory = [];
    private float[] results = [];

    public override double Bytes => (double)passes * elements * sizeof(float);

    public override void Allocate(int workers)
    {
        (memory, results) = (new (float[] Array, int Start)[workers], new float[workers * 16]);
        for (int worker = 0; worker < workers; worker++) memory[worker] = Aligned(elements);
    }

    protected override void Execute(int worker)
    {
        (float[] array, int start) = memory[worker];
        float sum = 0;
        for (int pass = 0; pass < passes; pass++) sum += Sum(ref array[start], elements);
        results[worker * 16] = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum(ref float first, nint elements) =>
        Vector512.IsHardwareAccelerated ? Sum512(ref first, elements) : Sum256(ref first, elements);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum512(ref float first, nint elements)
    {
        var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (e, f, g, h) = (a, b, c, d);
        for (nint i = 0; i < elements; i += ElementsPerRound)
        {
            ref float next = ref Unsafe.Add(ref first, i);
            a += Vector512.LoadUnsafe(ref next);
            b += Vector512.LoadUnsafe(ref next, 16);
            c += Vector512.LoadUnsafe(ref next, 32);
            d += Vector512.LoadUnsafe(ref next, 48);
            e += Vector512.LoadUnsafe(ref next, 64);
            f += Vector512.LoadUnsafe(ref next, 80);
            g += Vector512.LoadUnsafe(ref next, 96);
            h += Vector512.LoadUnsafe(ref next, 112);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum256(ref float first, nint elements)
    {
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        var (e, f, g, h) = (a, b, c, d);
        for (nint i = 0; i < elements; i += ElementsPerRound / 2)
        {
            ref float next = ref Unsafe.Add(ref first, i);
            a += Vector256.LoadUnsafe(ref next);
            b += Vector256.LoadUnsafe(ref next, 8);
            c += Vector256.LoadUnsafe(ref next, 16);
            d += Vector256.LoadUnsafe(ref next, 24);
            e += Vector256.LoadUnsafe(ref next, 32);
            f += Vector256.LoadUnsafe(ref next, 40);
            g += Vector256.LoadUnsafe(ref next, 48);
            h += Vector256.LoadUnsafe(ref next, 56);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h);
    }
}
