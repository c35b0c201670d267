using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace DLCompiler.Runtime;

/// <summary>
/// The positions of the smallest or largest elements of a line in their order: a heap of as many positions as are asked for, in the memory of the result.
/// Equal elements keep their order, and NaN counts as the largest (Williams, "Algorithm 232: Heapsort", 1964).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LineOrder
{
    /// <summary>The smallest first.</summary>
    /// <param name="values">The line's first element.</param>
    /// <param name="length">How many elements it has.</param>
    /// <param name="order">Where the first position goes.</param>
    /// <param name="count">How many positions; at most the length.</param>
    /// <param name="stride">From one element, and from one position, to the next.</param>
    public static void Ascending<T>(ref T values, nint length, ref T order, nint count, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Sort(ref values, length, ref order, count, stride, descending: false);

    /// <summary>The largest first.</summary>
    /// <inheritdoc cref="Ascending"/>
    public static void Descending<T>(ref T values, nint length, ref T order, nint count, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Sort(ref values, length, ref order, count, stride, descending: true);

    private static void Sort<T>(ref T values, nint length, ref T order, nint count, nint stride, bool descending)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The last of the chosen is at the top of the heap: whatever comes before it takes its place.
        for (nint i = 0; i < count; i++) Unsafe.Add(ref order, i * stride) = T.CreateTruncating(i);
        for (nint i = (count / 2) - 1; i >= 0; i--) Sift(ref values, ref order, i, count, stride, descending);
        for (nint i = count; i < length; i++)
        {
            if (!ComesBefore(ref values, i, nint.CreateTruncating(order), stride, descending)) continue;
            order = T.CreateTruncating(i);
            Sift(ref values, ref order, 0, count, stride, descending);
        }

        for (nint end = count - 1; end > 0; end--)
        {
            (order, Unsafe.Add(ref order, end * stride)) = (Unsafe.Add(ref order, end * stride), order);
            Sift(ref values, ref order, 0, end, stride, descending);
        }
    }

    // Moves a position down until those below it come before it.
    private static void Sift<T>(ref T values, ref T order, nint root, nint count, nint stride, bool descending)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T moved = Unsafe.Add(ref order, root * stride);
        nint position = nint.CreateTruncating(moved);
        for (nint child = (2 * root) + 1; child < count; child = (2 * root) + 1)
        {
            nint below = nint.CreateTruncating(Unsafe.Add(ref order, child * stride));
            if (child + 1 < count)
            {
                nint other = nint.CreateTruncating(Unsafe.Add(ref order, (child + 1) * stride));
                if (ComesBefore(ref values, below, other, stride, descending)) (child, below) = (child + 1, other);
            }

            if (ComesBefore(ref values, below, position, stride, descending)) break;
            Unsafe.Add(ref order, root * stride) = T.CreateTruncating(below);
            root = child;
        }

        Unsafe.Add(ref order, root * stride) = moved;
    }

    private static bool ComesBefore<T>(ref T values, nint first, nint second, nint stride, bool descending)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T a = Unsafe.Add(ref values, first * stride), b = Unsafe.Add(ref values, second * stride);
        if (T.IsNaN(a) || T.IsNaN(b))
        {
            bool both = T.IsNaN(a) && T.IsNaN(b);
            return both ? first < second : T.IsNaN(a) == descending;
        }

        return a == b ? first < second : a < b != descending;
    }
}
