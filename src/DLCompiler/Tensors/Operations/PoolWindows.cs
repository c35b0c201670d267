using System;
using System.Linq;

namespace DLCompiler.Operations;

/// <summary>A window along one axis: the elements that it sees, and how many of an average's divisor it is.</summary>
/// <param name="From">The first element.</param>
/// <param name="To">The one after the last.</param>
/// <param name="Counted">The elements, with padding where that counts.</param>
internal readonly record struct PoolWindow(int From, int To, int Counted);

/// <summary>The windows of a pool along one axis.</summary>
internal static class PoolWindows
{
    /// <summary>The only window of an axis of one element.</summary>
    public static PoolWindow[] Single { get; } = [new PoolWindow(0, 1, 1)];

    /// <summary>Windows of one size with one distance; none where a window does not fit.</summary>
    /// <param name="length">The axis' size.</param>
    /// <param name="size">The window's size.</param>
    /// <param name="stride">The distance between windows.</param>
    /// <param name="padding">What is added on each side.</param>
    /// <param name="ceilMode">Whether a last window may reach beyond the padding.</param>
    /// <param name="same">Whether there are ⌈length/stride⌉ of them, with as much padding as that takes, which does not count.</param>
    /// <param name="countPadding">Whether padding is part of an average's divisor.</param>
    public static PoolWindow[] Sliding(int length, int size, int stride, int padding, bool ceilMode, bool same, bool countPadding)
    {
        int count, before = padding, counted = countPadding && !same ? padding : 0;
        if (same)
        {
            count = (length + stride - 1) / stride;
            before = SamePadding(length, size, stride).Before;
        }
        else
        {
            int span = length + (2 * padding) - size;
            if (span < 0) return [];
            count = ((ceilMode ? span + stride - 1 : span) / stride) + 1;
            if ((count - 1) * stride >= length + padding) count--;
        }

        return
        [
            .. Enumerable.Range(0, count).Select(position =>
            {
                int from = (position * stride) - before, to = from + size;
                return new PoolWindow(Math.Max(from, 0), Math.Min(to, length), Math.Min(to, length + counted) - Math.Max(from, -counted));
            }),
        ];
    }

    /// <summary>As many windows as are asked for, which cover the axis.</summary>
    public static PoolWindow[] Adaptive(int length, int count) =>
    [
        .. Enumerable.Range(0, count).Select(position =>
        {
            int from = (int)((long)position * length / count), to = (int)((((position + 1L) * length) + count - 1) / count);
            return new PoolWindow(from, to, to - from);
        }),
    ];

    /// <summary>The padding that gives ⌈length/stride⌉ windows: an odd element comes after.</summary>
    public static (int Before, int After) SamePadding(int length, int extent, int stride)
    {
        int total = Math.Max(0, ((((length + stride - 1) / stride) - 1) * stride) + extent - length);
        return (total / 2, total - (total / 2));
    }
}
