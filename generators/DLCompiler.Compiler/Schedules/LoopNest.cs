using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The schedule of fused elementwise work: loops over the result's elements, axes merged where memory allows, vectors along the last axis or across samples.
/// </summary>
public static class LoopNest
{
    /// <summary>Axes that are walked by one counter: from, to (inclusive), and how far it runs.</summary>
    public readonly record struct Group(int FirstAxis, int LastAxis, Dimension Extent);

    /// <summary>Emits a kernel that computes a node into a new buffer, in the layout that suits its operands.</summary>
    public static void EmitStored(SchedulingContext context, Node node)
    {
        Layout layout = context.IsBlocked(node) ? context.BlockedLayout
            : node.Shape.IsConstant && context.IsFlat(node) ? Layout.Panels
            : SchedulingContext.RowLayout(node);
        if (layout is not (Layout.RowMajor or Layout.PaddedRows))
        {
            Emit(context, node, context.Allocate(node, layout));
            return;
        }

        // Where rows have padding, what is part of a larger row is another kernel's: it has none.
        NestResult[] results = [.. StepNests.From(context, node).Select(member => ResultOf(context, member, layout))];
        bool isPadded = layout == Layout.PaddedRows && Buffer.PaddedRow(node.Shape[1].Value) > node.Shape[1].Value;
        foreach (IGrouping<bool, NestResult> kernel in results.GroupBy(result => isPadded && result.Indices is not null).OrderBy(kernel => kernel.Key))
            Emit(context, [.. kernel], copy: false);
    }

    private static NestResult ResultOf(SchedulingContext context, Node node, Layout layout) => Joining.PlaceOf(context, node)
        ?? new NestResult(node, context.TakeHome(node, layout) ?? context.Allocate(node, layout));

    /// <summary>Emits a kernel that copies a stored value, or computes an inlined one, into a given buffer: a new state.</summary>
    public static void EmitCopy(SchedulingContext context, Node node, Buffer destination)
    {
        Buffer source = context.InRows(node);
        KernelBuilder kernel = context.NewKernel(destination.Name);
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Flat, 0);
        Value.Variable from = emitter.Reference(source), to = emitter.Reference(destination, read: false);
        var range = new SampleRange(emitter);
        string title = $"{destination.Name} = {source.Name}";
        kernel.Describe(title);
        kernel.For("i", range.First * 16, range.Last * 16, context.Target.Lanes, i => kernel.Store(to, i, new Value.Load(from, i, context.Target.Pack)));
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], new Partition.Single((destination.StorageLength.Value + 15) / 16),
            emitter.Reads, [destination]));
    }

    /// <summary>Emits a kernel that copies a value into part of a larger buffer.</summary>
    public static void EmitPart(SchedulingContext context, Node part, Buffer destination, int axis, Dimension start) =>
        Emit(context, [NestResult.Part(part, destination, axis, start)], copy: true);

    /// <summary>Emits a kernel that copies a value into part of a larger buffer, which begins at a place of its own in each sample.</summary>
    /// <param name="starts">The places along the axis, [N].</param>
    public static void EmitPart(SchedulingContext context, Node part, Buffer destination, int axis, Buffer starts) =>
        Emit(context, [NestResult.Part(part, destination, axis, Dimension.Zero) with { Behind = (starts, destination.Strides[axis].Value) }], copy: true);

    /// <summary>Emits a kernel that fills a worker's samples (or, for a constant size, everything) with zeros.</summary>
    public static void EmitZero(SchedulingContext context, Buffer destination)
    {
        KernelBuilder kernel = context.NewKernel(destination.Name + "_zero");
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Flat, 0);
        Value.Variable to = emitter.Reference(destination, read: false);
        var range = new SampleRange(emitter);
        string title = $"{destination.Name} = 0";
        kernel.Describe(title);
        long perItem = destination.IsBatch ? destination.ElementsPerSample * destination.BlockSamples : 16;
        bool inVectors = perItem % context.Target.Lanes == 0;
        kernel.For("i", range.First * perItem, range.Last * perItem, inVectors ? context.Target.Lanes : 1,
            i => kernel.Store(to, i, new Value.Literal(0, inVectors ? context.Target.Pack : ValueKind.Real)));
        Partition partition = destination.IsBatch ? new Partition.Samples()
            : destination.Shape.IsConstant ? new Partition.Single((destination.StorageLength.Value + 15) / 16)
                : new Partition.Items(Buffer.Chunks(destination.Shape.ElementCount, context.BlockSamples));
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], partition, emitter.Reads, [destination]));
    }

    /// <summary>Emits a kernel that computes a node into a buffer.</summary>
    /// <param name="context">What the schedules share.</param>
    /// <param name="node">What to compute.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="copy">Whether the value is stored already, and is only copied.</param>
    public static void Emit(SchedulingContext context, Node node, Buffer destination, bool copy = false) =>
        Emit(context, [new NestResult(node, destination)], copy);

    // Values of one shape, of which later ones may be computed from earlier ones' same elements.
    private static void Emit(SchedulingContext context, IReadOnlyList<NestResult> results, bool copy)
    {
        (Node node, Buffer destination, _) = results[0];
        ElementMode mode = destination.Layout switch
        {
            Layout.Lanes => ElementMode.Lanes,
            Layout.Channels => ElementMode.Channels,
            Layout.Panels => ElementMode.Flat,
            _ => ElementMode.Rows,
        };
        bool blocked = mode is ElementMode.Lanes or ElementMode.Channels, flat = mode == ElementMode.Flat;
        int axes = flat ? 1 : node.Shape.Rank;
        KernelBuilder kernel = context.NewKernel(destination.Name);
        var emitter = new ElementEmitter(context, kernel, axes, mode, flat ? 0 : axes - 1);
        Access[] writes = [.. results.Select(result => emitter.AccessOf(result.Destination, result.At(axes)))];
        var accesses = new List<Access>();
        bool vectors = true;
        for (int index = 0; index < results.Count; index++)
        {
            // A copied value is loaded; any other is computed here.
            context.Root = copy ? null : results[index].Node;
            Node[] earlier = [.. results.Take(index).Select(result => result.Node)];
            accesses.AddRange(emitter.Accesses(results[index].Node, earlier));
            vectors &= axes > 0 && emitter.CanVectorize(results[index].Node, earlier);
        }

        context.Root = copy ? null : node;
        Dimension[] sizes = flat ? [destination.StorageLength] : [.. node.Shape.Dimensions];
        if (mode == ElementMode.Channels) sizes[1] = Buffer.ChannelBlocksOf(node.Shape);
        List<Group> groups = flat ? [new Group(0, 0, sizes[0])]
            : Merge(sizes, [.. accesses.Concat(writes).Select(access => access.Position), .. emitter.Counted], mode);

        bool vector = context.Target.Lanes > 1 && (mode != ElementMode.Rows || (axes > 0 && vectors && writes.All(write => IsUnit(write, axes - 1))
            && (!groups[groups.Count - 1].Extent.IsConstant || groups[groups.Count - 1].Extent.Value >= context.Target.Lanes
                || destination.Layout == Layout.PaddedRows)));
        string way = blocked ? context.BlockedWords : vector ? "vectors along the last axis" : "element by element";
        string what = string.Join("; ", results.Select(result => Describe(result.Node, context)));
        foreach (NestResult result in results) kernel.Describe($"{result.Destination.Name} {result.Node.Shape}: {Describe(result.Node, context)}; {way}");
        Value.Variable[] targets = [.. results.Select(result => emitter.Reference(result.Destination, read: false))];
        Partition partition = results.All(result => result.IsBySample(flat)) ? new Partition.Samples() : PartitionOf(groups, sizes, context.BlockSamples);
        var range = new SampleRange(emitter);
        if (results.Count == 1) emitter.HoistScalars(node);

        bool readableBeyond = accesses.All(access => access.Buffer.ReadableBeyond || !access.VariesByLane);
        var writer = new Writer(context, emitter, [.. results.Select((result, index) => (result, writes[index], targets[index]))], new Value[axes], vector,
            readableBeyond, copy);
        if (blocked) writer.Blocked(groups, range, sizes);
        else writer.Rows(groups, range, sizes, partition);
        foreach ((NestResult result, Value.Variable target) in results.Zip(targets, (result, target) => (result, target)))
            if (result.Destination.Shape.IsConstant && result.Destination.Layout == Layout.RowMajor && result.Indices is null
                && result.Destination.WritableBeyond)
                StoragePadding.Emit(kernel, range, target, node.Shape.ElementCount.Value);
        context.Root = null;
        context.Call(new ScheduledCall(what, kernel.Build(), [.. emitter.Arguments], partition, emitter.Reads,
            [.. results.Select(result => result.Destination)]));
    }

    /// <summary>Merges neighbouring axes that every operand walks as one.</summary>
    private static List<Group> Merge(IReadOnlyList<Dimension> sizes, IReadOnlyList<Affine> positions, ElementMode mode)
    {
        var groups = new List<Group>();
        for (int axis = 0; axis < sizes.Count; axis++)
        {
            Dimension size = axis == 0 && mode is ElementMode.Lanes or ElementMode.Channels ? Dimension.Symbol(Buffer.BlocksSymbol) : sizes[axis];
            if (groups.Count > 0 && positions.All(position => position.Coefficients[axis - 1] == position.Coefficients[axis] * sizes[axis]))
            {
                Group last = groups[groups.Count - 1];
                groups[groups.Count - 1] = new Group(last.FirstAxis, axis, last.Extent * size);
            }
            else
            {
                groups.Add(new Group(axis, axis, size));
            }
        }

        return groups;
    }

    /// <summary>The chain of operations that one kernel computes, for its comment.</summary>
    public static string Describe(Node node, SchedulingContext context)
    {
        var parts = new List<string>();
        Visit(node, true);
        return string.Join(" ← ", parts.Take(6)) + (parts.Count > 6 ? " ← …" : "");

        void Visit(Node current, bool root)
        {
            if (!root && !context.Fusion.IsInlined(current) && context.Fusion.EpilogueOf(current) is null) return;
            if (root && current.Operator is Constant constant) parts.Add(constant.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (current.Operator is not (Broadcast or Constant or Recompute))
                parts.Add(current.Operator is Map map ? $"{(current.Label is null ? "" : current.Label + ": ")}{map.Expression}"
                    : $"{(current.Label is null ? "" : current.Label + ": ")}{current.Operator.Name}");
            foreach (Node input in current.Inputs) Visit(input, false);
        }
    }

    private static bool IsUnit(Access access, int axis) => access.Position.Coefficients[axis] == Dimension.One;

    private static Partition PartitionOf(List<Group> groups, Dimension[] sizes, int blockSamples)
    {
        Dimension count = groups.Count == 0 ? Dimension.One : groups.Count == 1 ? Buffer.Chunks(groups[0].Extent, blockSamples) : groups[0].Extent;
        Dimension elements = sizes.Aggregate(Dimension.One, (product, size) => product * size);
        return elements.IsConstant && elements.Value < 4096 ? new Partition.Single(count) : new Partition.Items(count);
    }

    private sealed class Writer(
        SchedulingContext context, ElementEmitter emitter, IReadOnlyList<(NestResult Result, Access Write, Value.Variable Target)> parts, Value[] coordinates,
        bool vector, bool readableBeyond, bool copy)
    {
        private readonly KernelBuilder kernel = emitter.Kernel;

        // All parts have one shape and one layout.
        private readonly Buffer destination = parts[0].Result.Destination;

        private Value? behind;

        public void Blocked(List<Group> groups, SampleRange range, Dimension[] sizes)
        {
            Loop(0);
            if (destination.ZeroTail) TailClearing.Emit(emitter, destination, parts[0].Target, range);

            void Loop(int number)
            {
                if (number == groups.Count)
                {
                    for (int part = 0; part < context.Target.VectorsPerBlock; part++) Store(part * context.Target.Lanes, context.Target.Pack, null);
                    return;
                }

                Group group = groups[number];
                SetZero(group);
                // The blocks of a share are consecutive, so a group that starts with them covers a range.
                Value scale = ScaleAfterFirst(group, sizes);
                Value start = group.FirstAxis == 0 ? range.First * scale : 0, end = group.FirstAxis == 0 ? range.Last * scale : emitter.Size(group.Extent);
                kernel.For(CounterName(group), start, end, 1, counter =>
                {
                    coordinates[group.LastAxis] = counter;
                    Loop(number + 1);
                });
            }
        }

        public void Rows(List<Group> groups, SampleRange range, Dimension[] sizes, Partition partition)
        {
            if (groups.Count == 0)
            {
                Store(0, ValueKind.Real, null);
                return;
            }

            Loop(0);

            void Loop(int number)
            {
                Group group = groups[number];
                SetZero(group);
                Value start = 0, end = emitter.Size(group.Extent);
                if (number == 0)
                {
                    if (partition is Partition.Samples)
                    {
                        long rows = destination.RowsPerSample * (ScaleAfterFirst(group, sizes) is Value.Integer scale ? scale.Number : 1);
                        (start, end) = (range.FirstRow(rows), range.LastRow(rows));
                    }
                    else if (groups.Count == 1)
                    {
                        (start, end) = (range.First * 16, Value.Smaller(range.Last * 16, end));
                    }
                    else
                    {
                        (start, end) = (range.First, range.Last);
                    }
                }

                if (number < groups.Count - 1)
                {
                    kernel.For(CounterName(group), start, end, 1, counter =>
                    {
                        coordinates[group.LastAxis] = counter;
                        if (number == 0) behind = Behind(counter);
                        Loop(number + 1);
                    });
                    return;
                }

                // Where all is one run, a last vector may end beyond it; elsewhere the next row begins there, or another worker's share.
                bool ownsBeyond = partition is not Partition.Samples || destination.BlockSamples % context.Target.Lanes == 0;
                bool endsInVector = parts.All(part => part.Result.Destination.WritableBeyond && part.Result.Indices is null);
                Innermost(group, start, end, readableBeyond && endsInVector && groups.Count == 1 && ownsBeyond);
            }
        }

        private void Innermost(Group group, Value start, Value end, bool endsInVector)
        {
            int lanes = context.Target.Lanes;
            if (!vector)
            {
                Elements(start, end);
                PadRow(group, end, 1);
                return;
            }

            if (start is Value.Integer from && end is Value.Integer to)
            {
                long whole = (to.Number - from.Number) / lanes * lanes;
                kernel.For(CounterName(group), from, whole, lanes, counter => Vector(counter, null));
                if (whole == to.Number)
                {
                    PadRow(group, whole, lanes);
                    return;
                }

                if (readableBeyond && destination.Layout == Layout.PaddedRows) Vector(whole, to.Number - whole);
                else Elements(whole, end);
                if (destination.Layout == Layout.PaddedRows) PadRow(group, whole + (readableBeyond ? lanes : to.Number - whole), readableBeyond ? lanes : 1);
                return;
            }

            Value.Variable first = kernel.Let("start", start);
            Value.Variable last = kernel.Let("end", end);
            kernel.For(CounterName(group), first, last - (lanes - 1L), lanes, counter => Vector(counter, null));
            Value.Variable rest = kernel.Let("rest", last - ((last - first) % lanes));
            if (endsInVector) kernel.If(rest, "<", last, () => Vector(rest, last - rest));
            else Elements(rest, last);

            void Vector(Value position, Value? count)
            {
                coordinates[group.LastAxis] = position;
                Store(0, ValueKind.Vector, count);
            }

            void Elements(Value from, Value to) => kernel.For(CounterName(group), from, to, 1, counter =>
            {
                coordinates[group.LastAxis] = counter;
                Store(0, ValueKind.Real, null);
            });
        }

        // Padding columns stay zero whoever writes the row.
        private void PadRow(Group group, Value from, int step)
        {
            if (destination.Layout != Layout.PaddedRows) return;
            long columns = destination.Shape[1].Value, padded = Buffer.PaddedRow(columns);
            long begin = from is Value.Integer integer ? integer.Number : columns;
            for (long column = begin; column < padded; column += step)
            {
                coordinates[group.LastAxis] = column;
                foreach ((_, Access write, Value.Variable target) in parts)
                    kernel.Store(target, emitter.At(write.Position, coordinates), new Value.Literal(0, step == 1 ? ValueKind.Real : ValueKind.Vector));
            }
        }

        // How far this sample's elements are moved, where each has a number of its own.
        private Value? Behind(Value sample)
        {
            if (parts[0].Result.Behind is not { } moved) return null;
            return kernel.Let("behind", context.LoadIndex(moved.Numbers, emitter.Reference(moved.Numbers), sample) * moved.Elements);
        }

        private void Store(int lane, ValueKind pack, Value? count)
        {
            foreach ((NestResult result, _, _) in parts) emitter.Release(result.Node);
            for (int index = 0; index < parts.Count; index++)
            {
                (NestResult result, Access write, Value.Variable target) = parts[index];
                Value position = emitter.At(write.Position, coordinates) + (write.Buffer.Layout is Layout.Lanes or Layout.Channels ? lane : 0L);
                if (behind is not null) position += behind;
                emitter.RandomIndex = position;
                context.Root = copy ? null : result.Node;
                Value value = emitter.Evaluate(result.Node, coordinates, lane, pack);
                if (value.Kind == ValueKind.Mask)
                    value = new Value.Apply(Operation.Select, [value, new Value.Literal(1, pack), new Value.Literal(0, pack)], pack);
                if (index < parts.Count - 1 && value is not (Value.Variable or Value.Literal)) value = kernel.Let(result.Destination.Name + "_value", value);
                emitter.Bind(result.Node, value);
                if (count is not null)
                    value = new Value.Apply(Operation.Select, [new Value.FirstLanes(count), value, new Value.Literal(0, ValueKind.Vector)], ValueKind.Vector);
                kernel.Store(target, position, value);
            }

            foreach ((NestResult result, _, _) in parts) emitter.Release(result.Node);
        }

        private void SetZero(Group group)
        {
            for (int axis = group.FirstAxis; axis < group.LastAxis; axis++) coordinates[axis] = 0;
        }

        private Value ScaleAfterFirst(Group group, Dimension[] sizes)
        {
            Dimension scale = Dimension.One;
            for (int axis = group.FirstAxis + 1; axis <= group.LastAxis; axis++) scale *= sizes[axis];
            return emitter.Size(scale);
        }

        private static string CounterName(Group group) => group.FirstAxis == 0 && group.LastAxis == 0 ? "row" : "i";
    }
}
