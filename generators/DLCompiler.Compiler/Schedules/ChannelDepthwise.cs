using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The schedule of a depthwise convolution and of its input gradient with channels side by side: each lane has its own kernel. A tile is so many pixels of a
/// row; each source vector of a row is loaded once for all taps.
/// </summary>
public sealed class ChannelDepthwise
{
    private const int MostPixels = 12;

    private readonly SchedulingContext context;
    private readonly Node anchor;
    private readonly Node result;
    private readonly ConvolutionGeometry geometry;
    private readonly bool forward;
    private readonly int sourceHeight, sourceWidth, resultHeight, resultWidth, kernelHeight, kernelWidth;
    private readonly Buffer source, weight, destination;
    private readonly Dictionary<SlidingPattern, (Kernel, ElementEmitter)> tiles = [];
    private readonly ConvolutionEpilogue epilogue;
    private readonly KernelBuilder kernel;

    private ChannelDepthwise(SchedulingContext context, Node anchor, Node result)
    {
        (this.context, this.anchor, this.result) = (context, anchor, result);
        forward = anchor.Operator is Convolve;
        geometry = ChannelConvolution.Geometry(anchor);
        Shape from = anchor.Inputs[0].Shape, kernelShape = anchor.Inputs[1].Shape, to = anchor.Shape;
        (sourceHeight, sourceWidth, resultHeight, resultWidth) = ((int)from[2].Value, (int)from[3].Value, (int)to[2].Value, (int)to[3].Value);
        (kernelHeight, kernelWidth) = ((int)kernelShape[2].Value, (int)kernelShape[3].Value);
        source = context.InLayout(anchor.Inputs[0], Layout.Channels);

        // To the packing, a channel is a result of its own with one source: its panel is a block.
        weight = new PackedWeights(1, 1, (int)to[1].Value, kernelHeight, kernelWidth, Target.BlockSamples, TapsInside: true, Forward: true)
            .Emit(context, anchor.Inputs[1]);
        context.Root = result;
        if (result != anchor) new ElementEmitter(context, context.Scratch(), 4, ElementMode.Channels, -1).Accesses(result, [anchor]);
        destination = context.Allocate(result, Layout.Channels, context.NameOf(anchor) + (forward ? "" : "_transposed"));
        context.Root = result;
        epilogue = new ConvolutionEpilogue(context, anchor, result, destination);
        kernel = context.NewKernel(destination.Name);
    }

    /// <summary>Whether each channel has a kernel of its own.</summary>
    public static bool Applies(Node anchor) => ChannelConvolution.Geometry(anchor).Groups is > 1 and int groups
        && anchor.Inputs[0].Shape[1].Value == groups && anchor.Shape[1].Value == groups;

    /// <summary>Emits the convolution or input gradient with its epilogue.</summary>
    public static void Emit(SchedulingContext context, Node anchor, Node result) => new ChannelDepthwise(context, anchor, result).Write();

    private void Write()
    {
        string title = epilogue.Title(source, weight);
        int pixels = context.Decisions.Choose(destination.Name, "tile", Math.Min(resultWidth, context.Target.Registers == 32 ? MostPixels : MostPixels / 2),
            "as many pixels as leave registers for a row's source vectors",
            text => ChoiceText.Number(text, 1, Math.Min(resultWidth, context.Target.Registers - 4), "pixels"));
        kernel.Describe(title);
        kernel.Describe(string.Format(CultureInfo.InvariantCulture, "{0}; tiles of {1} pixels", context.BlockedWords, pixels));
        var driver = new ElementEmitter(context, kernel, 4, ElementMode.Channels, -1);
        Value.Variable x = driver.Reference(source), w = driver.Reference(weight);
        driver.Reference(destination, read: false);
        var range = new SampleRange(driver);
        IReadOnlyList<SlidingPattern.Placed> row = forward
            ? SlidingPattern.Forward(geometry, kernelWidth, sourceWidth, resultWidth, pixels)
            : SlidingPattern.Backward(geometry, kernelWidth, resultWidth, sourceWidth, pixels);
        long blocks = destination.ChannelBlocks, plane = (long)sourceHeight * sourceWidth * Target.BlockSamples;
        kernel.For("item", range.First, range.Last, 1, item =>
        {
            Value.Variable line = kernel.Let("y", item % resultHeight), sample = kernel.Let("sample", item / (resultHeight * blocks));
            Value.Variable block = kernel.Let("block", item / resultHeight % blocks);
            kernel.For("lane", 0, Target.BlockSamples, context.Target.Lanes, lane =>
            {
                foreach ((SlidingPattern.Placed first, int count, int startStep, int referenceStep) in SlidingPattern.Runs(row))
                    kernel.For("tile", 0, count, 1, tile =>
                    {
                        (Kernel tileKernel, ElementEmitter emitter) = TileFor(first.Pattern);
                        Value column = (tile * startStep) + first.Start, reference = (tile * referenceStep) + first.Reference;
                        Value from = (sample * source.ElementsPerSample) + (block * plane) + lane;
                        Value weights = (block * ((long)kernelHeight * kernelWidth * Target.BlockSamples)) + lane;
                        kernel.Add(new KernelStatement.Call(tileKernel.Name, TileCall.Arguments(driver, emitter,
                            [new Value.Shifted(x, from), new Value.Shifted(w, weights), reference * (long)Target.BlockSamples, line],
                            [sample, block, line, column], lane)));
                    });
            });
        });
        context.Root = null;
        context.Call(new ScheduledCall(title, kernel.Build(), [.. driver.Arguments],
            new Partition.Items(Dimension.Symbol(Buffer.BatchSymbol) * (resultHeight * blocks)),
            [.. driver.Reads.Select(read => read with { OwnSamples = false }).Distinct()], [destination]));
    }

    private (Kernel, ElementEmitter) TileFor(SlidingPattern pattern)
    {
        if (tiles.TryGetValue(pattern, out (Kernel, ElementEmitter) known)) return known;
        ValueKind pack = context.Target.Pack;
        KernelBuilder tile = context.NewKernel(string.Format(CultureInfo.InvariantCulture, "{0}_{1}px", kernel.Name, pattern.Pixels));
        var emitter = new ElementEmitter(context, tile, 4, ElementMode.Channels, -1) { TileOperands = true };
        Value.Variable x = tile.Reference("x"), w = tile.Reference("w"), column = tile.IndexParameter("column"), line = tile.IndexParameter("y");
        if (result != anchor) emitter.HoistScalars(result);
        var sums = new Value.Variable[pattern.Pixels];
        tile.Line(() =>
        {
            for (int pixel = 0; pixel < pattern.Pixels; pixel++)
                sums[pixel] = tile.Let(FormattableString.Invariant($"c{pixel}"), new Value.Literal(0, pack));
        });
        KernelRows.Emit(tile, geometry, forward, kernelHeight, sourceHeight, resultHeight, line, (ky, from) =>
        {
            Value.Variable inRow = tile.Let("row", (from * ((long)sourceWidth * Target.BlockSamples)) + column);
            Value.Variable inWeights = tile.Let("weights", ky * ((long)kernelWidth * Target.BlockSamples));
            var loaded = new Dictionary<int, Value.Variable>();
            for (int kx = 0; kx < kernelWidth; kx++)
            {
                if (pattern.Taps[kx].Count == 0) continue;
                Value.Variable factor = tile.Let(FormattableString.Invariant($"w{kx}"),
                    new Value.Load(w, inWeights + ((long)kx * Target.BlockSamples), pack));
                foreach ((int pixel, int distance) in pattern.Taps[kx])
                    tile.Line(() =>
                    {
                        if (!loaded.TryGetValue(distance, out Value.Variable? value))
                            loaded[distance] = value = tile.Let(FormattableString.Invariant($"x{loaded.Count}"),
                                new Value.Load(x, inRow + ((long)distance * Target.BlockSamples), pack));
                        tile.Set(sums[pixel], new Value.Apply(Operation.MultiplyAdd, [value, factor, sums[pixel]], pack));
                    });
            }
        });

        for (int pixel = 0; pixel < pattern.Pixels; pixel++)
        {
            Value[] coordinates = [0, 0, 0, pixel];
            epilogue.Store(emitter, sums[pixel], coordinates);
        }

        Kernel built = tile.Build();
        context.Define(built);
        return tiles[pattern] = (built, emitter);
    }
}
