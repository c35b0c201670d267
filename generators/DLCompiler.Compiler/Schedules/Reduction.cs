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
/// The schedule of sums and extrema, with the elementwise work before them fused in. Each result is owned by one worker, so that the order of additions depends
/// on shapes only. Several sums over the same axes of the same values (a normalisation's statistics, the gradients of its scale and shift) are taken in one
/// pass.
/// </summary>
public sealed class Reduction
{
    // Elements of a block that pay for summing its lanes.
    private const long FewestPixelsByBlock = 16;

    private const int MostTogether = 3;

    private readonly SchedulingContext context;
    private readonly Node operand;
    private readonly Buffer result;
    private readonly KernelBuilder kernel;
    private readonly ElementEmitter emitter;
    private readonly SampleRange range;
    private readonly Value.Variable target;
    private readonly IReadOnlyList<Member> members;
    private readonly Value[] coordinates;
    private readonly int[] kept;
    private readonly int[] reduced;
    private readonly Operation combine;
    private readonly double identity;
    private readonly bool vector;
    private readonly bool isRegular;
    private readonly bool lanes;

    // Whether each block's sums are added up afterwards.
    private readonly bool byBlock;

    private Reduction(SchedulingContext context, IReadOnlyList<Node> nodes, bool lanes)
    {
        this.context = context;
        this.lanes = lanes;
        Node node = nodes[0];
        var reduce = (Reduce)node.Operator;
        operand = node.Inputs[0];
        int rank = operand.Shape.Rank;
        reduced = [.. reduce.Axes];
        kept = [.. Enumerable.Range(0, rank).Where(axis => !reduced.Contains(axis))];
        (combine, identity) = reduce.Kind switch
        {
            ReduceKind.Sum => (Operation.Add, 0d),
            ReduceKind.Max => (Operation.Max, double.NegativeInfinity),
            _ => (Operation.Min, double.PositiveInfinity),
        };
        bool lanesKept = lanes && kept.Length > 0 && kept[0] == 0;
        List<Buffer> results = [.. nodes.Select(each => context.Allocate(each, lanesKept && each.Shape.Rank > 1 ? context.BlockedLayout : Layout.RowMajor))];
        result = results[0];
        byBlock = lanes && !lanesKept && node.Shape.IsConstant && context.Decisions.Choose(result.Name, "sums", Pixels() >= FewestPixelsByBlock,
            $"{ChoiceText.Integer(Pixels())} elements a sample for each; {ChoiceText.Integer(FewestPixelsByBlock)} pay for summing the lanes of each block",
            text => ChoiceText.Word(text, "blocks", "results"), blocks => blocks ? "blocks" : "results");
        List<Buffer> written = [.. nodes.Select((each, index) => byBlock ? BlockSums.Allocate(context, each, results[index]) : results[index])];
        kernel = context.NewKernel(written[0].Name);
        emitter = new ElementEmitter(context, kernel, rank, lanes ? context.BlockedMode : ElementMode.Rows, rank - 1);
        context.Root = node;
        vector = context.Target.Lanes > 1 && (lanes || (rank > 0 && emitter.CanVectorize(operand)));
        isRegular = operand.Shape.IsConstant || Buffer.IsBatchShape(operand.Shape);
        List<string> titles = [.. nodes.Select((each, index) => string.Format(CultureInfo.InvariantCulture, "{0} {1} = {2} over axes {3} of {4} {5}",
            results[index].Name, each.Shape, reduce.Kind, string.Join(", ", reduced), LoopNest.Describe(each.Inputs[0], context), operand.Shape))];
        Title = string.Join("; ", titles);
        foreach (string title in titles) kernel.Describe(title);
        members = [.. nodes.Select((each, index) => new Member(each, results[index], written[index], emitter.Reference(written[index], read: false)))];
        target = members[0].Target;
        range = new SampleRange(emitter);
        foreach (Member member in members) emitter.HoistScalars(member.Operand);
        coordinates = new Value[rank];
    }

    private string Title { get; }

    /// <summary>Emits the reduction.</summary>
    public static void Emit(SchedulingContext context, Node node)
    {
        bool lanes = context.IsBlocked(node.Inputs[0]) && KeepsLanes(context, (Reduce)node.Operator);
        var reduction = new Reduction(context, lanes ? [node, .. Siblings(context, node)] : [node], lanes);
        Partition partition = reduction.Write();
        context.Root = null;
        bool own = partition is Partition.Samples;
        context.Call(new ScheduledCall(reduction.Title, reduction.kernel.Build(), [.. reduction.emitter.Arguments], partition,
            [.. reduction.emitter.Reads.Select(read => read with { OwnSamples = own && read.OwnSamples }).Distinct()],
            [.. reduction.members.Select(member => member.Written)])
        {
            Soon = reduction.byBlock,
        });
        if (!reduction.byBlock) return;
        foreach (Member member in reduction.members)
            BlockSums.Emit(context, member.Node, member.Written, member.Result, reduction.combine, reduction.identity);
    }

    // Other sums of the same elements that can be taken now, or as soon as what is elementwise before them is stored.
    private static IReadOnlyList<Node> Siblings(SchedulingContext context, Node node)
    {
        Node operand = node.Inputs[0];
        var sources = new HashSet<Node>();
        var siblings = new List<Node>();
        if (((Reduce)node.Operator).Kind != ReduceKind.Sum || !FindSources(operand, sources, [])) return siblings;
        foreach (Node other in context.Fusion.Live)
        {
            if (siblings.Count == MostTogether - 1) break;
            if (other == node || !other.Operator.Equals(node.Operator) || other.Inputs[0].Shape != operand.Shape || context.BuffersOf(other).Count > 0
                || context.Fusion.IsInlined(other)) continue;
            var others = new HashSet<Node>();
            var before = new List<Node>();
            if (!FindSources(other.Inputs[0], others, before) || !others.Any(source => source.Shape == operand.Shape && sources.Contains(source))) continue;
            foreach (Node earlier in before) NodeSchedule.Emit(context, earlier);
            if (context.IsBlocked(other.Inputs[0])) siblings.Add(other);
        }

        return siblings;

        // What is read for a value, and which of it is to be stored first; false where something else must be done before.
        bool FindSources(Node current, HashSet<Node> found, List<Node> before)
        {
            if (context.BuffersOf(current).Count > 0)
            {
                found.Add(current);
                return true;
            }

            bool isInlined = context.Fusion.IsInlined(current);
            if (!isInlined && (current.Operator is not Map || context.Fusion.AnchorOf(current) is not null || context.Fusion.EpilogueOf(current) is not null))
                return false;
            if (!current.Inputs.All(input => FindSources(input, isInlined ? found : [], before))) return false;
            if (isInlined) return true;
            found.Add(current);
            if (!before.Contains(current)) before.Add(current);
            return true;
        }
    }

    private long Pixels() => reduced.Where(axis => axis != 0).Aggregate(1L, (product, axis) => product * operand.Shape[axis].Value);

    // Lanes of samples are summed at the end; channels are only reduced one by one.
    private static bool KeepsLanes(SchedulingContext context, Reduce reduce) =>
        context.SideBySide != SideBySide.Channels || !(reduce.Axes.Contains(0) || reduce.Axes.Contains(1));

    private Partition Write()
    {
        bool batch = operand.Shape.Rank > 0 && !operand.Shape[0].IsConstant;
        if (byBlock) return BlockByBlock();
        if (lanes) return kept.Length > 0 && kept[0] == 0 ? SamplesInLanes() : ChannelsInLanes();
        if (!isRegular) return Symbolic();
        bool lastKept = kept.Length > 0 && kept[kept.Length - 1] == operand.Shape.Rank - 1;
        if (batch && kept.Length > 0 && kept[0] == 0) return SamplesInRows(lastKept);
        return lastKept ? Columns(batch) : Scalars(batch);
    }

    // [N, C, H, W] → [N, C] (or [N]), each lane its own sample.
    private Partition SamplesInLanes()
    {
        kernel.For("block", range.First, range.Last, 1, block =>
        {
            coordinates[0] = block;
            Nest([.. kept.Skip(1)], () =>
            {
                for (int part = 0; part < context.Target.VectorsPerBlock; part++)
                {
                    int lane = part * context.Target.Lanes;
                    List<Value.Variable> sums = [.. members.Select(_ => kernel.Let("sum", new Value.Literal(identity, context.Target.Pack)))];
                    Nest(reduced, () =>
                    {
                        for (int member = 0; member < members.Count; member++) Accumulate(members[member], sums[member], lane, context.Target.Pack, null);
                    });
                    for (int member = 0; member < members.Count; member++)
                    {
                        Value position = result.Layout == context.BlockedLayout
                            ? emitter.At(emitter.AccessOf(members[member].Result, KeptIndices()).Position, coordinates) + lane
                            : (block * Target.BlockSamples) + lane;
                        kernel.Store(members[member].Target, position, sums[member]);
                    }
                }
            });
        });
        foreach (Member member in members.Where(member => member.Result.ZeroTail && member.Result.Layout == Layout.Lanes))
            TailClearing.Emit(emitter, member.Result, member.Target, range);
        return new Partition.Samples();
    }

    // [N, C, H, W] → [C]: lanes are summed at the end, and those beyond the batch don't count.
    private Partition ChannelsInLanes()
    {
        long count = kept.Aggregate(1L, (product, axis) => product * operand.Shape[axis].Value);
        Value batch = emitter.Size(Dimension.Symbol(Buffer.BatchSymbol));
        kernel.For("item", range.First, range.Last, 1, item =>
        {
            Decode(item, kept);
            IReadOnlyList<IReadOnlyList<Value.Variable>> sums = LaneSums();
            kernel.For("block", 0, batch / Target.BlockSamples, 1, block => AddBlock(sums, block, null));
            Value rest = batch % Target.BlockSamples;
            kernel.If(rest, "!=", 0, () => AddBlock(sums, kernel.Let("lastBlock", batch / Target.BlockSamples), kernel.Let("rest", rest)));
            for (int member = 0; member < members.Count; member++) kernel.Store(members[member].Target, item, AcrossLanes(sums[member]));
        });
        foreach (Member member in members) StoragePadding.Emit(kernel, range, member.Target, count);
        return new Partition.Items(count);
    }

    // The same, but each block by itself.
    private Partition BlockByBlock()
    {
        long count = kept.Aggregate(1L, (product, axis) => product * operand.Shape[axis].Value);
        Value batch = emitter.Size(Dimension.Symbol(Buffer.BatchSymbol));
        kernel.For("block", range.First, range.Last, 1, block =>
        {
            Value.Variable samples = kernel.Let("samples", batch - (block * Target.BlockSamples));
            kernel.If(samples, ">=", Target.BlockSamples, () => Channels(block, null), () => Channels(block, samples));
            foreach (Member member in members) BlockSums.Pad(kernel, member.Node, member.Target, block);
        });
        return new Partition.Samples();

        void Channels(Value block, Value? samples) => kernel.For("item", 0, count, 1, item =>
        {
            Decode(item, kept);
            IReadOnlyList<IReadOnlyList<Value.Variable>> sums = LaneSums();
            AddBlock(sums, block, samples);
            for (int member = 0; member < members.Count; member++)
                kernel.Store(members[member].Target, (block * BlockSums.Length(members[member].Node)) + item, AcrossLanes(sums[member]));
        });
    }

    // For each member, the vectors of a block.
    private IReadOnlyList<IReadOnlyList<Value.Variable>> LaneSums() => [.. members.Select(_ => Enumerable.Range(0, context.Target.VectorsPerBlock)
        .Select(_ => kernel.Let("sum", new Value.Literal(identity, context.Target.Pack))).ToList())];

    private void AddBlock(IReadOnlyList<IReadOnlyList<Value.Variable>> sums, Value block, Value? samples)
    {
        coordinates[0] = block;
        Nest([.. reduced.Where(axis => axis != 0)], () =>
        {
            for (int part = 0; part < context.Target.VectorsPerBlock; part++)
            {
                int lane = part * context.Target.Lanes, current = part;
                if (samples is null) Add(context.Target.Pack, null);
                else if (context.Target.Lanes > 1) Add(context.Target.Pack, samples - (long)lane);
                else kernel.If(lane, "<", samples, () => Add(ValueKind.Real, null));

                void Add(ValueKind pack, Value? lanesThatCount)
                {
                    for (int member = 0; member < members.Count; member++) Accumulate(members[member], sums[member][current], lane, pack, lanesThatCount);
                }
            }
        });
    }

    private Value AcrossLanes(IReadOnlyList<Value.Variable> sums)
    {
        Value.Variable total = sums[0];
        for (int part = 1; part < sums.Count; part++) kernel.Set(total, Combine(total, sums[part], context.Target.Pack));
        return Across(total);
    }

    // One row of the result per sample.
    private Partition SamplesInRows(bool lastKept)
    {
        long rows = result.RowsPerSample;
        kernel.For("row", range.FirstRow(rows), range.LastRow(rows), 1, row =>
        {
            coordinates[0] = row;
            int last = operand.Shape.Rank - 1;
            if (lastKept)
            {
                int[] middle = [.. kept.Skip(1).Where(axis => axis != last)];
                bool whole = vector && operand.Shape[last].Value % context.Target.Lanes == 0 && last > 0;
                Nest(middle, () => Along(last, whole, pack =>
                {
                    Value.Variable sum = kernel.Let("sum", new Value.Literal(identity, pack));
                    Nest(reduced, () => Accumulate(members[0], sum, 0, pack, null));
                    kernel.Store(target, emitter.At(emitter.AccessOf(result, KeptIndices()).Position, coordinates), sum);
                }));
            }
            else
            {
                Nest([.. kept.Skip(1)], () => kernel.Store(target, emitter.At(emitter.AccessOf(result, KeptIndices()).Position, coordinates),
                    RowSum([.. reduced.Where(axis => axis != last)], last)));
            }
        });
        return new Partition.Samples();
    }

    // [rows, columns] → [columns], vectors along the columns.
    private Partition Columns(bool batch)
    {
        int last = operand.Shape.Rank - 1;
        int[] others = [.. kept.Where(axis => axis != last)];
        long columns = operand.Shape[last].Value;
        long chunks = (columns + 15) / 16, outer = others.Aggregate(1L, (product, axis) => product * operand.Shape[axis].Value);
        bool readable = emitter.Accesses(operand).All(access => access.Buffer.ReadableBeyond || !access.VariesByLane);
        kernel.For("item", range.First, range.Last, 1, item =>
        {
            Decode(item / chunks, others);
            Value.Variable start = kernel.Let("start", item % chunks * 16), end = kernel.Let("end", Value.Smaller((item % chunks * 16) + 16, columns));
            int width = context.Target.Lanes;
            bool whole = vector && (columns % 16 == 0 || (readable && others.Length == 0));
            kernel.For("column", start, end, whole ? width : 1, column =>
            {
                coordinates[last] = column;
                ValueKind pack = whole ? ValueKind.Vector : ValueKind.Real;
                Value.Variable sum = kernel.Let("sum", new Value.Literal(identity, pack));
                Nest(reduced, () => Accumulate(members[0], sum, 0, pack, null));
                Value value = whole && columns % 16 != 0
                    ? new Value.Apply(Operation.Select, [new Value.FirstLanes(columns - column), sum, new Value.Literal(0, ValueKind.Vector)], ValueKind.Vector)
                    : sum;
                kernel.Store(target, emitter.At(emitter.AccessOf(result, KeptIndices()).Position, coordinates), value);
            });
        });
        StoragePadding.Emit(kernel, range, target, outer * columns);
        return outer * chunks == 1 ? new Partition.Single(1) : new Partition.Items(outer * chunks);
    }

    // Everything else: one number after the other.
    private Partition Scalars(bool batch)
    {
        long count = kept.Aggregate(1L, (product, axis) => product * operand.Shape[axis].Value);
        int last = operand.Shape.Rank - 1;
        kernel.For("item", range.First, range.Last, 1, item =>
        {
            Decode(item, kept);
            kernel.Store(target, item, RowSum([.. reduced.Where(axis => axis != last)], last));
        });
        StoragePadding.Emit(kernel, range, target, count);
        return count < 64 ? new Partition.Single(count) : new Partition.Items(count);
    }

    // Several sizes known at run time only: each number is owned by a worker, whatever the axes.
    private Partition Symbolic()
    {
        Dimension count = kept.Aggregate(Dimension.One, (product, axis) => product * operand.Shape[axis]);
        kernel.Describe("several sizes are known at run time only: one number after the other");
        kernel.For("item", range.First, range.Last, 1, item =>
        {
            Decode(item, kept);
            kernel.Store(target, item, RowSum([.. reduced.Take(reduced.Length - 1)], reduced[reduced.Length - 1]));
        });
        if (count.IsConstant) StoragePadding.Emit(kernel, range, target, count.Value);
        return new Partition.Items(count);
    }

    // The sum along one axis, and along others around it.
    private Value RowSum(int[] outer, int last)
    {
        int width = context.Target.Lanes;
        bool byVector = vector && last == operand.Shape.Rank - 1;
        Value.Variable sums = kernel.Let("sums", new Value.Literal(identity, byVector ? ValueKind.Vector : ValueKind.Real));
        if (!byVector)
        {
            Nest([.. outer, last], () => Accumulate(members[0], sums, 0, ValueKind.Real, null));
            return sums;
        }

        Value size = emitter.Size(operand.Shape[last]);
        Value whole = size / width * width;
        Value.Variable tail = kernel.Let("tail", new Value.Literal(identity, ValueKind.Real));
        Nest(outer, () =>
        {
            kernel.For("i", 0, whole, width, i =>
            {
                coordinates[last] = i;
                Accumulate(members[0], sums, 0, ValueKind.Vector, null);
            });
            kernel.For("j", whole, size, 1, j =>
            {
                coordinates[last] = j;
                Accumulate(members[0], tail, 0, ValueKind.Real, null);
            });
        });
        return Combine(Across(sums), tail, ValueKind.Real);
    }

    private void Along(int axis, bool vectors, Action<ValueKind> body) =>
        kernel.For("column", 0, operand.Shape[axis].Value, vectors ? context.Target.Lanes : 1, column =>
    {
        coordinates[axis] = column;
        body(vectors ? ValueKind.Vector : ValueKind.Real);
    });

    private void Accumulate(Member member, Value.Variable sum, int lane, ValueKind pack, Value? lanesThatCount)
    {
        Value value = emitter.Evaluate(member.Operand, coordinates, lane, pack);
        if (lanesThatCount is not null)
            value = new Value.Apply(Operation.Select, [new Value.FirstLanes(lanesThatCount), value, new Value.Literal(identity, ValueKind.Vector)],
                ValueKind.Vector);
        kernel.Set(sum, Combine(sum, value, pack));
    }

    private Value Combine(Value left, Value right, ValueKind pack) => new Value.Apply(combine, [left, right], pack);

    private Value Across(Value value) => value.Kind == ValueKind.Vector ? new Value.Combine(combine, value) : value;

    private void Nest(IReadOnlyList<int> axes, Action body, int number = 0)
    {
        if (number == axes.Count)
        {
            body();
            return;
        }

        kernel.For("i" + axes[number].ToString(CultureInfo.InvariantCulture), 0, Count(axes[number]), 1, counter =>
        {
            coordinates[axes[number]] = counter;
            Nest(axes, body, number + 1);
        });
    }

    private Value Count(int axis) => lanes && axis == 1 && context.SideBySide == SideBySide.Channels
        ? Buffer.ChannelBlocksOf(operand.Shape) : emitter.Size(operand.Shape[axis]);

    private void Decode(Value item, IReadOnlyList<int> axes)
    {
        for (int position = 0; position < axes.Count; position++)
        {
            int axis = axes[position];
            Dimension stride = axes.Skip(position + 1).Aggregate(Dimension.One, (product, inner) => product * operand.Shape[inner]);
            coordinates[axis] = axes.Count == 1 ? item : kernel.Let("i" + axis.ToString(CultureInfo.InvariantCulture),
                item / emitter.Size(stride) % emitter.Size(operand.Shape[axis]));
        }
    }

    private EquatableArray<Affine> KeptIndices() => kept.Select(axis => Affine.Coordinate(axis, operand.Shape.Rank)).ToEquatableArray();

    /// <summary>One of the sums.</summary>
    /// <param name="Node">Its node.</param>
    /// <param name="Result">Where its value is in the end.</param>
    /// <param name="Written">What the kernel writes: the result, or each block's part of it.</param>
    /// <param name="Target">That in the kernel.</param>
    private sealed record Member(Node Node, Buffer Result, Buffer Written, Value.Variable Target)
    {
        public Node Operand => Node.Inputs[0];
    }
}
