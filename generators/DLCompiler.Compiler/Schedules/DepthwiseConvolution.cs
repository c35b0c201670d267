using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The schedule of a convolution, or of its input gradient, whose groups have one channel on a side, with samples side by side. There are no channels to
/// share loads, so a tile is several rows of pixels of one channel: a source row is loaded into registers once, and meets all rows of the tile that see it.
/// </summary>
public sealed class DepthwiseConvolution
{
    // Multiply-adds of a single row's tile beyond which the kernel's rows are a loop.
    private const int MostLiteral = 128;

    private readonly SchedulingContext context;
    private readonly Node anchor;
    private readonly Node result;
    private readonly ConvolutionGeometry geometry;
    private readonly bool forward;
    private readonly int groups, sourceChannels, resultChannels, sourceHeight, sourceWidth, resultHeight, resultWidth, kernelHeight, kernelWidth;
    private readonly Buffer source, weight, destination;
    private readonly DepthwiseTiling tiling;
    private readonly Dictionary<(SlidingPattern, int), (Kernel, ElementEmitter)> tiles = [];
    private readonly ConvolutionEpilogue epilogue;
    private readonly KernelBuilder kernel;

    private DepthwiseConvolution(SchedulingContext context, Node anchor, Node result)
    {
        (this.context, this.anchor, this.result) = (context, anchor, result);
        forward = anchor.Operator is Convolve;
        geometry = GeometryOf(anchor);
        groups = geometry.Groups;
        Shapes.Shape from = anchor.Inputs[0].Shape, weights = anchor.Inputs[1].Shape, to = anchor.Shape;
        (sourceChannels, sourceHeight, sourceWidth) = ((int)from[1].Value / groups, (int)from[2].Value, (int)from[3].Value);
        (resultChannels, resultHeight, resultWidth) = ((int)to[1].Value / groups, (int)to[2].Value, (int)to[3].Value);
        (kernelHeight, kernelWidth) = ((int)weights[2].Value, (int)weights[3].Value);
        source = context.InLayout(anchor.Inputs[0], Layout.Lanes);
        weight = context.InRows(anchor.Inputs[1]);
        context.Root = result;
        if (result != anchor) new ElementEmitter(context, context.Scratch(), 4, ElementMode.Lanes, -1).Accesses(result, [anchor]);
        destination = context.Allocate(result, Layout.Lanes, context.NameOf(anchor) + (forward ? "" : "_input_gradient"));
        context.Root = result;
        epilogue = new ConvolutionEpilogue(context, anchor, result, destination);
        kernel = context.NewKernel(destination.Name);
        tiling = DepthwiseTiling.Choose(context.Decisions, destination.Name, context.Target, geometry, kernelHeight, kernelWidth, resultHeight, resultWidth,
            forward);
    }

    /// <summary>Whether a convolution or input gradient has several groups, with one channel on a side.</summary>
    public static bool Applies(Node anchor)
    {
        int groups = GeometryOf(anchor).Groups;
        return groups > 1 && (anchor.Inputs[0].Shape[1].Value == groups || anchor.Shape[1].Value == groups);
    }

    /// <summary>Emits the convolution or input gradient with its epilogue.</summary>
    public static void Emit(SchedulingContext context, Node anchor, Node result) => new DepthwiseConvolution(context, anchor, result).Write();

    private static ConvolutionGeometry GeometryOf(Node anchor) =>
        anchor.Operator is Convolve convolve ? convolve.Geometry : ((ConvolveInputGradient)anchor.Operator).Geometry;

    private void Write()
    {
        Target target = context.Target;
        string title = epilogue.Title(source, weight);
        kernel.Describe(title);
        kernel.Describe(string.Format(CultureInfo.InvariantCulture, "sixteen samples side by side, each channel by itself; tiles of {0} × {1} pixels ({2})",
            tiling.Rows, tiling.Pixels, context.Decisions.Why(destination.Name, "tile")));
        var driver = new ElementEmitter(context, kernel, 4, ElementMode.Lanes, -1);
        Value.Variable x = driver.Reference(source), w = driver.Reference(weight), y = driver.Reference(destination, read: false);
        var range = new SampleRange(driver);
        IReadOnlyList<SlidingPattern.Placed> row = forward
            ? SlidingPattern.Forward(geometry, kernelWidth, sourceWidth, resultWidth, tiling.Pixels)
            : SlidingPattern.Backward(geometry, kernelWidth, resultWidth, sourceWidth, tiling.Pixels);
        IReadOnlyList<(int Start, int Count)> lines = [.. SlidingPattern.Split(resultHeight, tiling.Rows, forward ? 1 : geometry.StrideY)];

        // Lanes innermost: shorter vectors read a plane several times, and find it in the cache.
        kernel.For("block", range.First, range.Last, 1, block =>
            kernel.For("group", 0, groups, 1, group =>
                kernel.For("channel", 0, resultChannels, 1, channel =>
                    kernel.For("lane", 0, Target.BlockSamples, target.Lanes, lane => Plane(block, lane, group, channel)))));
        if (destination.ZeroTail) TailClearing.Emit(driver, destination, y, range);
        context.Root = null;
        context.Call(new ScheduledCall(title, kernel.Build(), [.. driver.Arguments], new Partition.Samples(), [.. driver.Reads.Distinct()], [destination]));

        void Plane(Value block, Value lane, Value group, Value channel)
        {
            foreach (IGrouping<int, (int Start, int Count)> equal in lines.GroupBy(line => line.Count))
            {
                int start = equal.First().Start, rows = equal.Key;
                kernel.For("strip", 0, equal.Count(), 1, strip =>
                {
                    Value line = (strip * rows) + start;
                    foreach (SlidingPattern.Run run in SlidingPattern.Runs(row))
                        kernel.For("tile", 0, run.Count, 1, tile => Tile(run.First.Pattern, rows, (tile * run.StartStep) + run.First.Start,
                            (tile * run.ReferenceStep) + run.First.Reference, block, lane, group, line, channel));
                });
            }
        }

        void Tile(SlidingPattern pattern, int rows, Value start, Value reference, Value block, Value lane, Value group, Value line, Value channel)
        {
            (Kernel tileKernel, ElementEmitter emitter) = TileFor(pattern, rows);
            long plane = (long)sourceHeight * sourceWidth * Target.BlockSamples, taps = (long)kernelHeight * kernelWidth;
            Value from = (block * (plane * sourceChannels * groups)) + (group * (plane * sourceChannels)) + lane;
            Value weights = (group * (taps * resultChannels * sourceChannels)) + (channel * (forward ? taps * sourceChannels : taps));

            // The first source row that the tile may see, before or beyond the plane at its edges.
            Value top = forward ? (line * geometry.StrideY) - geometry.PaddingY : line / geometry.StrideY;
            kernel.Add(new KernelStatement.Call(tileKernel.Name, TileCall.Arguments(driver, emitter,
                [new Value.Shifted(x, from), new Value.Shifted(w, weights), reference * (long)Target.BlockSamples, top],
                [block, (group * resultChannels) + channel, line, start], lane)));
        }
    }

    private (Kernel, ElementEmitter) TileFor(SlidingPattern pattern, int rows)
    {
        if (tiles.TryGetValue((pattern, rows), out (Kernel, ElementEmitter) known)) return known;
        ValueKind pack = context.Target.Pack;
        KernelBuilder tile = context.NewKernel(string.Format(CultureInfo.InvariantCulture, "{0}_{1}x{2}px", kernel.Name, rows, pattern.Pixels));
        var emitter = new ElementEmitter(context, tile, 4, ElementMode.Lanes, -1) { TileOperands = true };
        Value.Variable x = tile.Reference("x"), w = tile.Reference("w"), column = tile.IndexParameter("column"), top = tile.IndexParameter("top");
        if (result != anchor) emitter.HoistScalars(result);
        var sums = new Value.Variable[rows, pattern.Pixels];
        for (int row = 0; row < rows; row++)
        {
            int current = row;
            tile.Line(() =>
            {
                for (int pixel = 0; pixel < pattern.Pixels; pixel++)
                    sums[current, pixel] = tile.Let(FormattableString.Invariant($"c{current}_{pixel}"), new Value.Literal(0, pack));
            });
        }

        tile.For("channel", 0, sourceChannels, 1, channel =>
        {
            long perChannel = (long)kernelHeight * kernelWidth * (forward ? 1 : resultChannels);
            if (rows == 1 && (forward || geometry.StrideY == 1) && kernelHeight * kernelWidth * pattern.Pixels > MostLiteral)
            {
                int step = forward ? geometry.DilationY : -geometry.DilationY, first = forward ? 0 : geometry.PaddingY;
                tile.For("ky", 0, kernelHeight, 1, ky => SourceRow(channel, (ky * (long)step) + (long)first, perChannel, [(0, ky)]));
                return;
            }

            foreach ((int distance, IReadOnlyList<(int Row, Value Tap)> meetings) in Meetings(rows))
                SourceRow(channel, (long)distance, perChannel, meetings);
        });

        for (int row = 0; row < rows; row++)
            for (int pixel = 0; pixel < pattern.Pixels; pixel++)
            {
                Value[] coordinates = [0, 0, row, pixel];
                epilogue.Store(emitter, sums[row, pixel], coordinates);
            }

        Kernel built = tile.Build();
        context.Define(built);
        return tiles[(pattern, rows)] = (built, emitter);

        // One source row, where it exists: its columns once, for every row of the tile that sees it through a row of the kernel.
        void SourceRow(Value channel, Value distance, long perChannel, IReadOnlyList<(int Row, Value Tap)> meetings)
        {
            Value.Variable from = tile.Let("from", top + distance);
            tile.If(from, ">=", 0, () => tile.If(from, "<", sourceHeight, () =>
            {
                Value.Variable inRow = tile.Let("row", (((channel * sourceHeight) + from) * ((long)sourceWidth * Target.BlockSamples)) + column);
                var loaded = new Dictionary<int, Value.Variable>();
                tile.Line(() =>
                {
                    foreach (int position in pattern.Taps.SelectMany(tap => tap).Select(pair => pair.Column).Distinct().OrderBy(position => position))
                        loaded[position] = tile.Let(FormattableString.Invariant($"x{loaded.Count}"),
                            new Value.Load(x, inRow + ((long)position * Target.BlockSamples), pack));
                });
                for (int kx = 0; kx < kernelWidth; kx++)
                {
                    if (pattern.Taps[kx].Count == 0) continue;
                    foreach ((int row, Value tap) in meetings)
                    {
                        (int currentRow, int currentTap) = (row, kx);
                        tile.Line(() =>
                        {
                            Value element = new Value.Load(w, (channel * perChannel) + (tap * (long)kernelWidth) + (long)currentTap, ValueKind.Real);
                            Value.Variable factor = tile.Let(FormattableString.Invariant($"w{currentRow}_{currentTap}"),
                                pack == ValueKind.Vector ? new Value.Splat(element) : element);
                            foreach ((int pixel, int position) in pattern.Taps[currentTap])
                                tile.Set(sums[currentRow, pixel],
                                    new Value.Apply(Operation.MultiplyAdd, [factor, loaded[position], sums[currentRow, pixel]], pack));
                        });
                    }
                }
            }));
        }
    }

    // For each source row, counted from the first that a tile may see: the tile's rows that see it, and the kernel's row each of them sees it through.
    private IEnumerable<(int Distance, IReadOnlyList<(int Row, Value Tap)> Meetings)> Meetings(int rows)
    {
        var meetings = new SortedDictionary<int, List<(int, Value)>>();
        for (int row = 0; row < rows; row++)
            for (int tap = 0; tap < kernelHeight; tap++)
            {
                int position = forward ? (row * geometry.StrideY) + (tap * geometry.DilationY) : row + geometry.PaddingY - (tap * geometry.DilationY);
                if (!forward && position % geometry.StrideY != 0) continue;
                int distance = forward ? position : position / geometry.StrideY;
                if (!meetings.TryGetValue(distance, out List<(int, Value)>? list)) meetings[distance] = list = [];
                list.Add((row, tap));
            }

        return meetings.Select(pair => (pair.Key, (IReadOnlyList<(int, Value)>)pair.Value));
    }
}
