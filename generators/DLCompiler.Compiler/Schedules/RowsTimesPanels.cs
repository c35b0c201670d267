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
/// The schedule of samples × weights: rows of samples against weight panels, for a Dense layer's result and for its input gradient. What follows elementwise
/// (bias, activation, activation gradient) is computed while the tile is in registers.
/// </summary>
public static class RowsTimesPanels
{
    // Multiply-adds of a row for which two barriers more cost little: a worker takes 1 to 2 µs for them, a barrier 0.1.
    private const long WorthSharingColumns = 1 << 16;

    /// <summary>
    /// Whether workers share a product's columns rather than its rows: in predictions of few samples, where there are fewer rows than workers want and each
    /// weight is used only once or a few times, so that reading weights, from every worker's cache, is what takes the time.
    /// </summary>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="depth">Products of a sum.</param>
    public static bool SharesColumns(long columns, long depth) => columns * depth >= WorthSharingColumns && columns >= 2 * Buffer.PanelWidth(columns);

    // In a form for few samples.
    private static bool ChooseColumns(FunctionDecisions decisions, string part, long columns, long depth) =>
        decisions.Choose(part, "shares", SharesColumns(columns, depth),
            string.Format(CultureInfo.InvariantCulture, "{0} × {1} weights, of which each worker reads only its own columns'; {2} or more pay for it", depth,
                columns, WorthSharingColumns),
            text => ChoiceText.Word(text, "columns", "samples"), isByColumns => isByColumns ? "columns" : "samples");

    /// <summary>Whether a product is of this form: a matrix of samples times a parameter that is stored in panels.</summary>
    public static bool Applies(SchedulingContext context, Node node) =>
        node.Operator is Contract { TransposeLeft: false } && Buffer.IsRowsShape(node.Inputs[0].Shape)
        && PanelsOf(context, node.Inputs[1]) is not null;

    // Weights: those of a layer, wherever the graph of a loop's body has them from.
    private static Buffer? PanelsOf(SchedulingContext context, Node weight) => weight.Operator is Parameter or Input
        ? context.BuffersOf(weight).FirstOrDefault(buffer => buffer.Layout == Layout.Panels) : null;

    /// <summary>Emits the product with its epilogue.</summary>
    /// <param name="product">The contraction.</param>
    /// <param name="result">The node whose value is stored: the product itself or the end of its epilogue.</param>
    public static void Emit(SchedulingContext context, Node product, Node result)
    {
        Buffer weight = PanelsOf(context, product.Inputs[1])!;
        bool forward = ((Contract)product.Operator).TransposeRight;
        long outputs = weight.Shape[0].Value, inputs = weight.Shape[1].Value;
        long depth = forward ? inputs : outputs, columns = forward ? outputs : inputs;
        Buffer right = forward ? weight : PanelTranspose.Of(context, weight);
        int width = forward ? Buffer.PanelWidth(outputs) : PanelTranspose.Width;
        Buffer left = context.InRows(product.Inputs[0]);
        long leftStride = left.RowStride;

        // Everything the epilogue reads is brought into place before the destination and the kernel are made.
        context.Root = result;
        context.ReadsBeyond = columns % 16 != 0;
        bool fused = result != product;
        var probe = new ElementEmitter(context, context.Scratch(), 2, ElementMode.Rows, 1);
        if (fused) probe.Accesses(result, [product]);
        bool zeroPadding = columns % 16 == 0 || PaddingAnalysis.IsZero(context, result, product);
        Buffer destination = context.TakeHome(result, Layout.PaddedRows)
            ?? context.Allocate(result, Layout.PaddedRows, context.NameOf(product) + (forward ? "" : "_input_gradient"));
        context.Root = result;

        KernelBuilder kernel = context.NewKernel(destination.Name);
        string title = string.Format(CultureInfo.InvariantCulture, "{0} [{1}] = {2} [{3}] · {4}{5}", destination.Name, string.Join(", ", product.Shape),
            left.Name,
            string.Join(", ", product.Inputs[0].Shape), weight.Name, forward ? "ᵀ" : "") + (fused ? "; epilogue: " + LoopNest.Describe(result, context) : "");
        kernel.Describe(title);
        var driver = new ElementEmitter(context, kernel, 2, ElementMode.Rows, 1);
        Value.Variable a = driver.Reference(left), b = driver.Reference(right);
        driver.Reference(destination, read: false);
        var range = new SampleRange(driver);
        string part = destination.Name;
        bool byColumns = context.SideBySide == SideBySide.Channels && ChooseColumns(context.Decisions, part, columns, depth);
        Value rowCount = left.IsBatch ? driver.Size(Dimension.Symbol(Buffer.BatchSymbol)) * left.RowsPerSample : driver.Size(left.Shape[0]);
        (Value first, Value last, Partition partition) = range.Rows(left, left.Shape[0]);
        Value.Variable start = kernel.Let("start", byColumns ? 0 : first), end = kernel.Let("end", byColumns ? rowCount : last);

        int lanes = context.Target.Lanes;
        long padded = Buffer.PaddedRow(columns);
        ProductTiling tiling = ProductTiling.Choose(context.Decisions, part, context.Target);
        FewRows few = context.IsPrediction ? FewRows.Choose(context.Decisions, part, context.Target) : default;
        int chunk = tiling.Vectors * lanes;
        long full = padded / chunk;
        bool maskLast = !zeroPadding;
        // Chunks that reach into the padding are separate where they have to mask it.
        long plain = maskLast ? columns / chunk : full;
        kernel.Describe(string.Format(CultureInfo.InvariantCulture, "tiles of {3} samples × {0} columns at a time, {1} steps; weights in panels of {2}", chunk,
            depth, width, ChoiceText.List(tiling.Rows)));
        long items = plain;
        if (byColumns)
        {
            if (plain > 0) kernel.For("chunk", range.First, Value.Smaller(range.Last, plain), 1, FullChunk);
        }
        else if (plain > 0)
        {
            kernel.For("chunk", 0, plain, 1, FullChunk);
        }

        for (long index = plain; index < full; index++) Rest(index * chunk, tiling.Vectors, true);
        for (long column = full * chunk; column < padded; column += lanes) Rest(column, 1, maskLast);

        context.Root = null;
        context.ReadsBeyond = false;
        context.Call(new ScheduledCall(title, kernel.Build(), [.. driver.Arguments],
            byColumns ? new Partition.Items(items) : partition,
            Distinct(byColumns ? driver.Reads.Select(read => read with { OwnSamples = false }) : driver.Reads), [destination]));

        void FullChunk(Value index) => Columns(index * chunk, PanelOffset(index, chunk, width, depth), tiling.Vectors, false, "");

        void Rest(long column, int vectors, bool mask)
        {
            long item = items++;
            void Write() => Columns(column, PanelOffset(column, width, depth), vectors, mask, "At" + CSharpSuffix(column));
            if (byColumns) kernel.If(range.First, "<=", item, () => kernel.If(range.Last, ">", item, Write));
            else Write();
        }

        void Columns(Value column, Value rightOffset, int vectors, bool mask, string suffix)
        {
            long[] offsets = [.. Enumerable.Range(0, vectors).Select(vector => PanelOffset(vector * lanes, width, depth))];
            var tile = new MatrixTile(leftStride, 1, offsets.ToEquatableArray(), width, depth);
            void Cover() => RowCover.Emit(kernel, start, end, tiling.Rows, (rows, at) => Call(tile, rows, at, suffix));

            // Few rows in tiles of one or two with several sums. The order of additions follows from the batch, not from a worker's share of it.
            MatrixTile one = tile with { Parts = few.Parts(1, vectors, depth) }, two = tile with { Parts = few.Parts(2, vectors, depth) };
            void One() => kernel.For("row", start, end, 1, at => Call(one, 1, at, suffix + "Alone"));
            void Pairs() => RowCover.Emit(kernel, start, end, new[] { 2, 1 }.ToEquatableArray(), (rows, at) => Call(two, rows, at, suffix + "Few"));
            if (few.Below <= 1 || one.Parts == 1) Cover();
            else if (few.Below == 2 || two.Parts == 1) kernel.If(rowCount, "<", few.Below, One, Cover);
            else kernel.If(rowCount, "==", 1, One, () => kernel.If(rowCount, "<", few.Below, Pairs, Cover));

            void Call(MatrixTile with, int rows, Value at, string name)
            {
                (Kernel tileKernel, ElementEmitter emitter) = Tile(with, rows, vectors, mask, column, name);
                kernel.Add(new KernelStatement.Call(tileKernel.Name, MatrixTile.Arguments(driver, emitter,
                    new Value.Shifted(a, at * leftStride), new Value.Shifted(b, rightOffset), null, [at, column])));
            }
        }

        (Kernel, ElementEmitter) Tile(MatrixTile tile, int rows, int vectors, bool mask, Value column, string suffix)
        {
            KernelBuilder builder =
                context.NewKernel(string.Format(CultureInfo.InvariantCulture, "{0}_{1}x{2}{3}", kernel.Name, rows, vectors * lanes, suffix));
            ElementEmitter emitter = tile.Emit(context, builder, rows, fused ? result : null, (element, row, vector, sum) =>
            {
                Value value = sum;
                Value[] coordinates = [row, vector * lanes];
                if (fused)
                {
                    element.Bind(product, sum);
                    element.RandomIndex = 0;
                    value = element.Evaluate(result, coordinates, 0, context.Target.Pack);
                }

                if (mask && column is Value.Integer first && first.Number + ((vector + 1) * lanes) > columns)
                    value = Masked(value, Math.Max(0, columns - first.Number - (vector * lanes)), context.Target);
                Access write = element.AccessOf(destination, AffineMap.Identity(2));
                builder.Store(element.Reference(write, read: false), element.At(write.Position, coordinates), value);
            });
            Kernel built = builder.Build();
            context.Define(built);
            return (built, emitter);
        }
    }

    /// <summary>A vector with the lanes from a count on set to zero.</summary>
    public static Value Masked(Value value, long count, Target target)
    {
        var zero = new Value.Literal(0, target.Pack);
        if (count <= 0) return zero;
        return count >= target.Lanes ? value : new Value.Apply(Operation.Select, [new Value.FirstLanes(count), value, zero], ValueKind.Vector);
    }

    /// <summary>Where a chunk of columns starts in panels of a width and depth: the width is a multiple of the chunk, or the chunk of the width.</summary>
    public static Value PanelOffset(Value index, int chunk, int width, long depth) => chunk % width == 0
        ? index * (depth * chunk)
        : (index / (width / chunk) * (depth * width)) + (index % (width / chunk) * (long)chunk);

    /// <summary>Where a column starts in panels of a width and depth.</summary>
    public static long PanelOffset(long column, int width, long depth) => (column / width * depth * width) + (column % width);

    /// <summary>Each buffer once.</summary>
    public static IReadOnlyList<Read> Distinct(IEnumerable<Read> reads) => [.. reads.Distinct()];

    private static string CSharpSuffix(long column) => column.ToString(CultureInfo.InvariantCulture);
}
