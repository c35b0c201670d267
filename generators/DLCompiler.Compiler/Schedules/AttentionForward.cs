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
/// The schedule of attention (Dao et al., "FlashAttention", 2022): for a few queries at a time, register tiles compute their scores with the keys that they
/// see, packed in panels; the scores become weights where they stand, in the worker's own memory; and tiles sum the values. Many keys are taken in blocks,
/// and sums
/// rescaled to the largest score so far, so that memory grows with the length, not with its square. Scores that nobody sees are not computed. Parts of the
/// queries of a sample's head are shared by the workers, and each has one owner.
/// </summary>
internal sealed class AttentionForward
{
    // Keys that a row of scores holds at once; queries of an item, and keys of a block where there are more.
    private const long KeysAtOnce = 512, BlockQueries = 64, BlockKeys = 256;

    // So few queries are multiplied with keys where these lie: packing would take longer.
    private const long FewQueries = 4;

    private readonly SchedulingContext context;
    private readonly KernelBuilder kernel;
    private readonly ElementEmitter emitter;
    private readonly AttentionProblem problem;
    private readonly AttentionForm form;
    private readonly AttentionTiles tiles;
    private readonly AttentionProduct scoring, mixing;
    private readonly AttentionView result;
    private readonly Value.Variable query, key, value, output, scores, inverse, largest, totals;
    private readonly Value.Variable? panels, rows, sums, logSums;
    private readonly long scoreStride;
    private readonly string title;
    private readonly IReadOnlyList<Buffer> writes;

    private AttentionForward(SchedulingContext context, Node node)
    {
        this.context = context;
        form = ((Attention)node.Operator).Form;
        Node? logSum = context.Fusion.UsersOf(node).FirstOrDefault(user => user.Operator is AttentionLogSum);
        Buffer to = context.TakeHome(node, Layout.RowMajor) ?? context.Allocate(node, Layout.RowMajor);
        Buffer? logs = logSum is null ? null
            : context.TakeHome(logSum, Layout.RowMajor) ?? context.Allocate(logSum, Layout.RowMajor, to.Name + "_logsum");
        writes = logs is null ? [to] : [to, logs];
        kernel = context.NewKernel(to.Name);
        emitter = new ElementEmitter(context, kernel, 1, ElementMode.Rows, -1);
        problem = new AttentionProblem(context, emitter, node, form);
        result = new AttentionView(to, Dimension.Zero, to.Strides.ToEquatableArray());
        title = string.Format(CultureInfo.InvariantCulture, "{0} {1} = Attention({2}): {3}", to.Name, node.Shape,
            string.Join(", ", node.Inputs.Select(context.NameOf)), form);
        kernel.Describe(title);
        ProductTiling tiling = ProductTiling.Choose(context.Decisions, to.Name, context.Target, ofAttention: true);
        tiles = new AttentionTiles(context, kernel, tiling.Rows, tiling.Vectors);
        kernel.Describe(InBlocks
            ? FormattableString.Invariant($"{BlockQueries} queries with {BlockKeys} keys at a time, sums rescaled to the largest score so far")
            : "a few queries with all keys that they see at a time");

        (query, key, value) = (emitter.Reference(problem.QueryView.Buffer), emitter.Reference(problem.KeyView.Buffer),
            emitter.Reference(problem.ValueView.Buffer));
        output = emitter.Reference(to, read: false);
        logSums = logs is null ? null : emitter.Reference(logs, read: false);
        long block = InBlocks ? BlockKeys : problem.MostKeys, rounding = Math.Max(AttentionProblem.PanelWidth, tiles.Chunk);
        scoreStride = ((block + rounding - 1) / rounding * rounding) + AttentionProblem.PanelWidth;
        scores = Own("scores", tiles.MostRows * scoreStride);
        inverse = Own("factors", InBlocks ? BlockQueries : RowNumbers);
        if (!IsAlwaysDirect) panels = Own("panels", ((problem.MostKeys + rounding - 1) / rounding * rounding) * problem.Depth);
        if (problem.CopiesRows) rows = Own("rows", problem.MostKeys * problem.PaddedDepth);
        if (InBlocks) sums = Own("sums", BlockQueries * problem.PaddedDepth);
        largest = Own("largest", InBlocks ? BlockQueries : RowNumbers);
        totals = Own("totals", InBlocks ? BlockQueries : RowNumbers);

        scoring = new AttentionProduct("Scores", problem.QueryView.RowStride, 1, AttentionProblem.PanelWidth, problem.Depth, problem.Depth, scoreStride,
            tiles.Chunk, TileEnd.Scale, form.Scale);
        mixing = new AttentionProduct("Mix", scoreStride, 1, problem.CopiesRows ? problem.PaddedDepth : problem.ValueView.RowStride, null, null,
            InBlocks ? problem.PaddedDepth : result.RowStride, InBlocks ? problem.PaddedDepth : problem.Depth,
            InBlocks ? TileEnd.RescaleRows : TileEnd.ScaleRows);

        Value.Variable Own(string name, long elements) =>
            emitter.Reference(context.NewWorkerBuffer(to.Name + "_" + name, node.Type.Element, elements), read: false);
    }

    // Numbers of the rows of a tile, in whole vectors.
    private long RowNumbers => (tiles.MostRows + problem.Lanes - 1L) / problem.Lanes * problem.Lanes;

    private bool InBlocks => problem.MostKeys > KeysAtOnce;

    private bool IsAlwaysDirect => problem.MostQueries <= FewQueries;

    /// <summary>Emits the attention, and the sums that its gradient needs.</summary>
    public static void Emit(SchedulingContext context, Node node) => new AttentionForward(context, node).Write();

    private void Write()
    {
        var range = new SampleRange(emitter);

        // Blocks of queries are items of their own where their number is known.
        long blocks = problem.Queries.IsConstant ? (problem.Queries.Value + BlockQueries - 1) / BlockQueries : 1;
        Dimension items = problem.Samples * (form.Heads * blocks);
        Value.Variable packed = kernel.Let("packed", (Value)(-1));
        kernel.For("item", range.First, range.Last, 1, item =>
        {
            Value of = blocks == 1 ? item : kernel.Let("of", item / blocks);
            Value sample = kernel.Let("sample", of / form.Heads), head = kernel.Let("head", of % form.Heads);
            Value keyHead = form.Group == 1 ? head : kernel.Let("keyHead", head / form.Group);
            Value count = problem.CountKeys(sample);
            if (panels is not null || rows is not null)
            {
                Value owner = form.Group == 1 ? of : kernel.Let("owner", of / form.Group);
                kernel.If(packed, "!=", owner, () =>
                {
                    // Where calls say how many queries there are, both ways are emitted.
                    if (panels is not null && !problem.Queries.IsConstant) kernel.If(emitter.Size(problem.Queries), ">", FewQueries, PackKeys);
                    else if (panels is not null) PackKeys();
                    if (rows is not null) problem.CopyRows(value, problem.ValueView, problem.At(problem.ValueView, sample, keyHead, 0), count, rows);
                    kernel.Set(packed, owner);
                });
            }

            var place = new Place(sample, head, keyHead, count, IsAlwaysDirect);
            if (problem.Queries.IsConstant) Block(place, blocks == 1 ? 0 : item % blocks * BlockQueries);
            else if (IsAlwaysDirect) Blocks(place);
            else kernel.If(emitter.Size(problem.Queries), ">", FewQueries, () => Blocks(place), () => Block(place with { IsDirect = true }, 0));

            void PackKeys() => problem.PackPanels(key, problem.KeyView, problem.At(problem.KeyView, sample, keyHead, 0), count, panels!);

            void Blocks(Place of) => kernel.For("start", 0, emitter.Size(problem.Queries), BlockQueries, start => Block(of, start));

            void Block(Place of, Value start)
            {
                Value first = start is Value.Integer ? start : kernel.Let("begin", start);
                Value end = blocks == 1 && problem.Queries.IsConstant ? problem.Queries.Value
                    : kernel.Let("stop", Value.Smaller(first + BlockQueries, emitter.Size(problem.Queries)));
                Queries(of, first, end);
            }
        });
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], new Partition.Items(items),
            [.. emitter.Reads.Select(read => read with { OwnSamples = false }).Distinct()], writes));
    }

    // Spans of rows that tiles cover, where they are known.
    private IEnumerable<long>? Spans => problem.Queries.IsConstant
        ? new[] { Math.Min(BlockQueries, problem.Queries.Value), problem.Queries.Value % BlockQueries } : null;

    private void Queries(Place place, Value first, Value end)
    {
        if (!InBlocks)
        {
            tiles.ForRows(first, end, Spans, (row, count, bySize) => Band(place, row, row, count, bySize, 0, place.Keys));
            return;
        }

        long depth = problem.PaddedDepth;
        problem.Clear(sums!, 0, (end - first) * depth);
        kernel.For("r", 0, end - first, 1, r =>
        {
            kernel.Store(largest, r, new Value.Literal(double.NegativeInfinity, ValueKind.Real));
            kernel.Store(totals, r, new Value.Literal(0, ValueKind.Real));
        });
        Value from = form.Before is null ? 0
            : kernel.Let("seen", AttentionProblem.Down(Value.Larger(0, problem.FirstKey(first, place.Keys)), BlockKeys));
        Value to = form.After is null ? place.Keys : kernel.Let("until", Value.Smaller(place.Keys, problem.EndKey(end - 1, place.Keys)));
        kernel.For("block", from, to, BlockKeys, block =>
        {
            Value stop = kernel.Let("limit", Value.Smaller(block + BlockKeys, place.Keys));
            tiles.ForRows(first, end, Spans, (row, count, bySize) => Band(place, row, row - first, count, bySize, block, stop));
        });
        kernel.For("r", 0, end - first, 1, r => Finish(place, first + r, r));
    }

    // Queries from a row on with the keys from one on.
    private void Band(Place place, Value row, Value slot, Value count, Action<Action<int>> bySize, Value keyStart, Value keyEnd)
    {
        Value limit = keyEnd - keyStart;
        Value to = form.After is null ? limit
            : kernel.Let("to", Value.Larger(0, Value.Smaller(limit, problem.EndKey(row + count - 1, place.Keys) - keyStart)));
        Value from = form.Before is null ? 0
            : kernel.Let("from", AttentionProblem.Down(Value.Smaller(to, Value.Larger(0, problem.FirstKey(row, place.Keys) - keyStart)), tiles.Chunk));
        Value queryAt = kernel.Let("q", problem.At(problem.QueryView, place.Sample, place.Head, row));
        if (place.IsDirect)
        {
            Value keyAt = kernel.Let("k", problem.At(problem.KeyView, place.Sample, place.KeyHead, keyStart));
            kernel.For("r", 0, count, 1, r => Products(queryAt + (r * problem.QueryView.RowStride), keyAt, r * scoreStride, from, to));
        }
        else
        {
            bySize(size => kernel.For("chunk", from / tiles.Chunk, (to + (tiles.Chunk - 1)) / tiles.Chunk, 1, chunk => tiles.Tile(scoring, size,
                new Value.Shifted(query, queryAt),
                new Value.Shifted(panels!, (keyStart * problem.Depth)
                    + RowsTimesPanels.PanelOffset(chunk, tiles.Chunk, AttentionProblem.PanelWidth, problem.Depth)),
                new Value.Shifted(scores, chunk * tiles.Chunk))));
        }

        kernel.For("r", 0, count, 1, r => Weigh(place, row + r, r, slot + r, keyStart, from, to));
        if (!InBlocks) FinishTile(place, row, count);

        Value valueAt = problem.CopiesRows ? (keyStart + from) * problem.PaddedDepth
            : problem.At(problem.ValueView, place.Sample, place.KeyHead, keyStart + from);
        Value target = InBlocks ? slot * problem.PaddedDepth : problem.At(result, place.Sample, place.Head, row);
        Value v = kernel.Let("v", valueAt), o = kernel.Let("o", target);
        bySize(size => tiles.Columns(mixing, size, new Value.Shifted(scores, from), new Value.Shifted(rows ?? value, v), to - from,
            new Value.Shifted(InBlocks ? sums! : output, o), InBlocks ? new Value.Shifted(inverse, slot) : inverse));
    }

    // The scores of one query where keys lie.
    private void Products(Value queryAt, Value keyAt, Value at, Value from, Value to)
    {
        long whole = problem.Depth / problem.Lanes * problem.Lanes;
        Value.Variable q = kernel.Let("qr", queryAt);
        kernel.For("j", from, to, 1, j =>
        {
            Value.Variable k = kernel.Let("kr", keyAt + (j * problem.KeyView.RowStride));
            Value? sum = null;
            for (long d = 0; d < whole; d += problem.Lanes) sum = Next(sum, d, problem.Pack);
            if (sum is not null) sum = problem.Across(Operation.Add, kernel.Let("products", sum));
            for (long d = whole; d < problem.Depth; d++) sum = Next(sum, d, ValueKind.Real);
            kernel.Store(scores, at + j, AttentionProblem.Scalar(Operation.Multiply, sum!, new Value.Literal(form.Scale, ValueKind.Real)));

            Value Next(Value? before, long d, ValueKind kind)
            {
                Value x = new Value.Load(query, q + d, kind), y = new Value.Load(key, k + d, kind);
                return before is null ? new Value.Apply(Operation.Multiply, [x, y], kind) : new Value.Apply(Operation.MultiplyAdd, [x, y, before], kind);
            }
        });
    }

    // A row of scores becomes weights, relative to the row's largest score.
    private void Weigh(Place place, Value row, Value r, Value slot, Value keyStart, Value from, Value to)
    {
        Value end = form.After is null ? to : kernel.Let("end", Value.Larger(from, Value.Smaller(to, problem.EndKey(row, place.Keys) - keyStart)));
        Value first = form.Before is null ? from : kernel.Let("start", Value.Smaller(end, Value.Larger(from, problem.FirstKey(row, place.Keys) - keyStart)));
        Value at = kernel.Let("at", r * scoreStride);
        Value walkStart = AttentionProblem.Down(first, problem.Lanes), walkEnd = AttentionProblem.Up(end, problem.Lanes);
        if (form.Before is not null) walkStart = kernel.Let("low", walkStart);
        if (walkEnd is not Value.Integer) walkEnd = kernel.Let("high", walkEnd);
        if (form.Before is not null) problem.Clear(scores, at + from, at + walkStart);
        if (form.After is not null) problem.Clear(scores, at + walkEnd, at + AttentionProblem.Up(to, problem.Lanes));

        (Value, Value, Value, Value) whole = (place.Sample, place.Head, row, keyStart);
        problem.AddBias(scores, at, whole, walkStart, walkEnd, place.Keys);
        problem.MaskEdges(scores, at, first, end, double.NegativeInfinity);
        Value.Variable most = kernel.Let("most", new Value.Literal(double.NegativeInfinity, problem.Pack));
        // The loop waits for its second operand the least.
        problem.Each(walkStart, walkEnd, j => kernel.Set(most, problem.Apply(Operation.Max, kernel.Let("score", Score(j)), most)));
        Value.Variable top = kernel.Let("top", problem.Across(Operation.Max, most));
        if (InBlocks) top = kernel.Let("topmost", AttentionProblem.Scalar(Operation.Max, new Value.Load(largest, slot, ValueKind.Real), top));

        // A row of which nothing is seen has no largest score: its powers are zero all the same.
        Value.Variable shift = kernel.Let("shift", AttentionProblem.Where(top, double.NegativeInfinity, new Value.Literal(0, ValueKind.Real), top));
        Value.Variable total = kernel.Let("total", new Value.Literal(0, problem.Pack));
        Func<Value, Value>? kept = problem.Kept(whole);
        problem.Each(walkStart, walkEnd, j =>
        {
            Value.Variable power = kernel.Let("power", problem.Apply(Operation.Exp, problem.Apply(Operation.Subtract, Score(j), problem.Splat(shift))));
            kernel.Set(total, problem.Apply(Operation.Add, total, power));
            kernel.Store(scores, at + j, kept is null ? power : problem.Dropped(power, kept(j)));
        });
        Value.Variable sum = kernel.Let("sum", problem.Across(Operation.Add, total));
        if (!InBlocks)
        {
            kernel.Store(largest, r, shift);
            kernel.Store(totals, r, sum);
            return;
        }

        Value.Variable rescale = kernel.Let("rescale", AttentionProblem.Scalar(Operation.Exp,
            AttentionProblem.Scalar(Operation.Subtract, new Value.Load(largest, slot, ValueKind.Real), shift)));
        kernel.Store(inverse, slot, rescale);
        kernel.Store(largest, slot, top);
        kernel.Store(totals, slot, AttentionProblem.Scalar(Operation.MultiplyAdd, new Value.Load(totals, slot, ValueKind.Real), rescale, sum));

        Value Score(Value j) => new Value.Load(scores, at + j, problem.Pack);
    }

    // What rows are multiplied by and what their gradients need, for all rows of a tile at a time: divisions and logarithms take as long for one.
    private void FinishTile(Place place, Value row, Value count) => kernel.For("r", 0, count, problem.Lanes, r =>
    {
        Value.Variable sum = kernel.Let("sums", new Value.Load(totals, r, problem.Pack));
        Value isEmpty = new Value.Apply(Operation.Equal, [sum, Same(0)], ValueKind.Mask);
        kernel.Store(inverse, r, problem.Apply(Operation.Select, isEmpty, Same(0), problem.Apply(Operation.Divide, Same(1), sum)));
        if (logSums is null) return;
        Value.Variable logs = kernel.Let("logs", problem.Apply(Operation.Select, isEmpty, Same(double.PositiveInfinity),
            problem.Apply(Operation.Add, new Value.Load(largest, r, problem.Pack), problem.Apply(Operation.Log, sum))));
        Value at = LogSumAt(place, row) + r, rest = Value.Smaller(problem.Lanes, count - r);
        if (problem.Lanes == 1) kernel.Store(logSums, at, logs);
        else kernel.Add(new KernelStatement.Primitive("Horizontal.StoreFirst", [logs, new Value.Shifted(logSums, at), rest]));

        Value Same(double number) => new Value.Literal(number, problem.Pack);
    });

    // All keys are through: the sums become the result.
    private void Finish(Place place, Value row, Value slot)
    {
        Value.Variable sum = kernel.Let("sum", new Value.Load(totals, slot, ValueKind.Real)), top = kernel.Let("top",
            new Value.Load(largest, slot, ValueKind.Real));
        Value.Variable factor = kernel.Let("factor", Inverse(sum));
        Value.Variable o = kernel.Let("o", problem.At(result, place.Sample, place.Head, row));
        long whole = problem.Depth / problem.Lanes * problem.Lanes;
        kernel.For("d", 0, whole, problem.Lanes, d => Scaled(d, problem.Pack));
        kernel.For("d", whole, problem.Depth, 1, d => Scaled(d, ValueKind.Real));
        StoreLogSum(place, row, top, sum);

        void Scaled(Value d, ValueKind kind) => kernel.Store(output, o + d, new Value.Apply(Operation.Multiply,
            [new Value.Load(sums!, (slot * problem.PaddedDepth) + d, kind), kind == ValueKind.Vector ? new Value.Splat(factor) : factor], kind));
    }

    private static Value Inverse(Value sum) => AttentionProblem.Where(sum, 0, new Value.Literal(0, ValueKind.Real),
        AttentionProblem.Scalar(Operation.Divide, new Value.Literal(1, ValueKind.Real), sum));

    private Value LogSumAt(Place place, Value row) => (((place.Sample * form.Heads) + place.Head) * emitter.Size(problem.Queries)) + row;

    private void StoreLogSum(Place place, Value row, Value shift, Value sum)
    {
        if (logSums is null) return;
        kernel.Store(logSums, LogSumAt(place, row),
            AttentionProblem.Where(sum, 0, new Value.Literal(double.PositiveInfinity, ValueKind.Real),
                AttentionProblem.Scalar(Operation.Add, shift, AttentionProblem.Scalar(Operation.Log, sum))));
    }

    /// <summary>What is computed: a sample's head, the key head it shares, how many keys count, and whether these are read where they lie.</summary>
    private readonly record struct Place(Value Sample, Value Head, Value KeyHead, Value Keys, bool IsDirect);
}
