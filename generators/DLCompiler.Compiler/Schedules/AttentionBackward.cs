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
/// The schedule of attention's gradients, of query, key and value in one kernel (Dao, "FlashAttention-2", 2023): a block of keys after the other, and for it a
/// block of queries after the other, whose weights are computed again in the worker's own memory from the sums that the forward pass kept. A worker owns a
/// sample's key head with all query heads that share it, so that sums have one order.
/// </summary>
internal sealed class AttentionBackward
{
    // Keys whose weights are held at once, keys of a block where there are more, and queries of a block.
    private const long KeysAtOnce = 256, BlockKeys = 256, BlockQueries = 64;

    private readonly SchedulingContext context;
    private readonly KernelBuilder kernel;
    private readonly ElementEmitter emitter;
    private readonly AttentionProblem problem;
    private readonly AttentionForm form;
    private readonly AttentionTiles tiles;
    private readonly AttentionView outer, resultView;
    private readonly AttentionView? queryTo, keyTo, valueTo;
    private readonly Value.Variable query, key, value, result, logSums, outerAt;
    private readonly Value.Variable? queryGradient, keyGradient, valueGradient, queryRows, keyRows, outerRows;
    private readonly Value.Variable weights, scoreGradients, keyPanels, valuePanels;
    private readonly AttentionProduct scoring, outerScoring;
    private readonly long scoreStride;
    private readonly string title;
    private readonly IReadOnlyList<Buffer> writes;

    private AttentionBackward(SchedulingContext context, Node node)
    {
        this.context = context;
        form = ((AttentionGradient)node.Operator).Form;
        Node[] all = [.. context.Fusion.UsersOf(node.Inputs[form.OperandCount + 2]).Where(user => user.Operator is AttentionGradient other
            && other.Form == form && user.Inputs.SequenceEqual(node.Inputs))];
        string name = context.NameOf(node) + "_gradient";
        var to = new Dictionary<AttentionOperand, Buffer>();
        foreach (Node one in all)
        {
            AttentionOperand of = ((AttentionGradient)one.Operator).Of;
            to[of] = context.Allocate(one, Layout.RowMajor, of == AttentionOperand.Packed ? name : name + "_" + of.ToString().ToLowerInvariant());
        }

        writes = [.. to.Values];
        kernel = context.NewKernel(name);
        emitter = new ElementEmitter(context, kernel, 1, ElementMode.Rows, -1);
        problem = new AttentionProblem(context, emitter, node, form);
        title = string.Format(CultureInfo.InvariantCulture, "{0} = gradient of Attention({1}): {2}", string.Join(", ", writes.Select(buffer => buffer.Name)),
            string.Join(", ", node.Inputs.Take(form.OperandCount).Select(context.NameOf)), form);
        kernel.Describe(title);
        ProductTiling tiling = ProductTiling.Choose(context.Decisions, writes[0].Name, context.Target, ofAttention: true);
        tiles = new AttentionTiles(context, kernel, tiling.Rows, tiling.Vectors);
        kernel.Describe(FormattableString.Invariant($"{BlockQueries} queries with {(InBlocks ? BlockKeys : problem.MostKeys)} keys at a time"));

        resultView = AttentionView.Of(context, node.Inputs[form.OperandCount]);
        Buffer sums = context.InRows(node.Inputs[form.OperandCount + 1]);
        outer = AttentionView.Of(context, node.Inputs[form.OperandCount + 2]);
        (query, key, value) = (emitter.Reference(problem.QueryView.Buffer), emitter.Reference(problem.KeyView.Buffer),
            emitter.Reference(problem.ValueView.Buffer));
        (result, logSums, outerAt) = (emitter.Reference(resultView.Buffer), emitter.Reference(sums), emitter.Reference(outer.Buffer));
        if (form.IsPacked)
        {
            Buffer packed = to[AttentionOperand.Packed];
            queryTo = new AttentionView(packed, Dimension.Zero, packed.Strides.ToEquatableArray());
            (keyTo, valueTo) = (queryTo.FromHead(form.Heads), queryTo.FromHead(form.Heads + form.KeyHeads));
            queryGradient = keyGradient = valueGradient = emitter.Reference(packed, read: false);
        }
        else
        {
            (queryTo, queryGradient) = Target(AttentionOperand.Query);
            (keyTo, keyGradient) = Target(AttentionOperand.Key);
            (valueTo, valueGradient) = Target(AttentionOperand.Value);
        }

        long block = InBlocks ? BlockKeys : problem.MostKeys, rounding = Math.Max(AttentionProblem.PanelWidth, tiles.Chunk);
        long paddedKeys = (problem.MostKeys + rounding - 1) / rounding * rounding;

        // Beyond the keys of a block stands what the last tile of rows takes for keys that nobody sees. Odd multiples of sixteen keep rows apart in the cache.
        scoreStride = ((block + rounding - 1) / rounding * rounding) + ((tiles.MostRows + 31L) / AttentionProblem.PanelWidth * AttentionProblem.PanelWidth);
        if (scoreStride / AttentionProblem.PanelWidth % 2 == 0) scoreStride += AttentionProblem.PanelWidth;
        weights = Own("weights", BlockQueries * scoreStride);
        scoreGradients = Own("scores", BlockQueries * scoreStride);
        keyPanels = Own("keys", paddedKeys * problem.Depth);
        valuePanels = Own("values", paddedKeys * problem.Depth);
        if (problem.CopiesRows)
        {
            queryRows = Own("queryRows", problem.MostQueries * problem.PaddedDepth);
            keyRows = Own("keyRows", problem.MostKeys * problem.PaddedDepth);
            outerRows = Own("outerRows", problem.MostQueries * problem.PaddedDepth);
        }

        scoring = new AttentionProduct("Scores", problem.QueryView.RowStride, 1, AttentionProblem.PanelWidth, problem.Depth, problem.Depth, scoreStride,
            tiles.Chunk, TileEnd.Scale, form.Scale);
        outerScoring = scoring with { Name = "Outer", LeftRowStride = outer.RowStride, End = TileEnd.Store, Factor = 1 };

        (AttentionView?, Value.Variable?) Target(AttentionOperand of) => to.TryGetValue(of, out Buffer? buffer)
            ? (new AttentionView(buffer, Dimension.Zero, buffer.Strides.ToEquatableArray()), emitter.Reference(buffer, read: false)) : (null, null);

        Value.Variable Own(string what, long elements) =>
            emitter.Reference(context.NewWorkerBuffer(name + "_" + what, node.Type.Element, elements), read: false);
    }

    private bool InBlocks => problem.MostKeys > KeysAtOnce;

    // The rows that products take as their right operand.
    private long QueryStride => problem.CopiesRows ? problem.PaddedDepth : problem.QueryView.RowStride;

    private long KeyStride => problem.CopiesRows ? problem.PaddedDepth : problem.KeyView.RowStride;

    private long OuterStride => problem.CopiesRows ? problem.PaddedDepth : outer.RowStride;

    /// <summary>Emits all gradients of an attention.</summary>
    public static void Emit(SchedulingContext context, Node node) => new AttentionBackward(context, node).Write();

    private void Write()
    {
        var range = new SampleRange(emitter);
        Dimension items = problem.Samples * form.KeyHeads;
        kernel.For("item", range.First, range.Last, 1, item =>
        {
            Value sample = kernel.Let("sample", item / form.KeyHeads), keyHead = kernel.Let("keyHead", item % form.KeyHeads);
            Value count = problem.CountKeys(sample);
            Value keyAt = kernel.Let("k", problem.At(problem.KeyView, sample, keyHead, 0));
            problem.PackPanels(key, problem.KeyView, keyAt, count, keyPanels);
            problem.PackPanels(value, problem.ValueView, problem.At(problem.ValueView, sample, keyHead, 0), count, valuePanels);
            if (keyRows is not null) problem.CopyRows(key, problem.KeyView, keyAt, count, keyRows);
            Clear(keyTo, keyGradient, sample, keyHead, emitter.Size(problem.Keys));
            Clear(valueTo, valueGradient, sample, keyHead, emitter.Size(problem.Keys));
            kernel.For("member", 0, form.Group, 1, member =>
                Head(new Place(sample, form.Group == 1 ? keyHead : kernel.Let("head", (keyHead * form.Group) + member), keyHead, count)));
        });
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], new Partition.Items(items),
            [.. emitter.Reads.Select(read => read with { OwnSamples = false }).Distinct()], writes));
    }

    private void Clear(AttentionView? view, Value.Variable? at, Value sample, Value head, Value count)
    {
        if (view is null) return;
        Value.Variable first = kernel.Let("zero", problem.At(view, sample, head, 0));
        kernel.For("step", 0, count, 1, step =>
        {
            long whole = problem.Depth / problem.Lanes * problem.Lanes;
            kernel.For("d", 0, whole, problem.Lanes, d => kernel.Store(at!, first + (step * view.RowStride) + d, new Value.Literal(0, problem.Pack)));
            kernel.For("d", whole, problem.Depth, 1, d => kernel.Store(at!, first + (step * view.RowStride) + d, new Value.Literal(0, ValueKind.Real)));
        });
    }

    private void Head(Place place)
    {
        Value all = emitter.Size(problem.Queries);
        if (queryRows is not null)
        {
            problem.CopyRows(query, problem.QueryView, problem.At(problem.QueryView, place.Sample, place.Head, 0), all, queryRows);
            problem.CopyRows(outerAt, outer, problem.At(outer, place.Sample, place.Head, 0), all, outerRows!);
        }

        if (!InBlocks)
        {
            Keys(place, 0, place.Keys);
            return;
        }

        Clear(queryTo, queryGradient, place.Sample, place.Head, all);
        kernel.For("keyBlock", 0, place.Keys, BlockKeys, block => Keys(place, block, kernel.Let("keyStop", Value.Smaller(block + BlockKeys, place.Keys))));
    }

    // All queries that see keys of a block. Without blocks, those that see none are walked too: their gradient is zero.
    private void Keys(Place place, Value keyStart, Value keyEnd)
    {
        Value all = emitter.Size(problem.Queries), from = 0, to = all;
        if (InBlocks && form.After is not null)
            from = kernel.Let("seen", AttentionProblem.Down(Value.Larger(0, problem.FirstQuery(keyStart)), BlockQueries));
        if (InBlocks && form.Before is not null) to = kernel.Let("until", Value.Smaller(all, problem.EndQuery(keyEnd - 1)));
        kernel.For("block", from, to, BlockQueries, start =>
        {
            Value end = start is Value.Integer && problem.Queries.IsConstant ? problem.Queries.Value
                : kernel.Let("stop", Value.Smaller(start + BlockQueries, all));
            IEnumerable<long>? spans = problem.Queries.IsConstant
                ? new[] { Math.Min(BlockQueries, problem.Queries.Value), problem.Queries.Value % BlockQueries } : null;
            tiles.ForRows(start, end, spans, (row, count, bySize) => Band(place, row, row - start, count, bySize, keyStart, keyEnd));
            if (keyTo is not null || valueTo is not null) KeyRows(place, start, end, keyStart, keyEnd);
        });
    }

    // The weights and score gradients of a few queries, and their own gradient.
    private void Band(Place place, Value row, Value slot, Value count, Action<Action<int>> bySize, Value keyStart, Value keyEnd)
    {
        Value limit = keyEnd - keyStart;
        Value to = form.After is null ? limit
            : kernel.Let("to", Value.Larger(0, Value.Smaller(limit, problem.EndKey(row + count - 1) - keyStart)));
        Value from = form.Before is null ? 0
            : kernel.Let("from", AttentionProblem.Down(Value.Smaller(to, Value.Larger(0, problem.FirstKey(row) - keyStart)), tiles.Chunk));
        Value queryAt = kernel.Let("q", problem.At(problem.QueryView, place.Sample, place.Head, row));
        Value outerRow = kernel.Let("g", problem.At(outer, place.Sample, place.Head, row));
        Value at = slot is Value.Integer ? slot * scoreStride : kernel.Let("w", slot * scoreStride);
        bySize(size => kernel.For("chunk", from / tiles.Chunk, (to + (tiles.Chunk - 1)) / tiles.Chunk, 1, chunk =>
        {
            Value panel = kernel.Let("panel", (keyStart * problem.Depth)
                + RowsTimesPanels.PanelOffset(chunk, tiles.Chunk, AttentionProblem.PanelWidth, problem.Depth));
            Value target = kernel.Let("s", at + (chunk * tiles.Chunk));
            tiles.Tile(scoring, size, new Value.Shifted(query, queryAt), new Value.Shifted(keyPanels, panel), new Value.Shifted(weights, target));
            tiles.Tile(outerScoring, size, new Value.Shifted(outerAt, outerRow), new Value.Shifted(valuePanels, panel),
                new Value.Shifted(scoreGradients, target));
        }));
        kernel.For("r", 0, count, 1, r => Weigh(place, row + r, at + (r * scoreStride), outerRow + (r * outer.RowStride), keyStart, from, to));
        if (queryTo is null) return;
        Value keyAt = kernel.Let("kr", keyRows is not null ? (keyStart + from) * problem.PaddedDepth
            : problem.At(problem.KeyView, place.Sample, place.KeyHead, keyStart + from));
        Value target = kernel.Let("dq", problem.At(queryTo, place.Sample, place.Head, row));
        var product = new AttentionProduct("Query", scoreStride, 1, KeyStride, null, null, queryTo.RowStride, problem.Depth,
            InBlocks ? TileEnd.Add : TileEnd.Store);
        bySize(size => tiles.Columns(product, size, new Value.Shifted(scoreGradients, at + from), new Value.Shifted(keyRows ?? key, keyAt), to - from,
            new Value.Shifted(queryGradient!, target)));
    }

    private void Weigh(Place place, Value row, Value scoreRow, Value outerRow, Value keyStart, Value from, Value to)
    {
        Value end = form.After is null ? to : kernel.Let("end", Value.Larger(from, Value.Smaller(to, problem.EndKey(row) - keyStart)));
        Value first = form.Before is null ? from : kernel.Let("start", Value.Smaller(end, Value.Larger(from, problem.FirstKey(row) - keyStart)));
        Value.Variable at = kernel.Let("at", scoreRow);
        Value walkStart = AttentionProblem.Down(first, problem.Lanes), walkEnd = AttentionProblem.Up(end, problem.Lanes);
        if (form.Before is not null) walkStart = kernel.Let("low", walkStart);
        if (walkEnd is not Value.Integer) walkEnd = kernel.Let("high", walkEnd);

        // Tiles of keys reach beyond what the queries of this tile see, by less than their rows.
        Value left = form.Before is null ? 0 : AttentionProblem.Down(Value.Larger(0, from - tiles.MostRows), problem.Lanes);
        Value right = AttentionProblem.Up(to + (tiles.MostRows - 1L), problem.Lanes);
        foreach (Value.Variable values in new[] { weights, scoreGradients })
        {
            if (form.Before is not null) problem.Clear(values, at + left, at + walkStart);
            if (form.After is not null) problem.Clear(values, at + walkEnd, at + right);
        }

        (Value, Value, Value, Value) whole = (place.Sample, place.Head, row, keyStart);
        problem.AddBias(weights, at, whole, walkStart, walkEnd);
        problem.MaskEdges(weights, at, first, end, double.NegativeInfinity);
        problem.MaskEdges(scoreGradients, at, first, end, 0);
        Value.Variable logSum = kernel.Let("logSum", new Value.Load(logSums,
            (((place.Sample * form.Heads) + place.Head) * emitter.Size(problem.Queries)) + row, ValueKind.Real));
        Value.Variable mean = kernel.Let("mean", Dot(problem.At(resultView, place.Sample, place.Head, row), outerRow));
        Func<Value, Value>? kept = problem.Kept(whole);
        problem.Each(walkStart, walkEnd, j =>
        {
            Value score = new Value.Load(weights, at + j, problem.Pack);
            Value.Variable weight = kernel.Let("weight", problem.Apply(Operation.Exp, problem.Apply(Operation.Subtract, score, problem.Splat(logSum))));
            Value gradient = new Value.Load(scoreGradients, at + j, problem.Pack);
            if (kept is not null)
            {
                Value.Variable keep = kernel.Let("keep", kept(j));
                gradient = problem.Dropped(gradient, keep);
                kernel.Store(weights, at + j, problem.Dropped(weight, keep));
            }
            else
            {
                kernel.Store(weights, at + j, weight);
            }

            kernel.Store(scoreGradients, at + j, problem.Apply(Operation.Multiply,
                problem.Apply(Operation.Multiply, weight, problem.Apply(Operation.Subtract, gradient, problem.Splat(mean))),
                new Value.Literal(form.Scale, problem.Pack)));
        });
    }

    // The product of a row of the result with its gradient: the mean of the weights' gradients.
    private Value Dot(Value resultRow, Value outerRow)
    {
        long whole = problem.Depth / problem.Lanes * problem.Lanes;
        Value.Variable x = kernel.Let("x", resultRow), y = kernel.Let("y", outerRow);
        Value? sum = null;
        for (long d = 0; d < whole; d += problem.Lanes) sum = Next(sum, d, problem.Pack);
        if (sum is not null) sum = problem.Across(Operation.Add, kernel.Let("products", sum));
        for (long d = whole; d < problem.Depth; d++) sum = Next(sum, d, ValueKind.Real);
        return sum!;

        Value Next(Value? before, long d, ValueKind kind)
        {
            Value a = new Value.Load(result, x + d, kind), b = new Value.Load(outerAt, y + d, kind);
            return before is null ? new Value.Apply(Operation.Multiply, [a, b], kind) : new Value.Apply(Operation.MultiplyAdd, [a, b, before], kind);
        }
    }

    // What a block of queries adds to the gradients of the keys and values that it sees.
    private void KeyRows(Place place, Value start, Value end, Value keyStart, Value keyEnd)
    {
        Value limit = keyEnd - keyStart;
        Value to = form.After is null ? limit
            : kernel.Let("keysTo", Value.Larger(0, Value.Smaller(limit, problem.EndKey(end - 1) - keyStart)));
        Value from = form.Before is null ? 0
            : kernel.Let("keysFrom", Value.Smaller(to, Value.Larger(0, problem.FirstKey(start) - keyStart)));
        tiles.ForRows(from, to, KeySpans, (row, count, bySize) =>
        {
            Value first = form.After is null ? start : kernel.Let("first2", Value.Larger(start, problem.FirstQuery(keyStart + row)));
            Value stop = form.Before is null ? end
                : kernel.Let("stop2", Value.Smaller(end, problem.EndQuery(keyStart + row + count - 1)));
            Value at = kernel.Let("p", ((first - start) * scoreStride) + row);
            Value depth = stop - first;
            if (valueTo is not null)
            {
                Value right = kernel.Let("gr", outerRows is not null ? first * problem.PaddedDepth : problem.At(outer, place.Sample, place.Head, first));
                Value target = kernel.Let("dv", problem.At(valueTo, place.Sample, place.KeyHead, keyStart + row));
                var product = new AttentionProduct("Value", 1, scoreStride, OuterStride, null, null, valueTo.RowStride, problem.Depth, TileEnd.Add);
                bySize(size => tiles.Columns(product, size, new Value.Shifted(weights, at), new Value.Shifted(outerRows ?? outerAt, right), depth,
                    new Value.Shifted(valueGradient!, target)));
            }

            if (keyTo is not null)
            {
                Value right = kernel.Let("qr", queryRows is not null ? first * problem.PaddedDepth
                    : problem.At(problem.QueryView, place.Sample, place.Head, first));
                Value target = kernel.Let("dk", problem.At(keyTo, place.Sample, place.KeyHead, keyStart + row));
                var product = new AttentionProduct("Key", 1, scoreStride, QueryStride, null, null, keyTo.RowStride, problem.Depth, TileEnd.Add);
                bySize(size => tiles.Columns(product, size, new Value.Shifted(scoreGradients, at), new Value.Shifted(queryRows ?? query, right), depth,
                    new Value.Shifted(keyGradient!, target)));
            }
        });
    }

    // How many keys a block of queries sees, where that is known: whole blocks of both, from the first key on.
    private IEnumerable<long>? KeySpans
    {
        get
        {
            if (!problem.Queries.IsConstant || !problem.Keys.IsConstant || form.HasLengths || form.Before is not null) return null;
            (long queries, long keys) = (problem.Queries.Value, problem.Keys.Value);
            var spans = new List<long>();
            for (long block = 0; block < keys; block += InBlocks ? BlockKeys : keys)
                for (long start = 0; start < queries; start += BlockQueries)
                {
                    long limit = Math.Min(keys - block, InBlocks ? BlockKeys : keys), last = Math.Min(queries, start + BlockQueries) - 1;
                    spans.Add(form.After is { } after ? Math.Max(0, Math.Min(limit, last + keys - queries + after + 1 - block)) : limit);
                }

            return spans;
        }
    }

    /// <summary>What is computed: a sample's head, the key head it shares, and how many keys count.</summary>
    private readonly record struct Place(Value Sample, Value Head, Value KeyHead, Value Keys);
}
