using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DLCompiler.Runtime;

/// <summary>
/// Moves samples between rows (one sample after the other) and lanes: blocks [features][16] where the 16 samples of a feature lie side by side, so that one
/// vector holds the same feature of 16 samples.
/// </summary>
/// <remarks>The loops skip the first tiers of compilation: emitted kernels call them from the first step on, too seldom to be recompiled soon.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Lanes
{
    /// <summary>Samples side by side in a block.</summary>
    public const int Count = 16;

    /// <summary>Zeroes lanes <paramref name="samples"/> to 15 of a block [<paramref name="features"/>][16].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ClearTail(ref float block, nint features, int samples)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var present = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(samples)).AsSingle();
            for (nint feature = 0; feature < features; feature++)
            {
                ref float lanes = ref Unsafe.Add(ref block, feature * Count);
                (Vector512.LoadUnsafe(ref lanes) & present).StoreUnsafe(ref lanes);
            }

            return;
        }

        // Whole quarters are cleared at once, the one with both by elements.
        int whole = (samples + 3) & -4;
        for (nint feature = 0; feature < features; feature++)
        {
            ref float lanes = ref Unsafe.Add(ref block, feature * Count);
            for (int lane = samples; lane < whole; lane++) Unsafe.Add(ref lanes, lane) = 0;
            for (int lane = whole; lane < Count; lane += 4) Vector128<float>.Zero.StoreUnsafe(ref lanes, (nuint)lane);
        }
    }

    /// <summary>Asks for a cache line in the nearest cache. The address need not be valid; without such an instruction nothing happens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch0(ref readonly float address)
    {
        // A hint may point anywhere, and a moved object makes it useless, never wrong: nothing needs pinning.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in address)));
    }

    /// <summary>Asks for a cache line in the second-level cache. The address need not be valid; without such an instruction nothing happens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch1(ref readonly float address)
    {
        if (Sse.IsSupported) Sse.Prefetch1(Unsafe.AsPointer(ref Unsafe.AsRef(in address)));
    }
}
