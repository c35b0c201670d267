using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DLCompiler.Runtime;

public static partial class Lanes
{
    // The unit of work is four features of all samples: 4×4 squares, one per 128 bits of a vector, that two rounds of interleaving transpose.
    private const int Square = 4;

    /// <summary>
    /// Rows of <paramref name="samples"/> (1 to 16) samples become a block [<paramref name="features"/>][16]; lanes without a sample become zero.
    /// </summary>
    /// <param name="source">The first sample's first feature.</param>
    /// <param name="sourceRowStride">Elements from a sample to the next.</param>
    /// <param name="destination">The block.</param>
    /// <param name="features">Elements of a sample.</param>
    /// <param name="samples">Samples to read, 1 to 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransposeToLanes(ref float source, nint sourceRowStride, ref float destination, nint features, int samples)
    {
        nint whole = Vector128.IsHardwareAccelerated ? features & -Square : 0;
        if (samples == Count && Avx512F.IsSupported) SquaresToLanes512(ref source, sourceRowStride, ref destination, whole);
        else if (samples == Count && Avx.IsSupported) SquaresToLanes256(ref source, sourceRowStride, ref destination, whole);
        else SquaresToLanes128(ref source, sourceRowStride, ref destination, whole, samples);

        for (nint feature = whole; feature < features; feature++)
        {
            ref float lanes = ref Unsafe.Add(ref destination, feature * Count);
            for (int lane = 0; lane < samples; lane++) Unsafe.Add(ref lanes, lane) = Unsafe.Add(ref source, (lane * sourceRowStride) + feature);
            for (int lane = samples; lane < Count; lane++) Unsafe.Add(ref lanes, lane) = 0;
        }
    }

    /// <summary>A block [<paramref name="features"/>][16] becomes rows of <paramref name="samples"/> (1 to 16) samples.</summary>
    /// <param name="source">The block.</param>
    /// <param name="destination">The first sample's first feature.</param>
    /// <param name="destinationRowStride">Elements from a sample to the next.</param>
    /// <param name="features">Elements of a sample.</param>
    /// <param name="samples">Samples to write, 1 to 16.</param>
    /// <param name="padRows">Whether each row is filled with zeros up to the next multiple of 16 elements; the stride is at least that then.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransposeFromLanes(
        ref float source, ref float destination, nint destinationRowStride, nint features, int samples, bool padRows = false)
    {
        nint whole = Vector128.IsHardwareAccelerated ? features & -Square : 0;
        if (samples == Count && Avx512F.IsSupported) SquaresFromLanes512(ref source, ref destination, destinationRowStride, whole);
        else if (samples == Count && Avx.IsSupported) SquaresFromLanes256(ref source, ref destination, destinationRowStride, whole);
        else SquaresFromLanes128(ref source, ref destination, destinationRowStride, whole, samples);

        nint end = padRows ? (features + Count - 1) & -Count : features;
        if (whole == end) return;
        for (int lane = 0; lane < samples; lane++)
        {
            ref float row = ref Unsafe.Add(ref destination, lane * destinationRowStride);
            for (nint feature = whole; feature < features; feature++) Unsafe.Add(ref row, feature) = Unsafe.Add(ref source, (feature * Count) + lane);
            for (nint feature = features; feature < end; feature++) Unsafe.Add(ref row, feature) = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SquaresToLanes512(ref float source, nint stride, ref float destination, nint features)
    {
        for (nint feature = 0; feature < features; feature += Square)
        {
            ref float corner = ref Unsafe.Add(ref source, feature);
            var row0 = FourRows(ref corner, stride);
            var row1 = FourRows(ref Unsafe.Add(ref corner, stride), stride);
            var row2 = FourRows(ref Unsafe.Add(ref corner, 2 * stride), stride);
            var row3 = FourRows(ref Unsafe.Add(ref corner, 3 * stride), stride);
            TransposeSquares(ref row0, ref row1, ref row2, ref row3);

            ref float lanes = ref Unsafe.Add(ref destination, feature * Count);
            row0.StoreUnsafe(ref lanes);
            row1.StoreUnsafe(ref lanes, Count);
            row2.StoreUnsafe(ref lanes, 2 * Count);
            row3.StoreUnsafe(ref lanes, 3 * Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SquaresToLanes256(ref float source, nint stride, ref float destination, nint features)
    {
        for (nint feature = 0; feature < features; feature += Square)
        {
            for (int half = 0; half < Count; half += Vector256<float>.Count)
            {
                ref float corner = ref Unsafe.Add(ref source, (half * stride) + feature);
                var row0 = TwoRows(ref corner, stride);
                var row1 = TwoRows(ref Unsafe.Add(ref corner, stride), stride);
                var row2 = TwoRows(ref Unsafe.Add(ref corner, 2 * stride), stride);
                var row3 = TwoRows(ref Unsafe.Add(ref corner, 3 * stride), stride);
                TransposeSquares(ref row0, ref row1, ref row2, ref row3);

                ref float lanes = ref Unsafe.Add(ref destination, (feature * Count) + half);
                row0.StoreUnsafe(ref lanes);
                row1.StoreUnsafe(ref lanes, Count);
                row2.StoreUnsafe(ref lanes, 2 * Count);
                row3.StoreUnsafe(ref lanes, 3 * Count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SquaresToLanes128(ref float source, nint stride, ref float destination, nint features, int samples)
    {
        for (int first = 0; first < Count; first += Square)
        {
            int present = samples - first;
            for (nint feature = 0; feature < features; feature += Square)
            {
                ref float corner = ref Unsafe.Add(ref source, (first * stride) + feature);
                var row0 = present > 0 ? Vector128.LoadUnsafe(ref corner) : Vector128<float>.Zero;
                var row1 = present > 1 ? Vector128.LoadUnsafe(ref Unsafe.Add(ref corner, stride)) : Vector128<float>.Zero;
                var row2 = present > 2 ? Vector128.LoadUnsafe(ref Unsafe.Add(ref corner, 2 * stride)) : Vector128<float>.Zero;
                var row3 = present > 3 ? Vector128.LoadUnsafe(ref Unsafe.Add(ref corner, 3 * stride)) : Vector128<float>.Zero;
                TransposeSquares(ref row0, ref row1, ref row2, ref row3);

                ref float lanes = ref Unsafe.Add(ref destination, (feature * Count) + first);
                row0.StoreUnsafe(ref lanes);
                row1.StoreUnsafe(ref lanes, Count);
                row2.StoreUnsafe(ref lanes, 2 * Count);
                row3.StoreUnsafe(ref lanes, 3 * Count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SquaresFromLanes512(ref float source, ref float destination, nint stride, nint features)
    {
        for (nint feature = 0; feature < features; feature += Square)
        {
            ref float lanes = ref Unsafe.Add(ref source, feature * Count);
            var row0 = Vector512.LoadUnsafe(ref lanes);
            var row1 = Vector512.LoadUnsafe(ref lanes, Count);
            var row2 = Vector512.LoadUnsafe(ref lanes, 2 * Count);
            var row3 = Vector512.LoadUnsafe(ref lanes, 3 * Count);
            TransposeSquares(ref row0, ref row1, ref row2, ref row3);

            ref float corner = ref Unsafe.Add(ref destination, feature);
            StoreFourRows(row0, ref corner, stride);
            StoreFourRows(row1, ref Unsafe.Add(ref corner, stride), stride);
            StoreFourRows(row2, ref Unsafe.Add(ref corner, 2 * stride), stride);
            StoreFourRows(row3, ref Unsafe.Add(ref corner, 3 * stride), stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SquaresFromLanes256(ref float source, ref float destination, nint stride, nint features)
    {
        for (nint feature = 0; feature < features; feature += Square)
        {
            for (int half = 0; half < Count; half += Vector256<float>.Count)
            {
                ref float lanes = ref Unsafe.Add(ref source, (feature * Count) + half);
                var row0 = Vector256.LoadUnsafe(ref lanes);
                var row1 = Vector256.LoadUnsafe(ref lanes, Count);
                var row2 = Vector256.LoadUnsafe(ref lanes, 2 * Count);
                var row3 = Vector256.LoadUnsafe(ref lanes, 3 * Count);
                TransposeSquares(ref row0, ref row1, ref row2, ref row3);

                ref float corner = ref Unsafe.Add(ref destination, (half * stride) + feature);
                StoreTwoRows(row0, ref corner, stride);
                StoreTwoRows(row1, ref Unsafe.Add(ref corner, stride), stride);
                StoreTwoRows(row2, ref Unsafe.Add(ref corner, 2 * stride), stride);
                StoreTwoRows(row3, ref Unsafe.Add(ref corner, 3 * stride), stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SquaresFromLanes128(ref float source, ref float destination, nint stride, nint features, int samples)
    {
        for (int first = 0; first < samples; first += Square)
        {
            int present = samples - first;
            for (nint feature = 0; feature < features; feature += Square)
            {
                ref float lanes = ref Unsafe.Add(ref source, (feature * Count) + first);
                var row0 = Vector128.LoadUnsafe(ref lanes);
                var row1 = Vector128.LoadUnsafe(ref lanes, Count);
                var row2 = Vector128.LoadUnsafe(ref lanes, 2 * Count);
                var row3 = Vector128.LoadUnsafe(ref lanes, 3 * Count);
                TransposeSquares(ref row0, ref row1, ref row2, ref row3);

                ref float corner = ref Unsafe.Add(ref destination, (first * stride) + feature);
                row0.StoreUnsafe(ref corner);
                if (present > 1) row1.StoreUnsafe(ref Unsafe.Add(ref corner, stride));
                if (present > 2) row2.StoreUnsafe(ref Unsafe.Add(ref corner, 2 * stride));
                if (present > 3) row3.StoreUnsafe(ref Unsafe.Add(ref corner, 3 * stride));
            }
        }
    }

    // The rows of four squares that stand side by side: each fourth of 16.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FourRows(ref float corner, nint stride) =>
        Vector512.Create(TwoRows(ref corner, stride), TwoRows(ref Unsafe.Add(ref corner, 2 * Square * stride), stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> TwoRows(ref float corner, nint stride) =>
        Vector256.Create(Vector128.LoadUnsafe(ref corner), Vector128.LoadUnsafe(ref Unsafe.Add(ref corner, Square * stride)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFourRows(Vector512<float> rows, ref float corner, nint stride)
    {
        StoreTwoRows(rows.GetLower(), ref corner, stride);
        StoreTwoRows(rows.GetUpper(), ref Unsafe.Add(ref corner, 2 * Square * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTwoRows(Vector256<float> rows, ref float corner, nint stride)
    {
        rows.GetLower().StoreUnsafe(ref corner);
        rows.GetUpper().StoreUnsafe(ref Unsafe.Add(ref corner, Square * stride));
    }
}
