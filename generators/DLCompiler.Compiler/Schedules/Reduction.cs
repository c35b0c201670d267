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
/// on shapes only.
/// </summary>
public sealed class Reduction
{
    // Elements of a block that pay for summing its lanes.
    private const long FewestPixelsByBlock = 16;

    private readonly SchedulingContext context;
    private readonly Node operand;
    private readonly Buffer result;
    private readonly KernelBuilder kernel;
    private readonly ElementEmitter emitter;
    private readonly SampleRange range;
    private readonly Value.Variable target;
    private readonly Value[] coordinates;
    private readonly int[] kept;
    private readonly int[] reduced;
    private readonly Operation combine;
    private readonly double identity;
    private readonly bool vector;
    private readonly bool isRegular;
    private readonly bool lanes;
    private readonly Node node;

    // Each block's sums, where they are added up afterwards.
    private readonly Buffer? blockSums;

    private Reduction(SchedulingContext context, Node node, bool lanes)
    {
        this.context = context;
        this.lanes = lanes;
        this.node = node;
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
        result = context.Allocate(node, lanesKept && node.Shape.Rank > 1 ? context.BlockedLayout : Layout.RowMajor);
        if (lanes && !lanesKept && node.Shape.IsConstant && context.Decisions.Choose(result.Name, "sums", Pixels() >= FewestPixelsByBlock,
            $"{ChoiceText.Integer(Pixels())} elements a sample for each; {ChoiceText.Integer(FewestPixelsByBlock)} pay for summing the lanes of each block",
            text => ChoiceText.Word(text, "blocks", "results"), blocks => blocks ? "blocks" : "results"))
            blockSums = BlockSums.Allocate(context, node, result);
        kernel = context.NewKernel((blockSums ?? result).Name);
        emitter = new ElementEmitter(context, kernel, rank, lanes ? context.BlockedMode : ElementMode.Rows, rank - 1);
        context.Root = node;
        vector = context.Target.Lanes > 1 && (lanes || (rank > 0 && emitter.CanVectorize(operand)));
        isRegular = operand.Shape.IsConstant || Buffer.IsBatchShape(operand.Shape);
        Title = string.Format(CultureInfo.InvariantCulture, "{0} {1} = {2} over axes {3} of {4} {5}", result.Name, node.Shape, reduce.Kind,
            string.Join(", ", reduced), LoopNest.Describe(operand, context), operand.Shape);
        kernel.Describe(Title);
        target = emitter.Reference(blockSums ?? result, read: false);
        range = new SampleRange(emitter);
        emitter.HoistScalars(operand);
        coordinates = new Value[rank];
    }

    private string Title { get; }

    /// <summary>Emits the reduction.</summary>
    public static void Emit(SchedulingContext context, Node node)
    {
        bool lanes = context.IsBlocked(node.Inputs[0]) && KeepsLanes(context, (Reduce)node.Operator);
        var reduction = new Reduction(context, node, lanes);
        Partition partition = reduction.Write();
        context.Root = null;
        bool own = partition is Partition.Samples;
        context.Call(new ScheduledCall(reduction.Title, reduction.kernel.Build(), [.. reduction.emitter.Arguments], partition,
            [.. reduction.emitter.Reads.Select(read => read with { OwnSamples = own && read.OwnSamples }).Distinct()], [reduction.blockSums ?? reduction.result])
        {
            Soon = reduction.blockSums is not null,
        });
        if (reduction.blockSums is not null)
            BlockSums.Emit(context, node, reduction.blockSums, reduction.result, reduction.combine, reduction.identity);
    }

    private long Pixels() => reduced.Where(axis => axis != 0).Aggregate(1L, (product, axis) => product * operand.Shape[axis].Value);

    // Lanes of samples are summed at the end; channels are only reduced one by one.
    private static bool KeepsLanes(SchedulingContext context, Reduce reduce) =>
        context.SideBySide == SideBySide.Samples || !(reduce.Axes.Contains(0) || reduce.Axes.Contains(1));

    private Partition Write()
    {
        bool batch = operand.Shape.Rank > 0 && !operand.Shape[0].IsConstant;
        if (blockSums is not null) return BlockByBlock();
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
                    Value.Variable sum = kernel.Let("sum", new Value.Literal(identity, context.Target.Pack));
                    Nest(reduced, () => Accumulate(sum, lane, context.Target.Pack, null));
                    Value position = result.Layout == context.BlockedLayout
                        ? emitter.At(emitter.AccessOf(result, KeptIndices()).Position, coordinates) + lane
                        : (block * Target.BlockSamples) + lane;
                    kernel.Store(target, position, sum);
                }
            });
        });
        if (result.ZeroTail && result.Layout == Layout.Lanes) TailClearing.Emit(emitter, result, target, range);
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
            List<Value.Variable> sums = LaneSums();
            kernel.For("block", 0, batch / Target.BlockSamples, 1, block => AddBlock(sums, block, null));
            Value rest = batch % Target.BlockSamples;
            kernel.If(rest, "!=", 0, () => AddBlock(sums, kernel.Let("lastBlock", batch / Target.BlockSamples), kernel.Let("rest", rest)));
            kernel.Store(target, item, AcrossLanes(sums));
        });
        StoragePadding.Emit(kernel, range, target, count);
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
            BlockSums.Pad(kernel, node, target, block);
        });
        return new Partition.Samples();

        void Channels(Value block, Value? samples) => kernel.For("item", 0, count, 1, item =>
        {
            Decode(item, kept);
            List<Value.Variable> sums = LaneSums();
            AddBlock(sums, block, samples);
            kernel.Store(target, (block * BlockSums.Length(node)) + item, AcrossLanes(sums));
        });
    }

    private List<Value.Variable> LaneSums() => [.. Enumerable.Range(0, context.Target.VectorsPerBlock)
        .Select(_ => kernel.Let("sum", new Value.Literal(identity, context.Target.Pack)))];

    private void AddBlock(List<Value.Variable> sums, Value block, Value? samples)
    {
        coordinates[0] = block;
        Nest([.. reduced.Where(axis => axis != 0)], () =>
        {
            for (int part = 0; part < sums.Count; part++)
            {
                int lane = part * context.Target.Lanes;
                if (samples is null || context.Target.Lanes > 1) Accumulate(sums[part], lane, context.Target.Pack, samples is null ? null
                    : samples - (long)lane);
                else kernel.If(lane, "<", samples, () => Accumulate(sums[part], lane, ValueKind.Real, null));
            }
        });
    }

    private Value AcrossLanes(List<Value.Variable> sums)
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
                    Nest(reduced, () => Accumulate(sum, 0, pack, null));
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
                Nest(reduced, () => Accumulate(sum, 0, pack, null));
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
            Nest([.. outer, last], () => Accumulate(sums, 0, ValueKind.Real, null));
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
                Accumulate(sums, 0, ValueKind.Vector, null);
            });
            kernel.For("j", whole, size, 1, j =>
            {
                coordinates[last] = j;
                Accumulate(tail, 0, ValueKind.Real, null);
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

    private void Accumulate(Value.Variable sum, int lane, ValueKind pack, Value? lanesThatCount)
    {
        Value value = emitter.Evaluate(operand, coordinates, lane, pack);
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
}
