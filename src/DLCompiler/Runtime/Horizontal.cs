using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

/// <summary>
/// Operations across the lanes of one vector that emitted kernels use: sums and extrema in a fixed order (upper half onto lower half, until one lane is left),
/// masks of the first lanes, and stores of the first lanes.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Horizontal
{
    /// <summary>The sum of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> vector) => Sum(vector.GetLower() + vector.GetUpper());

    /// <inheritdoc cref="Sum(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> vector) => Sum(vector.GetLower() + vector.GetUpper());

    /// <inheritdoc cref="Sum(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> vector)
    {
        Vector128<float> pairs = vector + Vector128.Shuffle(vector, Vector128.Create(2, 3, 0, 1));
        return pairs[0] + pairs[1];
    }

    /// <inheritdoc cref="Sum(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> vector) => Sum(vector.GetLower() + vector.GetUpper());

    /// <inheritdoc cref="Sum(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector256<double> vector) => Sum(vector.GetLower() + vector.GetUpper());

    /// <inheritdoc cref="Sum(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector128<double> vector) => vector[0] + vector[1];

    /// <summary>The largest lane; NaN if any is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> vector) => Max(VectorMath.MaxPropagateNaN(vector.GetLower(), vector.GetUpper()));

    /// <inheritdoc cref="Max(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector256<float> vector) => Max(VectorMath.MaxPropagateNaN(vector.GetLower(), vector.GetUpper()));

    /// <inheritdoc cref="Max(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector128<float> vector)
    {
        Vector128<float> pairs = VectorMath.MaxPropagateNaN(vector, Vector128.Shuffle(vector, Vector128.Create(2, 3, 0, 1)));
        return VectorMath.MaxPropagateNaN(pairs[0], pairs[1]);
    }

    /// <inheritdoc cref="Max(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Max(Vector512<double> vector) => Max(VectorMath.MaxPropagateNaN(vector.GetLower(), vector.GetUpper()));

    /// <inheritdoc cref="Max(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Max(Vector256<double> vector) => Max(VectorMath.MaxPropagateNaN(vector.GetLower(), vector.GetUpper()));

    /// <inheritdoc cref="Max(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Max(Vector128<double> vector) => VectorMath.MaxPropagateNaN(vector[0], vector[1]);

    /// <summary>The smallest lane; NaN if any is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Vector512<float> vector) => -Max(-vector);

    /// <inheritdoc cref="Min(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Vector256<float> vector) => -Max(-vector);

    /// <inheritdoc cref="Min(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Vector128<float> vector) => -Max(-vector);

    /// <inheritdoc cref="Min(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Min(Vector512<double> vector) => -Max(-vector);

    /// <inheritdoc cref="Min(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Min(Vector256<double> vector) => -Max(-vector);

    /// <inheritdoc cref="Min(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Min(Vector128<double> vector) => -Max(-vector);

    /// <summary>All bits set in the lanes with a number below <paramref name="count"/>; none where it is 0 or less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FirstLanes512(nint count) => Vector512.LessThan(Vector512<float>.Indices, Vector512.Create((float)count));

    /// <inheritdoc cref="FirstLanes512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FirstLanes256(nint count) => Vector256.LessThan(Vector256<float>.Indices, Vector256.Create((float)count));

    /// <inheritdoc cref="FirstLanes512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FirstLanes128(nint count) => Vector128.LessThan(Vector128<float>.Indices, Vector128.Create((float)count));

    /// <inheritdoc cref="FirstLanes512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> FirstLanes512Double(nint count) => Vector512.LessThan(Vector512<double>.Indices, Vector512.Create((double)count));

    /// <inheritdoc cref="FirstLanes512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> FirstLanes256Double(nint count) => Vector256.LessThan(Vector256<double>.Indices, Vector256.Create((double)count));

    /// <inheritdoc cref="FirstLanes512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> FirstLanes128Double(nint count) => Vector128.LessThan(Vector128<double>.Indices, Vector128.Create((double)count));

    /// <summary>Writes the first lanes.</summary>
    /// <param name="vector">The lanes.</param>
    /// <param name="destination">Where the first goes.</param>
    /// <param name="count">How many are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector512<float> vector, ref float destination, nint count)
    {
        for (int lane = 0; lane < count; lane++) Unsafe.Add(ref destination, lane) = vector[lane];
    }

    /// <inheritdoc cref="StoreFirst(Vector512{float}, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector256<float> vector, ref float destination, nint count)
    {
        for (int lane = 0; lane < count; lane++) Unsafe.Add(ref destination, lane) = vector[lane];
    }

    /// <inheritdoc cref="StoreFirst(Vector512{float}, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector128<float> vector, ref float destination, nint count)
    {
        for (int lane = 0; lane < count; lane++) Unsafe.Add(ref destination, lane) = vector[lane];
    }

    /// <inheritdoc cref="StoreFirst(Vector512{float}, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector512<double> vector, ref double destination, nint count)
    {
        for (int lane = 0; lane < count; lane++) Unsafe.Add(ref destination, lane) = vector[lane];
    }

    /// <inheritdoc cref="StoreFirst(Vector512{float}, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector256<double> vector, ref double destination, nint count)
    {
        for (int lane = 0; lane < count; lane++) Unsafe.Add(ref destination, lane) = vector[lane];
    }

    /// <inheritdoc cref="StoreFirst(Vector512{float}, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector128<double> vector, ref double destination, nint count)
    {
        for (int lane = 0; lane < count; lane++) Unsafe.Add(ref destination, lane) = vector[lane];
    }
}
