using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The schedule of a convolution and of its input gradient with samples side by side: no shuffles, no masks, any channel count, stride, dilation and group.
/// Both are the
/// same loops: each tile of pixels × channels sums source vectors times broadcast weights; edges of a row are patterns of their own.
/// </summary>
public sealed class SlidingConvolution
{
    private readonly SchedulingContext context;
    private readonly Node anchor;
    private readonly Node result;
    private readonly ConvolutionGeometry geometry;
    private readonly bool forward;
    private readonly int groups, sourceChannels, resultChannels, sourceHeight, sourceWidth, resultHeight, resultWidth, kernelHeight, kernelWidth;
    private readonly Buffer source, weight, destination;
    private readonly Dictionary<(SlidingPattern, int), (Kernel, ElementEmitter)> tiles = [];
    private readonly ConvolutionEpilogue epilogue;
    private readonly KernelBuilder kernel;

    private SlidingConvolution(SchedulingContext context, Node anchor, Node result)
    {
        (this.context, this.anchor, this.result) = (context, anchor, result);
        forward = anchor.Operator is Convolve;
        geometry = anchor.Operator is Convolve convolve ? convolve.Geometry : ((ConvolveInputGradient)anchor.Operator).Geometry;
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
    }

    /// <summary>Emits the convolution or input gradient with its epilogue.</summary>
    public static void Emit(SchedulingContext context, Node anchor, Node result) => new SlidingConvolution(context, anchor, result).Write();

    private void Write()
    {
        Target target = context.Target;
        ConvolutionTiling tiling = ConvolutionTiling.Choose(context.Decisions, destination.Name, target, resultWidth, resultChannels);
        string title = epilogue.Title(source, weight);
        kernel.Describe(title);
        kernel.Describe(string.Format(CultureInfo.InvariantCulture, "sixteen samples side by side; tiles of {0} pixels × {1} channels ({2})", tiling.Pixels,
            tiling.Channels, context.Decisions.Why(destination.Name, "tile")));
        var driver = new ElementEmitter(context, kernel, 4, ElementMode.Lanes, -1);
        Value.Variable x = driver.Reference(source), w = driver.Reference(weight), y = driver.Reference(destination, read: false);
        var range = new SampleRange(driver);
        IReadOnlyList<SlidingPattern.Placed> row = forward
            ? SlidingPattern.Forward(geometry, kernelWidth, sourceWidth, resultWidth, tiling.Pixels)
            : SlidingPattern.Backward(geometry, kernelWidth, resultWidth, sourceWidth, tiling.Pixels);

        kernel.For("block", range.First, range.Last, 1, block =>
            kernel.For("lane", 0, Target.BlockSamples, target.Lanes, lane =>
                kernel.For("group", 0, groups, 1, group =>
                    kernel.For("y", 0, resultHeight, 1, line =>
                    {
                        int full = resultChannels / tiling.Channels, rest = resultChannels % tiling.Channels;
                        kernel.For("channels", 0, full, 1, index => Row(block, lane, group, line, index * tiling.Channels, tiling.Channels));
                        if (rest > 0) Row(block, lane, group, line, full * tiling.Channels, rest);
                    }))));
        if (destination.ZeroTail) TailClearing.Emit(driver, destination, y, range);
        context.Root = null;
        context.Call(new ScheduledCall(title, kernel.Build(), [.. driver.Arguments], new Partition.Samples(), [.. driver.Reads.Distinct()], [destination]));

        void Row(Value block, Value lane, Value group, Value line, Value channel, int channels)
        {
            foreach (SlidingPattern.Run run in SlidingPattern.Runs(row))
                kernel.For("tile", 0, run.Count, 1, tile => Tile(run.First.Pattern, (tile * run.StartStep) + run.First.Start,
                    (tile * run.ReferenceStep) + run.First.Reference, block, lane, group, line, channel, channels));
        }

        void Tile(SlidingPattern pattern, Value start, Value reference, Value block, Value lane, Value group, Value line, Value channel, int channels)
        {
            (Kernel tileKernel, ElementEmitter emitter) = TileFor(pattern, channels);
            long sourcePlane = (long)sourceHeight * sourceWidth * Target.BlockSamples;
            Value from = (block * (sourcePlane * sourceChannels * groups)) + (group * (sourcePlane * sourceChannels)) + lane;
            long perSourceChannel = (long)kernelHeight * kernelWidth;
            Value weights = forward
                ? ((group * resultChannels) + channel) * (perSourceChannel * sourceChannels)
                : (group * (perSourceChannel * resultChannels * sourceChannels)) + (channel * perSourceChannel);
            kernel.Add(new KernelStatement.Call(tileKernel.Name, TileCall.Arguments(driver, emitter,
                [new Value.Shifted(x, from), new Value.Shifted(w, weights), reference * (long)Target.BlockSamples, line],
                [block, (group * resultChannels) + channel, line, start], lane)));
        }
    }

    private (Kernel, ElementEmitter) TileFor(SlidingPattern pattern, int channels)
    {
        if (tiles.TryGetValue((pattern, channels), out (Kernel, ElementEmitter) known)) return known;
        ValueKind pack = context.Target.Pack;
        KernelBuilder tile = context.NewKernel(string.Format(CultureInfo.InvariantCulture, "{0}_{1}px{2}ch", kernel.Name, pattern.Pixels, channels));
        var emitter = new ElementEmitter(context, tile, 4, ElementMode.Lanes, -1) { TileOperands = true };
        Value.Variable x = tile.Reference("x"), w = tile.Reference("w"), column = tile.IndexParameter("column"), line = tile.IndexParameter("y");
        if (result != anchor) emitter.HoistScalars(result);
        var sums = new Value.Variable[channels, pattern.Pixels];
        for (int channel = 0; channel < channels; channel++)
        {
            int current = channel;
            tile.Line(() =>
            {
                for (int pixel = 0; pixel < pattern.Pixels; pixel++) sums[current, pixel] =
                    tile.Let(FormattableString.Invariant($"c{current}_{pixel}"), new Value.Literal(0, pack));
            });
        }

        long taps = (long)kernelHeight * kernelWidth;
        long weightOfResultChannel = forward ? taps * sourceChannels : taps, weightOfSourceChannel = forward ? taps : taps * resultChannels;
        tile.For("channel", 0, sourceChannels, 1, channel =>
            KernelRows.Emit(tile, geometry, forward, kernelHeight, sourceHeight, resultHeight, line, (tap, from) =>
        {
            Value.Variable inRow = tile.Let("row", (((channel * sourceHeight) + from) * ((long)sourceWidth * Target.BlockSamples)) + column);
            Value.Variable inWeights = tile.Let("weights", (channel * weightOfSourceChannel) + (tap * kernelWidth));
            for (int kx = 0; kx < kernelWidth; kx++) Tap(kx, inRow, inWeights);
        }));

        for (int channel = 0; channel < channels; channel++)
            for (int pixel = 0; pixel < pattern.Pixels; pixel++)
            {
                Value[] coordinates = [0, channel, 0, pixel];
                epilogue.Store(emitter, sums[channel, pixel], coordinates);
            }

        Kernel built = tile.Build();
        context.Define(built);
        return tiles[(pattern, channels)] = (built, emitter);

        void Tap(int kx, Value inRow, Value inWeights)
        {
            if (pattern.Taps[kx].Count == 0) return;
            var loaded = new Dictionary<int, Value.Variable>();
            tile.Line(() =>
            {
                foreach ((int pixel, int distance) in pattern.Taps[kx])
                    loaded[pixel] = tile.Let(FormattableString.Invariant($"x{kx}_{pixel}"),
                        new Value.Load(x, inRow + ((long)distance * Target.BlockSamples), pack));
            });
            for (int channel = 0; channel < channels; channel++)
            {
                int current = channel;
                tile.Line(() =>
                {
                    Value element = new Value.Load(w, inWeights + ((current * weightOfResultChannel) + kx), ValueKind.Real);
                    Value.Variable factor = tile.Let(FormattableString.Invariant($"w{kx}_{current}"), pack == ValueKind.Vector ? new Value.Splat(element)
                        : element);
                    foreach ((int pixel, _) in pattern.Taps[kx])
                        tile.Set(sums[current, pixel], new Value.Apply(Operation.MultiplyAdd, [factor, loaded[pixel], sums[current, pixel]], pack));
                });
            }
        }
    }
}
