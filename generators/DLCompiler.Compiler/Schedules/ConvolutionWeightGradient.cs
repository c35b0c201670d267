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
/// The schedule of a convolution's weight gradient with samples side by side: each tile (output channels × input channels × one kernel row) is summed over pixels
/// and samples in registers, and across the lanes at the end. Few weights are summed block by block of samples, by the worker that has the block, while its
/// activations are in the cache, and the blocks' sums are added in their order; many weights are shared by tiles, each owned by one worker, who reads all samples.
/// </summary>
public sealed class ConvolutionWeightGradient
{
    // Both operands of a group of blocks should stay in a core's second-level cache.
    private const long CacheBytes = 512 * 1024;

    // Weights whose sums for each block are small beside a block's activations, and pixels that pay for summing the lanes of each block.
    private const long MostWeightsByBlock = 65536;
    private const int FewestPixelsByBlock = 64;

    private readonly SchedulingContext context;
    private readonly Node node;
    private readonly ConvolutionGeometry geometry;
    private readonly int groups, inputs, outputs, height, width, resultHeight, resultWidth, kernelHeight, kernelWidth;
    private readonly Buffer input, gradient, result;
    private readonly Buffer? sums;
    private readonly KernelBuilder kernel;

    private ConvolutionWeightGradient(SchedulingContext context, Node node)
    {
        (this.context, this.node) = (context, node);
        geometry = ((ConvolveWeightGradient)node.Operator).Geometry;
        groups = geometry.Groups;
        Shapes.Shape x = node.Inputs[0].Shape, dy = node.Inputs[1].Shape;
        (inputs, height, width) = ((int)x[1].Value / groups, (int)x[2].Value, (int)x[3].Value);
        (outputs, resultHeight, resultWidth) = ((int)dy[1].Value / groups, (int)dy[2].Value, (int)dy[3].Value);
        (kernelHeight, kernelWidth) = ((int)node.Shape[2].Value, (int)node.Shape[3].Value);
        input = context.InLayout(node.Inputs[0], Layout.Lanes);
        gradient = context.InLayout(node.Inputs[1], Layout.Lanes);
        result = context.Allocate(node, Layout.RowMajor, context.NameOf(node) + "_weight_gradient");
        long weights = node.Shape.ElementCount.Value;
        bool byBlock = context.Decisions.Choose(result.Name, "sums", weights <= MostWeightsByBlock && resultHeight * resultWidth >= FewestPixelsByBlock,
            string.Format(CultureInfo.InvariantCulture, "{0} weights; up to {1} with {2} pixels or more are summed beside what makes their operands", weights,
                MostWeightsByBlock, FewestPixelsByBlock),
            text => ChoiceText.Word(text, "blocks", "tiles"), blocks => blocks ? "blocks" : "tiles");
        if (byBlock) sums = BlockSums.Allocate(context, node, result);
        kernel = context.NewKernel((sums ?? result).Name);
    }

    /// <summary>Emits the gradient, stored in the weight's canonical order.</summary>
    public static void Emit(SchedulingContext context, Node node) => new ConvolutionWeightGradient(context, node).Write();

    private void Write()
    {
        (int outputTile, int inputTile) = Tiling();
        string title = string.Format(CultureInfo.InvariantCulture, "{0} {1} = gradient of the weights from {2} {3} and {4} {5}", result.Name, node.Shape,
            input.Name, node.Inputs[0].Shape, gradient.Name, node.Inputs[1].Shape);
        kernel.Describe(title);
        kernel.Describe(string.Format(CultureInfo.InvariantCulture, "tiles of {0} output × {1} input channels × {2} taps, {3}", outputTile, inputTile, kernelWidth,
            sums is null ? "each owned by one worker, which reads all samples" : "summed block by block of samples, while their activations are in the cache"));
        var driver = new ElementEmitter(context, kernel, 4, ElementMode.Lanes, -1);
        Value.Variable x = driver.Reference(input), dy = driver.Reference(gradient), dw = driver.Reference(sums ?? result, read: false);
        Value batch = sums is null ? driver.Size(Shapes.Dimension.Symbol(Buffer.BatchSymbol)) : 0;
        var range = new SampleRange(driver);
        int outputTiles = (outputs + outputTile - 1) / outputTile, inputTiles = (inputs + inputTile - 1) / inputTile;
        long items = (long)groups * outputTiles * inputTiles * kernelHeight;
        if (sums is not null)
        {
            kernel.For("block", range.First, range.Last, 1, block =>
            {
                kernel.For("item", 0, items, 1, item => Item(item, (outputTileAt, inputTileAt, ky, outputCount, inputCount) =>
                    Tile(outputTileAt, inputTileAt, ky, outputCount, inputCount, block * BlockSums.Length(node), block, block + 1L)));
                BlockSums.Pad(kernel, node, dw, block);
            });
            context.Call(new ScheduledCall(title, kernel.Build(), [.. driver.Arguments], new Partition.Samples(), [.. driver.Reads.Distinct()], [sums])
            {
                Soon = true,
            });
            BlockSums.Emit(context, node, sums, result, Operation.Add, 0);
            return;
        }

        long perBlock = (input.ElementsPerSample + gradient.ElementsPerSample) * Target.BlockSamples * context.Target.ElementBytes;
        long together = ChooseStrip(perBlock);
        Value.Variable blocks = kernel.Let("blocks", (batch + 15L) / 16);

        kernel.For("item", range.First, range.Last, 1, item => Item(item, (outputTileAt, inputTileAt, ky, outputCount, inputCount) =>
        {
            for (int output = 0; output < outputCount; output++)
                for (int channel = 0; channel < inputCount; channel++)
                    for (int kx = 0; kx < kernelWidth; kx++) kernel.Store(dw, WeightPosition(outputTileAt, inputTileAt, ky) + Distance(output, channel, kx),
                        new Value.Literal(0, ValueKind.Real));
        }));
        kernel.For("start", 0, blocks, together, start =>
        {
            Value.Variable end = kernel.Let("end", Value.Smaller(start + together, blocks));
            kernel.For("item", range.First, range.Last, 1, item => Item(item, (outputTileAt, inputTileAt, ky, outputCount, inputCount) =>
                Tile(outputTileAt, inputTileAt, ky, outputCount, inputCount, 0, start, end)));
        });
        StoragePadding.Emit(kernel, range, dw, node.Shape.ElementCount.Value);
        context.Call(new ScheduledCall(title, kernel.Build(), [.. driver.Arguments],
            new Partition.Items(items),
            [.. driver.Reads.Select(read => read with { OwnSamples = false }).Distinct()], [result])
        {
            Early = true,
        });

        void Tile(Value outputTileAt, Value inputTileAt, Value ky, int outputCount, int inputCount, Value into, Value start, Value end)
        {
            Kernel tile = TileFor(outputCount, inputCount);
            Value group = groups == 1 ? 0 : outputTileAt / outputs;
            kernel.Add(new KernelStatement.Call(tile.Name,
            [
                new Value.Shifted(x, ((group * inputs) + inputTileAt) * ((long)height * width * Target.BlockSamples)),
                new Value.Shifted(dy, outputTileAt * ((long)resultHeight * resultWidth * Target.BlockSamples)),
                new Value.Shifted(dw, into + WeightPosition(outputTileAt, inputTileAt, ky)), ky, start, end,
            ]));
        }

        // Items run over output tiles (of all groups), input tiles and kernel rows.
        void Item(Value item, Action<Value, Value, Value, int, int> body)
        {
            Value.Variable ky = kernel.Let("ky", item % kernelHeight), tile = kernel.Let("tile", item / kernelHeight);
            Value.Variable inputIndex = kernel.Let("inputs", tile % inputTiles), outputIndex = kernel.Let("outputs", tile / inputTiles);
            Value.Variable inGroup = kernel.Let("inGroup", outputIndex % outputTiles);
            Value.Variable firstOutput = kernel.Let("output", (outputIndex / outputTiles * outputs) + (inGroup * outputTile)),
                firstInput = kernel.Let("input", inputIndex * inputTile);
            int lastOutputs = outputs - ((outputTiles - 1) * outputTile), lastInputs = inputs - ((inputTiles - 1) * inputTile);
            Choose(inGroup, outputTiles, outputTile, lastOutputs, outputCount =>
                Choose(inputIndex, inputTiles, inputTile, lastInputs, inputCount => body(firstOutput, firstInput, ky, outputCount, inputCount)));
        }

        void Choose(Value index, int tilesCount, int usual, int last, Action<int> body)
        {
            if (last == usual || tilesCount == 1) body(last == usual ? usual : last);
            else kernel.If(index, "<", tilesCount - 1, () => body(usual), () => body(last));
        }
    }

    private Value WeightPosition(Value output, Value channel, Value ky) =>
        (((output * inputs) + channel) * ((long)kernelHeight * kernelWidth)) + (ky * kernelWidth);

    private long Distance(int output, int channel, int kx) => ((((long)output * inputs) + channel) * kernelHeight * kernelWidth) + kx;

    private Kernel TileFor(int outputCount, int inputCount)
    {
        string name = string.Format(CultureInfo.InvariantCulture, "{0}_{1}x{2}x{3}", kernel.Name, outputCount, inputCount, kernelWidth);
        if (context.Kernels.TryGetValue(name, out Kernel? known)) return known;
        ValueKind pack = context.Target.Pack;
        KernelBuilder tile = new(name, context.Target);
        Value.Variable x = tile.Reference("x"), dy = tile.Reference("dy"), dw = tile.Reference("dw"), ky = tile.IndexParameter("ky"),
            start = tile.IndexParameter("start"), end = tile.IndexParameter("end");
        var accumulators = new Value.Variable[outputCount, inputCount, kernelWidth];
        for (int output = 0; output < outputCount; output++)
        {
            int current = output;
            tile.Line(() =>
            {
                for (int channel = 0; channel < inputCount; channel++)
                    for (int kx = 0; kx < kernelWidth; kx++) accumulators[current, channel, kx] =
                        tile.Let(FormattableString.Invariant($"c{current}_{(channel * kernelWidth) + kx}"), new Value.Literal(0, pack));
            });
        }

        int stride = geometry.StrideX, padding = geometry.PaddingX, dilation = geometry.DilationX;
        // Output columns whose taps all lie inside; the few others have code of their own.
        int inside = (padding + stride - 1) / stride, beyond = Math.Max(inside,
            Math.Min(resultWidth, width - 1 + padding - ((kernelWidth - 1) * dilation) < 0 ? 0
            : ((width - 1 + padding - ((kernelWidth - 1) * dilation)) / stride) + 1));
        inside = Math.Min(inside, resultWidth);
        beyond = Math.Min(beyond, resultWidth);
        tile.For("block", start, end, 1, block =>
            tile.For("y", 0, resultHeight, 1, line =>
            {
                Value.Variable from = tile.Let("from", (line * geometry.StrideY) + (ky * geometry.DilationY) - geometry.PaddingY);
                tile.If(from, ">=", 0, () => tile.If(from, "<", height, () =>
                    tile.For("lane", 0, Target.BlockSamples, context.Target.Lanes, lane =>
                    {
                        Value.Variable inRow = tile.Let("row", (block * (input.ElementsPerSample * Target.BlockSamples))
                            + (from * ((long)width * Target.BlockSamples)) + lane);
                        Value.Variable outRow = tile.Let("line", (block * (gradient.ElementsPerSample * Target.BlockSamples))
                            + (line * ((long)resultWidth * Target.BlockSamples)) + lane);
                        for (int column = 0; column < inside; column++) Column(inRow, outRow, column);
                        tile.For("column", inside, beyond, 1, column => Column(inRow, outRow, column));
                        for (int column = beyond; column < resultWidth; column++) Column(inRow, outRow, column);
                    })));
            }));
        for (int output = 0; output < outputCount; output++)
            for (int channel = 0; channel < inputCount; channel++)
                for (int kx = 0; kx < kernelWidth; kx++)
                {
                    long at = Distance(output, channel, kx);
                    Value sum = pack == ValueKind.Vector ? new Value.Combine(Operation.Add, accumulators[output, channel, kx])
                        : accumulators[output, channel, kx];
                    tile.Store(dw, at, sums is not null ? sum
                        : new Value.Apply(Operation.Add, [new Value.Load(dw, at, ValueKind.Real), sum], ValueKind.Real));
                }

        Kernel built = tile.Build();
        context.Define(built);
        return built;

        void Column(Value inRow, Value outRow, Value column)
        {
            var factors = new Value.Variable[outputCount];
            tile.Line(() =>
            {
                for (int output = 0; output < outputCount; output++)
                    factors[output] = tile.Let(FormattableString.Invariant($"d{output}"),
                        new Value.Load(dy, outRow + (column * (long)Target.BlockSamples) + ((long)output * resultHeight * resultWidth * Target.BlockSamples),
                        pack));
            });
            for (int channel = 0; channel < inputCount; channel++)
                for (int kx = 0; kx < kernelWidth; kx++)
                {
                    Value position = (column * stride) + (((long)kx * dilation) - padding);
                    if (column is Value.Integer known && ((known.Number * stride) + (kx * dilation) - padding < 0 || (known.Number * stride)
                        + (kx * dilation) - padding >= width)) continue;
                    (int currentChannel, int tap) = (channel, kx);
                    tile.Line(() =>
                    {
                        Value.Variable value = tile.Let(FormattableString.Invariant($"x{(currentChannel * kernelWidth) + tap}"),
                            new Value.Load(x, inRow + ((position * (long)Target.BlockSamples)
                                + ((long)currentChannel * height * width * Target.BlockSamples)), pack));
                        for (int output = 0; output < outputCount; output++)
                            tile.Set(accumulators[output, currentChannel, tap],
                                new Value.Apply(Operation.MultiplyAdd, [factors[output], value, accumulators[output, currentChannel, tap]], pack));
                    });
                }
        }
    }

    // Accumulators, one vector an output channel, and one of the input: as square as the registers allow.
    private (int Outputs, int Inputs) Tiling()
    {
        var cheapest = new Cheapest<(int Outputs, int Inputs)>((1, 1));
        for (int output = 1; output <= Math.Min(outputs, 8); output++)
            for (int channel = 1; channel <= Math.Min(inputs, 8); channel++)
            {
                int taps = channel * kernelWidth, sums = output * taps;
                if (sums + output + 1 > context.Target.Registers - 1 && (output > 1 || channel > 1)) continue;
                double cycles = Math.Max(4, Math.Max(sums / 2.0, (output + taps) / 2.0)) + 0.25;
                double cost = cycles * Math.Ceiling(outputs / (double)output) * Math.Ceiling(inputs / (double)channel);
                cheapest.Consider((output, channel), cost);
            }

        return context.Decisions.Choose(result.Name, "tile", cheapest.Best, cheapest.Why("cycles a pixel and kernel row"), text =>
        {
            (int output, int channel) = ChoiceText.Pair(text, (outputs, "output channels"), (inputs, "input channels"));
            if (output > 1 || channel > 1) ChoiceText.RequireRegisters(text, (output * channel * kernelWidth) + output + 1, context.Target.Registers);
            return (Outputs: output, Inputs: channel);
        }, tile => ChoiceText.Pair(tile.Outputs, tile.Inputs));
    }

    // Blocks of samples whose operands a worker takes through all of its tiles.
    private int ChooseStrip(long bytesOfBlock)
    {
        int own = (int)Math.Max(Math.Max(1, CacheBytes / bytesOfBlock), 128 / (resultHeight * resultWidth));
        return SampleBlocks.Choose(context.Decisions, result.Name, "strip", own,
            $"samples of {ChoiceText.Integer(bytesOfBlock / Target.BlockSamples)} bytes, of {ChoiceText.Integer(CacheBytes / 1024)} KiB in the cache");
    }
}
