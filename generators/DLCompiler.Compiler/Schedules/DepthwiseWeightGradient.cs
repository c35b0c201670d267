using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The schedule of a convolution's weight gradient whose groups have one channel on a side, with samples side by side: all taps of one pair of channels (or
/// as many rows of the kernel as the registers hold) are summed in registers in one pass over the pair's planes, so that each is read once.
/// </summary>
public sealed class DepthwiseWeightGradient
{
    // Pixels of blocks that one vector sums before it is added to memory: a longer sum loses accuracy.
    private const int MostPixels = 8192;

    // Sums of one kernel row that keep a core busy by themselves: the rows then need no code for being inside together.
    private const int EnoughSums = 5;

    // Of one tile: its code is literal in them, and a row has up to three kinds of tile.
    private const int MostMultiplyAdds = 96;

    private readonly SchedulingContext context;
    private readonly Node node;
    private readonly ConvolutionGeometry geometry;
    private readonly int inputs, outputs, height, width, resultHeight, resultWidth, kernelHeight, kernelWidth;
    private readonly Buffer input, gradient, result;
    private readonly KernelBuilder kernel;

    private DepthwiseWeightGradient(SchedulingContext context, Node node)
    {
        (this.context, this.node) = (context, node);
        geometry = ((ConvolveWeightGradient)node.Operator).Geometry;
        Shapes.Shape x = node.Inputs[0].Shape, dy = node.Inputs[1].Shape;
        (inputs, height, width) = ((int)x[1].Value / geometry.Groups, (int)x[2].Value, (int)x[3].Value);
        (outputs, resultHeight, resultWidth) = ((int)dy[1].Value / geometry.Groups, (int)dy[2].Value, (int)dy[3].Value);
        (kernelHeight, kernelWidth) = ((int)node.Shape[2].Value, (int)node.Shape[3].Value);
        input = context.InLayout(node.Inputs[0], Layout.Lanes);
        gradient = context.InLayout(node.Inputs[1], Layout.Lanes);
        result = context.Allocate(node, Layout.RowMajor, context.NameOf(node) + "_weight_gradient");
        kernel = context.NewKernel(result.Name);
    }

    /// <summary>Whether a weight gradient has several groups, with one channel on a side, and a kernel whose rows fit the registers.</summary>
    public static bool Applies(SchedulingContext context, Node node)
    {
        int groups = ((ConvolveWeightGradient)node.Operator).Geometry.Groups;
        return groups > 1 && (node.Inputs[0].Shape[1].Value == groups || node.Inputs[1].Shape[1].Value == groups)
            && node.Shape[3].Value + 4 <= context.Target.Registers - 1;
    }

    /// <summary>Emits the gradient, stored in the weight's canonical order.</summary>
    public static void Emit(SchedulingContext context, Node node) => new DepthwiseWeightGradient(context, node).Write();

    // Rows of the kernel in one pass: sums, a few vectors of the gradient, one of the input.
    private int RowsPerPass()
    {
        int most = Math.Min(kernelHeight, Math.Max(1, (context.Target.Registers - 6) / kernelWidth)), passes = (kernelHeight + most - 1) / most;
        return context.Decisions.Choose(result.Name, "rows", (kernelHeight + passes - 1) / passes,
            string.Format(CultureInfo.InvariantCulture, "rows of the kernel in one pass; registers hold {0}", most),
            text => ChoiceText.Number(text, 1, most, "rows of the kernel in one pass"));
    }

    private void Write()
    {
        int rows = RowsPerPass(), passes = (kernelHeight + rows - 1) / rows, pixels = ChoosePixels(rows);
        string title = string.Format(CultureInfo.InvariantCulture, "{0} {1} = gradient of the weights from {2} {3} and {4} {5}", result.Name, node.Shape,
            input.Name, node.Inputs[0].Shape, gradient.Name, node.Inputs[1].Shape);
        kernel.Describe(title);
        kernel.Describe(string.Format(CultureInfo.InvariantCulture,
            "{0} × {1} taps of a channel in registers, owned by one worker, which reads all samples, {2} pixels at a time", rows, kernelWidth, pixels));
        var driver = new ElementEmitter(context, kernel, 4, ElementMode.Lanes, -1);
        Value.Variable x = driver.Reference(input), dy = driver.Reference(gradient), dw = driver.Reference(result, read: false);
        Value batch = driver.Size(Shapes.Dimension.Symbol(Buffer.BatchSymbol));
        var range = new SampleRange(driver);
        long together = ChooseStrip();
        long plane = (long)height * width * Target.BlockSamples, resultPlane = (long)resultHeight * resultWidth * Target.BlockSamples;
        Value.Variable blocks = kernel.Let("blocks", (batch + 15L) / 16);

        // Items are the weight's planes, in its order, and in each the rows of the kernel that one pass takes.
        kernel.For("item", range.First, range.Last, 1, item =>
        {
            Value.Variable pair = kernel.Let("pair", item / passes), output = kernel.Let("output", pair / inputs);
            Value.Variable channel = kernel.Let("channel", (output / outputs * inputs) + (pair % inputs));
            Value at = pair * ((long)kernelHeight * kernelWidth);
            if (passes == 1) Pass(at, 0, rows);
            else
            {
                Value.Variable pass = kernel.Let("pass", item % passes);
                int last = kernelHeight - ((passes - 1) * rows);
                if (last == rows) Pass(at, pass * rows, rows);
                else kernel.If(pass, "<", passes - 1, () => Pass(at, pass * rows, rows), () => Pass(at, pass * rows, last));
            }

            void Pass(Value plane0, Value firstRow, int count)
            {
                Value position = plane0 + (firstRow * kernelWidth);
                for (int tap = 0; tap < count * kernelWidth; tap++) kernel.Store(dw, position + (long)tap, new Value.Literal(0, ValueKind.Real));
                kernel.For("start", 0, blocks, together, start =>
                {
                    Value.Variable end = kernel.Let("end", Value.Smaller(start + together, blocks));
                    kernel.Add(new KernelStatement.Call(TileFor(count, pixels).Name,
                    [
                        new Value.Shifted(x, channel * plane), new Value.Shifted(dy, output * resultPlane), new Value.Shifted(dw, position),
                        firstRow, start, end,
                    ]));
                });
            }
        });
        StoragePadding.Emit(kernel, range, dw, node.Shape.ElementCount.Value);
        context.Call(new ScheduledCall(title, kernel.Build(), [.. driver.Arguments],
            new Partition.Items(node.Shape[0].Value * inputs * passes),
            [.. driver.Reads.Select(read => read with { OwnSamples = false }).Distinct()], [result]));
    }

    // Vectors of the gradient that stay in registers beside the sums and one of the input, evenly over a row.
    private int ChoosePixels(int rows)
    {
        int fitting = Math.Min(Math.Max(1, context.Target.Registers - 3 - (rows * kernelWidth)), resultWidth), most = Math.Min(fitting, 14);
        most = Math.Min(most, Math.Max(4, MostMultiplyAdds / (rows * kernelWidth)));
        int tiles = (resultWidth + most - 1) / most;
        return context.Decisions.Choose(result.Name, "pixels", (resultWidth + tiles - 1) / tiles,
            string.Format(CultureInfo.InvariantCulture, "vectors of the gradient beside {0} sums, evenly over a row; up to {1} multiply-adds",
                rows * kernelWidth, MostMultiplyAdds),
            text => ChoiceText.Number(text, 1, fitting, "pixels"));
    }

    // Blocks of samples that one vector sums before it is added to memory.
    private int ChooseStrip() => SampleBlocks.Choose(context.Decisions, result.Name, "strip", Math.Max(1, MostPixels / (resultHeight * resultWidth)),
        $"one vector sums up to {ChoiceText.Integer(MostPixels)} pixels before it is added to memory, for accuracy");

    private Kernel TileFor(int rows, int pixels)
    {
        string name = string.Format(CultureInfo.InvariantCulture, "{0}_{1}x{2}", kernel.Name, rows, kernelWidth);
        if (context.Kernels.TryGetValue(name, out Kernel? known)) return known;
        ValueKind pack = context.Target.Pack;
        KernelBuilder tile = new(name, context.Target);
        Value.Variable x = tile.Reference("x"), dy = tile.Reference("dy"), dw = tile.Reference("dw"), firstRow = tile.IndexParameter("ky"),
            start = tile.IndexParameter("start"), end = tile.IndexParameter("end");
        var sums = new Value.Variable[rows, kernelWidth];
        for (int row = 0; row < rows; row++)
        {
            int current = row;
            tile.Line(() =>
            {
                for (int tap = 0; tap < kernelWidth; tap++)
                    sums[current, tap] = tile.Let(FormattableString.Invariant($"c{current}_{tap}"), new Value.Literal(0, pack));
            });
        }

        IReadOnlyList<SlidingPattern.Placed> line = SlidingPattern.Forward(geometry, kernelWidth, width, resultWidth, pixels);
        tile.For("block", start, end, 1, block =>
            tile.For("y", 0, resultHeight, 1, y =>
                tile.For("lane", 0, Target.BlockSamples, context.Target.Lanes, lane =>
                {
                    Value.Variable from = tile.Let("from", (y * geometry.StrideY) + (firstRow * geometry.DilationY) - geometry.PaddingY);
                    Value.Variable outRow = tile.Let("line", (block * (gradient.ElementsPerSample * Target.BlockSamples))
                        + (y * ((long)resultWidth * Target.BlockSamples)) + lane);
                    Value.Variable inRow = tile.Let("row", (block * (input.ElementsPerSample * Target.BlockSamples))
                        + (from * ((long)width * Target.BlockSamples)) + lane);
                    int span = (rows - 1) * geometry.DilationY;
                    bool always = geometry.PaddingY == 0 && ((resultHeight - 1) * geometry.StrideY) + ((kernelHeight - 1) * geometry.DilationY) < height;
                    if (always) Pixels(outRow, inRow, null);
                    else if (kernelWidth >= EnoughSums) Pixels(outRow, inRow, from);
                    else tile.If(from, ">=", 0, () => tile.If(from, "<", height - span, () => Pixels(outRow, inRow, null),
                        () => Pixels(outRow, inRow, from)), () => Pixels(outRow, inRow, from));
                })));
        for (int row = 0; row < rows; row++)
            for (int tap = 0; tap < kernelWidth; tap++)
            {
                long at = (row * kernelWidth) + tap;
                Value sum = pack == ValueKind.Vector ? new Value.Combine(Operation.Add, sums[row, tap]) : sums[row, tap];
                tile.Store(dw, at, new Value.Apply(Operation.Add, [new Value.Load(dw, at, ValueKind.Real), sum], ValueKind.Real));
            }

        Kernel built = tile.Build();
        context.Define(built);
        return built;

        // A row of the gradient; at the image's edge, from is the first of the input's rows that may lie outside.
        void Pixels(Value outRow, Value inRow, Value? from)
        {
            foreach (SlidingPattern.Run run in SlidingPattern.Runs(line))
                tile.For("tile", 0, run.Count, 1, index =>
                {
                    SlidingPattern pattern = run.First.Pattern;
                    Value.Variable outAt = tile.Let("outAt", outRow + (((index * run.StartStep) + run.First.Start) * (long)Target.BlockSamples));
                    Value.Variable inAt = tile.Let("inAt", inRow + (((index * run.ReferenceStep) + run.First.Reference) * (long)Target.BlockSamples));
                    var factors = new Value.Variable[pattern.Pixels];
                    tile.Line(() =>
                    {
                        for (int pixel = 0; pixel < pattern.Pixels; pixel++)
                            factors[pixel] = tile.Let(FormattableString.Invariant($"d{pixel}"),
                                new Value.Load(dy, outAt + ((long)pixel * Target.BlockSamples), pack));
                    });
                    if (from is null)
                    {
                        Columns(pattern, factors, inAt, 0, rows);
                        return;
                    }

                    for (int row = 0; row < rows; row++)
                    {
                        int current = row;
                        Value.Variable place = tile.Let("place", from + ((long)row * geometry.DilationY));
                        tile.If(place, ">=", 0, () => tile.If(place, "<", height, () => Columns(pattern, factors, inAt, current, current + 1)));
                    }
                });
        }

        // Column by column, all rows of the kernel in turn: as many sums wait for one another as there are taps.
        void Columns(SlidingPattern pattern, Value.Variable[] factors, Value inAt, int firstTapRow, int lastTapRow)
        {
            foreach (int column in pattern.Taps.SelectMany(tap => tap).Select(pair => pair.Column).Distinct().OrderBy(column => column))
                for (int row = firstTapRow; row < lastTapRow; row++)
                {
                    int current = row;
                    tile.Line(() =>
                    {
                        Value.Variable value = tile.Let(FormattableString.Invariant($"x{current}"), new Value.Load(x,
                            inAt + (((long)current * geometry.DilationY * width) + column) * Target.BlockSamples, pack));
                        for (int tap = 0; tap < kernelWidth; tap++)
                            foreach ((int pixel, _) in pattern.Taps[tap].Where(pair => pair.Column == column))
                                tile.Set(sums[current, tap], new Value.Apply(Operation.MultiplyAdd, [factors[pixel], value, sums[current, tap]], pack));
                    });
                }
        }
    }
}
