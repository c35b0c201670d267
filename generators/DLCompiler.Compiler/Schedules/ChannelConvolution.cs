using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The schedule of a convolution and of its input gradient with channels side by side, an implicit matrix product: each tile of pixels × output channels sums
/// broadcast elements of the source times packed weights. A single sample fills the vectors; edges of a row are patterns of their own, not masks.
/// </summary>
public sealed class ChannelConvolution
{
    private readonly SchedulingContext context;
    private readonly Node anchor;
    private readonly Node result;
    private readonly ConvolutionGeometry geometry;
    private readonly bool forward, isOneRow;
    private readonly int sourceHeight, sourceWidth, resultHeight, resultWidth, kernelHeight, kernelWidth;
    private readonly Buffer source, weight, destination;
    private readonly PackedWeights packing;
    private readonly ChannelTiling tiling;
    private readonly long pixelStep, channelStep, blockStep;
    private readonly Dictionary<(SlidingPattern, int), (Kernel, ElementEmitter)> tiles = [];
    private readonly ConvolutionEpilogue epilogue;
    private readonly KernelBuilder kernel;
    private readonly string part;

    private ChannelConvolution(SchedulingContext context, Node anchor, Node result)
    {
        (this.context, this.anchor, this.result) = (context, anchor, result);
        forward = anchor.Operator is Convolve;
        geometry = Geometry(anchor);
        Shape from = anchor.Inputs[0].Shape, kernelShape = anchor.Inputs[1].Shape, to = anchor.Shape;
        (sourceHeight, sourceWidth, resultHeight, resultWidth) = ((int)from[2].Value, (int)from[3].Value, (int)to[2].Value, (int)to[3].Value);
        (kernelHeight, kernelWidth) = ((int)kernelShape[2].Value, (int)kernelShape[3].Value);
        context.Root = result;
        IReadOnlyList<Access> operands = result == anchor ? []
            : new ElementEmitter(context, context.Scratch(), 4, ElementMode.Channels, -1).Accesses(result, [anchor]);
        context.Root = null;
        isOneRow = kernelHeight == 1 && kernelWidth == 1 && geometry is { StrideX: 1, StrideY: 1, PaddingX: 0, PaddingY: 0 }
            && operands.All(access => access.Position.Coefficients[2] == access.Position.Coefficients[3] * resultWidth);
        if (isOneRow)
        {
            // Pixels don't meet: an image is one row.
            (sourceWidth, resultWidth) = (sourceHeight * sourceWidth, resultHeight * resultWidth);
            (sourceHeight, resultHeight) = (1, 1);
        }

        int groups = geometry.Groups, results = (int)to[1].Value / groups;
        part = context.NameOf(anchor) + (forward ? "" : "_transposed");
        var problem = ChannelProblem.Of(geometry, forward, (sourceHeight, sourceWidth), (resultHeight, resultWidth), (kernelHeight, kernelWidth),
            (int)from[1].Value / groups, results);
        tiling = ChannelTiling.Choose(context.Decisions, part, context.Target, problem);
        packing = new PackedWeights(groups, (int)from[1].Value / groups, results, kernelHeight, kernelWidth,
            tiling.PanelWidth(context.Decisions, part, context.Target, results), tiling.WholeImage, forward);

        // A few channels are read where the caller put them; blocks are quicker to walk where there are many.
        bool rows = context.LayoutOf(anchor.Inputs[0]) == Layout.RowMajor && from[1].Value <= Target.BlockSamples;
        source = rows ? context.InRows(anchor.Inputs[0]) : context.InLayout(anchor.Inputs[0], Layout.Channels);
        long pixels = from[2].Value * from[3].Value;
        (pixelStep, channelStep, blockStep) = rows ? (1L, pixels, pixels * Target.BlockSamples) : (Target.BlockSamples, 1, pixels * Target.BlockSamples);
        weight = packing.Emit(context, anchor.Inputs[1]);
        destination = context.Allocate(result, Layout.Channels, part);
        context.Root = result;
        epilogue = new ConvolutionEpilogue(context, anchor, result, destination);
        kernel = context.NewKernel(destination.Name);
    }

    /// <summary>Whether a convolution's groups are whole blocks of channels.</summary>
    public static bool Supports(Node anchor)
    {
        int groups = Geometry(anchor).Groups;
        return groups == 1 || ChannelDepthwise.Applies(anchor)
            || (anchor.Inputs[0].Shape[1].Value / groups % Target.BlockSamples == 0 && anchor.Shape[1].Value / groups % Target.BlockSamples == 0);
    }

    /// <summary>Emits the convolution or input gradient with its epilogue.</summary>
    public static void Emit(SchedulingContext context, Node anchor, Node result)
    {
        if (ChannelDepthwise.Applies(anchor)) ChannelDepthwise.Emit(context, anchor, result);
        else new ChannelConvolution(context, anchor, result).Write();
    }

    /// <summary>A convolution's geometry, or that of the convolution whose input gradient a node is.</summary>
    public static ConvolutionGeometry Geometry(Node anchor) =>
        anchor.Operator is Convolve convolve ? convolve.Geometry : ((ConvolveInputGradient)anchor.Operator).Geometry;

    private void Write()
    {
        Target target = context.Target;
        string title = epilogue.Title(source, weight);
        kernel.Describe(title);
        kernel.Describe(string.Format(CultureInfo.InvariantCulture, "{0}; tiles of {1} pixels{2} × {3} channels ({4})", context.BlockedWords, tiling.Pixels,
            tiling.WholeImage ? ", the whole image," : "", tiling.Vectors * target.Lanes, context.Decisions.Why(part, "tile")));
        var driver = new ElementEmitter(context, kernel, 4, ElementMode.Channels, -1);
        Value.Variable x = driver.Reference(source), w = driver.Reference(weight);
        driver.Reference(destination, read: false);
        var range = new SampleRange(driver);
        var image = new ImagePattern(geometry, forward, (sourceHeight, sourceWidth), (resultHeight, resultWidth), (kernelHeight, kernelWidth));
        int lines = tiling.WholeImage ? 1 : resultHeight, panels = packing.Groups * packing.Panels;
        IReadOnlyList<SlidingPattern.Placed> row = tiling.WholeImage ? [new SlidingPattern.Placed(0, 0, image.Pattern())]
            : forward ? SlidingPattern.Forward(geometry, kernelWidth, sourceWidth, resultWidth, tiling.Pixels)
            : SlidingPattern.Backward(geometry, kernelWidth, resultWidth, sourceWidth, tiling.Pixels);
        int blocksOfPanel = packing.PanelWidth / Target.BlockSamples, blocksOfGroup = (packing.Results + Target.BlockSamples - 1) / Target.BlockSamples;
        int step = tiling.Vectors * target.Lanes, restBlocks = blocksOfGroup - ((packing.Panels - 1) * blocksOfPanel);

        kernel.For("item", range.First, range.Last, 1, item =>
        {
            Value line = lines == 1 ? 0 : kernel.Let("y", item % lines);
            Value.Variable sample = kernel.Let("sample", item / (lines * (long)panels)), panel = kernel.Let("panel", item / lines % panels);
            Value group = packing.Groups == 1 ? 0 : kernel.Let("group", panel / packing.Panels), inGroup = packing.Panels == 1 ? 0
                : packing.Groups == 1 ? panel : kernel.Let("inGroup", panel % packing.Panels);
            Value block = (group * blocksOfGroup) + (inGroup * blocksOfPanel);
            void Full() => Panel(packing.PanelWidth);
            if (restBlocks == blocksOfPanel) Full();
            else if (packing.Panels == 1) Panel(restBlocks * Target.BlockSamples);
            else kernel.If(inGroup, "<", packing.Panels - 1, Full, () => Panel(restBlocks * Target.BlockSamples));

            void Panel(int channels)
            {
                int whole = channels / step, rest = channels % step / target.Lanes;
                kernel.For("part", 0, whole, 1, part => Row(part * step, tiling.Vectors));
                if (rest > 0) Row(whole * step, rest);
            }

            // A part begins within its block only where a block has several.
            void Row(Value channel, int vectors)
            {
                foreach ((SlidingPattern.Placed first, int count, int startStep, int referenceStep) in SlidingPattern.Runs(row))
                    kernel.For("tile", 0, count, 1, tile =>
                    {
                        (Kernel tileKernel, ElementEmitter emitter) = TileFor(first.Pattern, vectors);
                        Value column = (tile * startStep) + first.Start, reference = ((tile * referenceStep) + first.Reference) * pixelStep;
                        Value from = (sample * source.ElementsPerSample) + (group * (packing.Sources * (blockStep / Target.BlockSamples)));
                        List<Value> own = [new Value.Shifted(x, from), new Value.Shifted(w, (panel * packing.PanelLength) + channel), reference];
                        if (!tiling.WholeImage) own.Add(line);
                        Value origin = step < Target.BlockSamples ? block : block + (channel / Target.BlockSamples);
                        Value lane = step < Target.BlockSamples ? channel : 0;
                        kernel.Add(new KernelStatement.Call(tileKernel.Name,
                            TileCall.Arguments(driver, emitter, own, isOneRow ? [sample, origin, 0, column] : [sample, origin, line, column], lane)));
                    });
            }
        });
        context.Root = null;
        context.Call(new ScheduledCall(title, kernel.Build(), [.. driver.Arguments],
            new Partition.Items(Dimension.Symbol(Buffer.BatchSymbol) * ((long)lines * panels)),
            [.. driver.Reads.Select(read => read with { OwnSamples = false }).Distinct()], [destination]));
    }

    private (Kernel, ElementEmitter) TileFor(SlidingPattern pattern, int vectors)
    {
        if (tiles.TryGetValue((pattern, vectors), out (Kernel, ElementEmitter) known)) return known;
        Target target = context.Target;
        ValueKind pack = target.Pack;
        KernelBuilder tile = context.NewKernel(
            string.Format(CultureInfo.InvariantCulture, "{0}_{1}px{2}ch", kernel.Name, pattern.Pixels, vectors * target.Lanes));
        var emitter = new ElementEmitter(context, tile, 4, ElementMode.Channels, -1) { TileOperands = true };
        Value.Variable x = tile.Reference("x"), w = tile.Reference("w"), column = tile.IndexParameter("column");
        Value.Variable? line = tiling.WholeImage ? null : tile.IndexParameter("y");
        if (result != anchor) emitter.HoistScalars(result);
        var sums = new Value.Variable[pattern.Pixels, vectors];
        for (int pixel = 0; pixel < pattern.Pixels; pixel++)
        {
            int current = pixel;
            tile.Line(() =>
            {
                for (int vector = 0; vector < vectors; vector++) sums[current, vector] =
                    tile.Let(FormattableString.Invariant($"c{current}_{vector}"), new Value.Literal(0, pack));
            });
        }

        long rowLength = sourceWidth * pixelStep;
        tile.For("block", 0, packing.SourceBlocks, 1, block =>
        {
            if (line is null)
            {
                OverChannels(block, (block * blockStep) + column, packing.Row(block, 0), kernelHeight * kernelWidth);
                return;
            }

            KernelRows.Emit(tile, geometry, forward, kernelHeight, sourceHeight, resultHeight, line, (ky, from) =>
                OverChannels(block, (block * blockStep) + (from * rowLength) + column, packing.Row(block, ky), kernelWidth));
        });

        for (int pixel = 0; pixel < pattern.Pixels; pixel++)
            for (int vector = 0; vector < vectors; vector++)
            {
                int lane = vector * target.Lanes % Target.BlockSamples;
                Value[] coordinates = tiling.WholeImage
                    ? [0, vector * target.Lanes / Target.BlockSamples, pixel / (int)anchor.Shape[3].Value, pixel % (int)anchor.Shape[3].Value]
                    : [0, vector * target.Lanes / Target.BlockSamples, 0, pixel];
                epilogue.Store(emitter, sums[pixel, vector], coordinates, lane);
            }

        Kernel built = tile.Build();
        context.Define(built);
        return tiles[(pattern, vectors)] = (built, emitter);

        void OverChannels(Value block, Value row, Value weights, int taps)
        {
            Value.Variable inRow = tile.Let("row", row), inWeights = tile.Let("weights", weights);
            Value count = packing.BlockSources;
            if (packing.Sources % packing.BlockSources != 0)
                count = tile.Let("count", Value.Smaller(packing.BlockSources, packing.Sources - (block * packing.BlockSources)));
            tile.For("channel", 0, count, 1, _ =>
            {
                for (int tap = 0; tap < taps; tap++) Tap(tap, inRow, inWeights);
                tile.Line(() =>
                {
                    tile.Set(inRow, inRow + channelStep);
                    tile.Set(inWeights, inWeights + packing.SourceStep);
                });
            });
        }

        void Tap(int tap, Value inRow, Value inWeights)
        {
            if (pattern.Taps[tap].Count == 0) return;
            var factors = new Value.Variable[vectors];
            tile.Line(() =>
            {
                for (int vector = 0; vector < vectors; vector++)
                    factors[vector] = tile.Let(FormattableString.Invariant($"w{tap}_{vector}"),
                        new Value.Load(w, inWeights + (((long)tap * packing.PanelWidth) + (vector * target.Lanes)), pack));
            });
            foreach ((int pixel, int distance) in pattern.Taps[tap])
            {
                int current = pixel;
                tile.Line(() =>
                {
                    Value element = new Value.Load(x, inRow + (distance * pixelStep), ValueKind.Real);
                    Value factor = pack == ValueKind.Vector ? new Value.Splat(element) : element;
                    if (vectors > 1) factor = tile.Let(FormattableString.Invariant($"x{tap}_{current}"), factor);
                    for (int vector = 0; vector < vectors; vector++)
                        tile.Set(sums[current, vector], new Value.Apply(Operation.MultiplyAdd, [factor, factors[vector], sums[current, vector]], pack));
                });
            }
        }
    }
}
