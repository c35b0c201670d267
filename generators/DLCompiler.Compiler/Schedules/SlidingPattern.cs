using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// Which neighbours the pixels of a tile see through a kernel row, literally: for each horizontal tap, the pixels that have an input there and that input's
/// distance from the tile's reference column. Tiles in the middle of a row share one pattern; those at the edges leave out what lies beyond.
/// </summary>
/// <param name="Pixels">Pixels of the tile.</param>
/// <param name="Taps">For each tap, pixel and column distance.</param>
public sealed record SlidingPattern(int Pixels, EquatableArray<EquatableArray<(int Pixel, int Column)>> Taps)
{
    /// <summary>A tile of a row: where it starts, its reference column in the source, and its pattern.</summary>
    public readonly record struct Placed(int Start, int Reference, SlidingPattern Pattern);

    /// <summary>The tiles of a convolution's output row: output pixel x sees input column x·stride + tap·dilation − padding.</summary>
    public static IReadOnlyList<Placed> Forward(ConvolutionGeometry geometry, int taps, int inputWidth, int outputWidth, int most) =>
        [.. Split(outputWidth, most, 1).Select(tile =>
        {
            int reference = (tile.Start * geometry.StrideX) - geometry.PaddingX;
            return Place(tile, reference, taps, (pixel, tap) =>
            {
                int column = ((tile.Start + pixel) * geometry.StrideX) + (tap * geometry.DilationX) - geometry.PaddingX;
                return column >= 0 && column < inputWidth ? column : null;
            });
        })];

    /// <summary>The tiles of an input gradient's row: input pixel x was seen by output column (x + padding − tap·dilation)/stride, where that is
    /// whole.</summary>
    public static IReadOnlyList<Placed> Backward(ConvolutionGeometry geometry, int taps, int inputWidth, int outputWidth, int most) =>
        [.. Split(inputWidth, most, geometry.StrideX).Select(tile =>
        {
            int reference = (tile.Start + geometry.PaddingX) / geometry.StrideX;
            return Place(tile, reference, taps, (pixel, tap) =>
            {
                int position = tile.Start + pixel + geometry.PaddingX - (tap * geometry.DilationX);
                return position >= 0 && position % geometry.StrideX == 0 && position / geometry.StrideX < outputWidth ? position / geometry.StrideX : null;
            });
        })];

    private static Placed Place((int Start, int Count) tile, int reference, int taps, Func<int, int, int?> column) =>
        new(tile.Start, reference, new SlidingPattern(tile.Count,
        Enumerable.Range(0, taps).Select(tap => Enumerable.Range(0, tile.Count).Select(pixel => (pixel, column: column(pixel, tap)))
            .Where(pair => pair.column is not null)
            .Select(pair => (pair.pixel, pair.column!.Value - reference)).ToEquatableArray()).ToEquatableArray()));

    /// <summary>Neighbouring tiles of one pattern at even distances, which are one loop.</summary>
    /// <param name="First">The first of them.</param>
    /// <param name="Count">How many there are.</param>
    /// <param name="StartStep">From one's first pixel to the next's.</param>
    /// <param name="ReferenceStep">From one's reference column to the next's.</param>
    public readonly record struct Run(Placed First, int Count, int StartStep, int ReferenceStep);

    /// <summary>A row's tiles as loops.</summary>
    public static IEnumerable<Run> Runs(IReadOnlyList<Placed> row)
    {
        for (int index = 0; index < row.Count;)
        {
            int last = index;
            while (last + 1 < row.Count && row[last + 1].Pattern == row[index].Pattern
                && (last == index || row[last + 1].Reference - row[last].Reference == row[index + 1].Reference - row[index].Reference)) last++;
            int count = last - index + 1;
            yield return new Run(row[index], count, count > 1 ? row[index + 1].Start - row[index].Start : 1,
                count > 1 ? row[index + 1].Reference - row[index].Reference : 0);
            index = last + 1;
        }
    }

    /// <summary>Even tiles of at most so many pixels; widths are multiples of the stride as far as possible, so that patterns repeat.</summary>
    public static IEnumerable<(int Start, int Count)> Split(int width, int most, int multiple)
    {
        int unit = most >= multiple ? multiple : 1, units = (width + unit - 1) / unit, mostUnits = Math.Max(1, most / unit);
        int tiles = (units + mostUnits - 1) / mostUnits, small = units / tiles, large = units % tiles, start = 0;
        for (int tile = 0; tile < tiles; tile++)
        {
            int count = Math.Min((tile < large ? small + 1 : small) * unit, width - start);
            if (count > 0) yield return (start, count);
            start += count;
        }
    }
}
