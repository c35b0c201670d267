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
/// The schedule of a Dense layer's weight gradient: the samples are the common axis, each tile of the gradient is owned whole by one worker, and where the
/// parameter has this one gradient the optimizer's update is the tile's epilogue, so that the gradient is never stored.
/// </summary>
public static class WeightGradient
{
    private const int CacheLine = 64;

    // Rows of steps are many: so many of them stay in the second-level cache, with what a column of tiles reads of the other operand.
    private const int BlockRows = 256;

    // The update's operands come from the second-level cache or beyond; below this width a tile takes so long that it does not wait for them.
    private const int SmallestFetchingVector = 32;

    /// <summary>Whether a product is of this form: both operands matrices of samples, summed over the samples.</summary>
    public static bool Applies(Node node) =>
        node.Operator is Contract { TransposeLeft: true, TransposeRight: false } && node.Shape.Rank == 2 && node.Shape.IsConstant
        && Buffer.IsRowsShape(node.Inputs[0].Shape);

    /// <summary>What decisions about a gradient are of.</summary>
    public static string Part(SchedulingContext context, Node node) => context.NameOf(node) + "_weight_gradient";

    /// <summary>Emits the gradient; with a parameter, its update instead of a stored gradient.</summary>
    public static void Emit(SchedulingContext context, Node node, TrainedParameter? update)
    {
        long outputs = node.Shape[0].Value, inputs = node.Shape[1].Value;
        Buffer output = context.InLayout(node.Inputs[0], Layout.PaddedRows), input = context.InRows(node.Inputs[1]);
        bool byBlocks = !input.IsBatch || input.RowsPerSample > 1;
        Buffer? gradient = update is null ? context.TakeHome(node, Layout.Panels) ?? context.Allocate(node, Layout.Panels, Part(context, node))
            : byBlocks ? context.NewBuffer(context.Unique(Part(context, node)), node.Type.Element, node.Shape, Layout.Panels) : null;
        int width = Buffer.PanelWidth(outputs), lanes = context.Target.Lanes;
        long outputStride = Buffer.PaddedRow(outputs), inputStride = input.RowStride;

        KernelBuilder kernel = context.NewKernel(update is null ? gradient!.Name : "update_" + update.Weight.Name);
        string title = string.Format(CultureInfo.InvariantCulture, "{0} [{1}, {2}] = {3}ᵀ · {4}, summed over the samples", update is null ? gradient!.Name
            : "gradient of " + update.Weight.Name,
            outputs, inputs, output.Name, input.Name) + (update is null ? "" : update.Rules.Accumulation is null ? "; epilogue: optimizer update"
                : "; epilogue: sum of gradients");
        kernel.Describe(title);
        var driver = new ElementEmitter(context, kernel, 2, ElementMode.Rows, 1);
        Value.Variable a = driver.Reference(input), b = driver.Reference(output);
        Value depth = driver.Size(input.Shape[0]);
        var range = new SampleRange(driver);

        string part = gradient?.Name ?? Part(context, node);
        (int rows, int tileVectors) = ChooseTile(context.Decisions, part, inputs, context.Target);
        long tiles = (inputs + rows - 1) / rows;
        int chunk = tileVectors * lanes;
        long padded = Buffer.PaddedRow(outputs), full = padded / chunk, rest = (padded - (full * chunk)) / lanes;
        long chunks = full + rest;
        kernel.Describe(string.Format(CultureInfo.InvariantCulture,
            "tiles of {0} inputs × {1} outputs ({2}), each owned by one worker, which reads all samples", rows, chunk, context.Decisions.Why(part, "rows")));

        if (byBlocks)
        {
            kernel.Describe($"{BlockRows} rows at a time, which the cache holds, are added to what those before gave");
            Items((at, position, vectors, tile, count) => Clear(position + (tile * (rows * (long)width)), vectors, count));
            kernel.For("block", 0, depth, BlockRows, block =>
            {
                Value.Variable size = kernel.Let("size", Value.Smaller(BlockRows, depth - block));
                kernel.If(block + BlockRows, "<", depth,
                    () => Items((at, position, vectors, tile, count) => Call(block, size, at, position, vectors, tile, count, false)),
                    () => Items((at, position, vectors, tile, count) => Call(block, size, at, position, vectors, tile, count, true)));
            });
        }
        else
        {
            Items((at, position, vectors, tile, count) => Call(0, depth, at, position, vectors, tile, count, true));
        }

        void Items(Action<Value, Value, int, Value, int> act) => kernel.For("item", range.First, range.Last, 1, item =>
        {
            Value.Variable column = kernel.Let("chunk", item / tiles), tile = kernel.Let("tile", item % tiles);
            void Full() => Chunk(column * chunk, RowsTimesPanels.PanelOffset(column, chunk, width, inputs), tileVectors);

            // What is left over goes vector by vector: of tiles of two at most one, as columns are padded to sixteen.
            void Rest()
            {
                Value vector = rest == 1 ? full * tileVectors : column + (full * (tileVectors - 1));
                Chunk(vector * lanes, RowsTimesPanels.PanelOffset(vector, lanes, width, inputs), 1);
            }

            if (full > 0 && rest > 0) kernel.If(column, "<", full, Full, Rest);
            else if (full > 0) Full();
            else Rest();

            void Chunk(Value at, Value position, int vectors)
            {
                long last = inputs - ((tiles - 1) * rows);
                if (last == rows) act(at, position, vectors, tile, rows);
                else if (tiles == 1) act(at, position, vectors, tile, (int)last);
                else kernel.If(tile, "<", tiles - 1, () => act(at, position, vectors, tile, rows), () => act(at, position, vectors, tile, (int)last));
            }
        });

        void Call(Value block, Value size, Value at, Value position, int vectors, Value tile, int count, bool isLast)
        {
            (Kernel tileKernel, ElementEmitter emitter) = Tile(count, vectors, isLast);
            kernel.Add(new KernelStatement.Call(tileKernel.Name,
                MatrixTile.Arguments(driver, emitter, new Value.Shifted(a, (block * inputStride) + (tile * rows)),
                new Value.Shifted(b, (block * outputStride) + at), size, [tile * rows, position])));
        }

        void Clear(Value position, int vectors, int count)
        {
            for (int vector = 0; vector < vectors; vector++)
                kernel.For("row", 0, count, 1, row => kernel.Store(driver.Reference(gradient!),
                    position + (row * width) + RowsTimesPanels.PanelOffset(vector * (long)lanes, width, inputs), new Value.Literal(0, context.Target.Pack)));
        }

        // The last panel's padding is no column of the product: it stays zero because nothing writes it, but a stored gradient has to be made zero.
        if (update is null && padded % width != 0)
            kernel.If(range.First, "==", 0, () => kernel.For("pad", 0, inputs, 1, pad => kernel.For("i", padded % width, width, lanes, i =>
                kernel.Store(driver.Reference(gradient!, read: false), ((padded / width * inputs * width) + (pad * width)) + i,
                    new Value.Literal(0, context.Target.Pack)))));
        IReadOnlyList<Buffer> writes = [.. gradient is null ? [] : new[] { gradient }, .. update is null ? []
            : update.Written(update.Rules.First, update.Weight)];
        context.Call(new ScheduledCall(title, kernel.Build(), [.. driver.Arguments], new Partition.Items(chunks * tiles),
            [.. driver.Reads.Select(read => read with { OwnSamples = false }).Distinct()], writes)
        {
            // Gradients of many rows are much memory, which is free once their sum is taken.
            Early = byBlocks,
        }, part);

        (Kernel, ElementEmitter) Tile(int count, int vectors, bool isLast)
        {
            bool updates = isLast && update is not null;
            string name = string.Format(CultureInfo.InvariantCulture, "{0}_{1}x{2}{3}", kernel.Name, count, vectors * lanes, isLast ? "" : "Part");
            KernelBuilder builder = context.NewKernel(name);
            var tile = new MatrixTile(1, inputStride, Enumerable.Range(0, vectors).Select(vector => (long)vector * lanes).ToEquatableArray(), outputStride,
                null);
            ElementEmitter emitter = tile.Emit(context, builder, count, null, (element, row, vector, sum) =>
            {
                long offset = (row * width) + RowsTimesPanels.PanelOffset(vector * (long)lanes, width, inputs);
                if (!updates)
                {
                    builder.Store(element.Reference(InPanels(gradient!), read: false), offset, sum);
                    return;
                }

                OptimizerUpdate.Apply(element, update!, update!.Rules.First, sum, buffer => element.Reference(InPanels(buffer)), offset, context.Target.Pack);
            }, !updates || lanes * context.Target.ElementBytes < SmallestFetchingVector ? null
                : ((element, line) => Fetch(element, line, count, vectors), count * LinesOfRow(vectors)),
                !byBlocks ? null : (element, row, vector) => new Value.Load(element.Reference(InPanels(gradient!)),
                    (row * width) + RowsTimesPanels.PanelOffset(vector * (long)lanes, width, inputs), context.Target.Pack));
            Kernel built = builder.Build();
            context.Define(built);
            return (built, emitter);
        }

        // The lines of a tile's rows, one after the other: rows of a panel follow each other, and a narrow tile has one line a row.
        int LinesOfRow(int vectors) => Math.Max(1, vectors * lanes * context.Target.ElementBytes / CacheLine);

        void Fetch(ElementEmitter element, Value line, int count, int vectors)
        {
            int elements = CacheLine / context.Target.ElementBytes, linesOfPanel = count * LinesOfRow(Math.Min(vectors, width / lanes));
            Value inPanel = vectors * lanes > width ? line % linesOfPanel : line, offset = inPanel * (LinesOfRow(vectors) > 1 ? elements : (long)width);
            if (vectors * lanes > width) offset = (line / linesOfPanel * (width * inputs)) + offset;
            foreach (Buffer buffer in update!.Written(update.Rules.First, update.Weight))
                element.Kernel.Add(new KernelStatement.Primitive("Prefetch.Near", [new Value.Shifted(element.Reference(InPanels(buffer)), offset)]));
        }

        // Coordinate 0 is the input, coordinate 1 the position where the chunk's panel begins.
        Access InPanels(Buffer buffer) => new(buffer, new Affine(Dimension.Zero, [Dimension.Constant(width), Dimension.One]), true);
    }

    // The vectors of a row, then the largest tile that divides the rows, else the one that leaves the fullest last tile.
    private static (int Rows, int Vectors) ChooseTile(FunctionDecisions decisions, string part, long rows, Target target)
    {
        int vectors = ProductTiling.ChooseVectors(decisions, part);
        int most = ProductTiling.MostRows(target, vectors);
        var cheapest = new Cheapest<int>((int)Math.Min(rows, most));
        if (rows > most)
        {
            // Each step costs its multiplications and the loads of the right operand.
            for (int candidate = most; candidate >= most * 2 / 3; candidate--)
                cheapest.Consider(candidate, Math.Ceiling(rows / (double)candidate) * (candidate + 1));
        }

        return (decisions.Choose(part, "rows", cheapest.Best, rows > most ? cheapest.Why("cycles a sample") : "all of them fit the registers",
            text => ChoiceText.Number(text, 1, Math.Min(rows, most), "rows")), vectors);
    }
}
