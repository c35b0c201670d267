using System.Runtime.CompilerServices;

namespace DLCompiler.Runtime;

public static partial class Lanes
{
    /// <summary>
    /// Rows of <paramref name="samples"/> (1 to 16) samples become a block [<paramref name="features"/>][16]; lanes without a sample become zero.
    /// </summary>
    /// <param name="source">The first sample's first feature.</param>
    /// <param name="sourceRowStride">Elements from a sample to the next.</param>
    /// <param name="destination">The block.</param>
    /// <param name="features">Elements of a sample.</param>
    /// <param name="samples">Samples to read, 1 to 16.</param>
    public static void TransposeToLanes(ref float source, nint sourceRowStride, ref float destination, nint features, int samples)
    {
        for (nint feature = 0; feature < features; feature++)
        {
            for (int lane = 0; lane < Count; lane++)
            {
                Unsafe.Add(ref destination, (feature * Count) + lane) = lane < samples ? Unsafe.Add(ref source, (lane * sourceRowStride) + feature) : 0;
            }
        }
    }

    /// <inheritdoc cref="TransposeToLanes(ref float, nint, ref float, nint, int)"/>
    public static void TransposeToLanes(ref double source, nint sourceRowStride, ref double destination, nint features, int samples)
    {
        for (nint feature = 0; feature < features; feature++)
        {
            for (int lane = 0; lane < Count; lane++)
            {
                Unsafe.Add(ref destination, (feature * Count) + lane) = lane < samples ? Unsafe.Add(ref source, (lane * sourceRowStride) + feature) : 0;
            }
        }
    }

    /// <summary>A block [<paramref name="features"/>][16] becomes rows of <paramref name="samples"/> (1 to 16) samples.</summary>
    /// <param name="source">The block.</param>
    /// <param name="destination">The first sample's first feature.</param>
    /// <param name="destinationRowStride">Elements from a sample to the next.</param>
    /// <param name="features">Elements of a sample.</param>
    /// <param name="samples">Samples to write, 1 to 16.</param>
    /// <param name="padRows">Whether each row is filled with zeros up to the next multiple of 16 elements; the stride is at least that then.</param>
    public static void TransposeFromLanes(
        ref float source, ref float destination, nint destinationRowStride, nint features, int samples, bool padRows = false)
    {
        nint end = padRows ? (features + Count - 1) & -Count : features;
        for (int lane = 0; lane < samples; lane++)
        {
            for (nint feature = 0; feature < end; feature++)
            {
                Unsafe.Add(ref destination, (lane * destinationRowStride) + feature) = feature < features ? Unsafe.Add(ref source, (feature * Count) + lane) : 0;
            }
        }
    }

    /// <inheritdoc cref="TransposeFromLanes(ref float, ref float, nint, nint, int, bool)"/>
    public static void TransposeFromLanes(
        ref double source, ref double destination, nint destinationRowStride, nint features, int samples, bool padRows = false)
    {
        nint end = padRows ? (features + Count - 1) & -Count : features;
        for (int lane = 0; lane < samples; lane++)
        {
            for (nint feature = 0; feature < end; feature++)
            {
                Unsafe.Add(ref destination, (lane * destinationRowStride) + feature) = feature < features ? Unsafe.Add(ref source, (feature * Count) + lane) : 0;
            }
        }
    }
}
