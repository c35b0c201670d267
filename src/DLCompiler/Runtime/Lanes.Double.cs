using System.Runtime.CompilerServices;

namespace DLCompiler.Runtime;

/// <content>Double precision serves checks, not speed: plain loops.</content>
public static partial class Lanes
{
    /// <inheritdoc cref="TransposeToLanes(ref float, nint, ref float, nint, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransposeToLanes(ref double source, nint sourceRowStride, ref double destination, nint features, int samples)
    {
        for (nint feature = 0; feature < features; feature++)
        {
            ref double lanes = ref Unsafe.Add(ref destination, feature * Count);
            for (int lane = 0; lane < samples; lane++) Unsafe.Add(ref lanes, lane) = Unsafe.Add(ref source, (lane * sourceRowStride) + feature);
            for (int lane = samples; lane < Count; lane++) Unsafe.Add(ref lanes, lane) = 0;
        }
    }

    /// <inheritdoc cref="TransposeFromLanes(ref float, ref float, nint, nint, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransposeFromLanes(
        ref double source, ref double destination, nint destinationRowStride, nint features, int samples, bool padRows = false)
    {
        nint end = padRows ? (features + Count - 1) & -Count : features;
        for (int lane = 0; lane < samples; lane++)
        {
            ref double row = ref Unsafe.Add(ref destination, lane * destinationRowStride);
            for (nint feature = 0; feature < features; feature++) Unsafe.Add(ref row, feature) = Unsafe.Add(ref source, (feature * Count) + lane);
            for (nint feature = features; feature < end; feature++) Unsafe.Add(ref row, feature) = 0;
        }
    }

    /// <inheritdoc cref="ClearTail(ref float, nint, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ClearTail(ref double block, nint features, int samples)
    {
        for (nint feature = 0; feature < features; feature++)
        {
            for (int lane = samples; lane < Count; lane++) Unsafe.Add(ref block, (feature * Count) + lane) = 0;
        }
    }
}
