using System;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The schedules of operators that go along the lines of one axis, [lines, size, inner]: recurrences, elements by number and their sums, orders. A line is
/// owned by one worker, so that sums have the order of the line.
/// </summary>
public sealed class LineSchedule
{
    private readonly SchedulingContext context;
    private readonly Node node;
    private readonly int axis;
    private readonly long inner;
    private readonly Buffer[] operands;
    private readonly Buffer result;
    private readonly KernelBuilder kernel;
    private readonly ElementEmitter emitter;

    private LineSchedule(SchedulingContext context, Node node, int axis)
    {
        (this.context, this.node, this.axis) = (context, node, axis);
        Dimension after = new Shape(node.Shape.Skip(axis + 1)).ElementCount;
        inner = after.IsConstant ? after.Value
            : throw new NotSchedulableException(node, "has a size after its axis that is known at run time only; move the batch to the front by Transpose");
        operands = [.. node.Inputs.Select(input => context.InLayout(input, Layout.RowMajor))];
        result = context.Allocate(node, Layout.RowMajor);
        kernel = context.NewKernel(result.Name);
        emitter = new ElementEmitter(context, kernel, 1, ElementMode.Rows, -1);
    }

    /// <summary>Emits the operator.</summary>
    public static void Emit(SchedulingContext context, Node node)
    {
        switch (node.Operator)
        {
            case Recurrence recurrence:
                new LineSchedule(context, node, recurrence.Axis).Recur(recurrence.Reverse);
                break;
            case TakeAlong take:
                new LineSchedule(context, node, take.Axis).Take();
                break;
            case AddAlong add:
                new LineSchedule(context, node, add.Axis).Add();
                break;
            case ArgSort sort:
                new LineSchedule(context, node, sort.Axis).Sort(sort);
                break;
        }
    }

    private long SizeOf(int input) => node.Inputs[input].Shape[axis].Value;

    private void Recur(bool reverse)
    {
        long size = SizeOf(0);
        Value.Variable b = emitter.Reference(operands[0]), y = emitter.Reference(result, read: false);
        Value.Variable? a = operands.Length > 1 ? emitter.Reference(operands[1]) : null;
        Lines("one element after the other", line => Inner(context.Target.Lanes, (i, pack) =>
        {
            // Element t of the walk, wherever it starts.
            Value At(Value t) => (line * (size * inner)) + ((reverse ? (size - 1) - t : t) * inner) + i;
            Value.Variable sum = kernel.Let("sum", new Value.Load(b, At(0), pack));
            kernel.Store(y, At(0), sum);
            kernel.For("t", 1, size, 1, t =>
            {
                Value.Variable at = kernel.Let("at", At(t));
                Value next = new Value.Load(b, at, pack);
                kernel.Set(sum, a is null
                    ? new Value.Apply(Operation.Add, [sum, next], pack)
                    : new Value.Apply(Operation.MultiplyAdd, [sum, new Value.Load(a, at, pack), next], pack));
                kernel.Store(y, at, sum);
            });
        }));
    }

    private void Take()
    {
        long size = SizeOf(0), count = SizeOf(1);
        Value.Variable x = emitter.Reference(operands[0]), ids = emitter.Reference(operands[1]), y = emitter.Reference(result, read: false);
        Lines("elements by number", line => ByNumber(ids, 1, line, count, size, (id, k, i, pack) => kernel.Store(
            y, (line * (count * inner)) + (k * inner) + i, new Value.Load(x, (line * (size * inner)) + (id * inner) + i, pack))));
    }

    private void Add()
    {
        long size = node.Shape[axis].Value, count = SizeOf(0);
        Value.Variable ids = emitter.Reference(operands[0]), values = emitter.Reference(operands[1]), y = emitter.Reference(result, read: false);
        Lines("sums of elements by number", line =>
        {
            kernel.For("zero", line * (size * inner), (line + 1) * (size * inner), 1, at => kernel.Store(y, at, new Value.Literal(0, ValueKind.Real)));
            ByNumber(ids, 0, line, count, size, (id, k, i, pack) =>
            {
                Value.Variable at = kernel.Let("at", (line * (size * inner)) + (id * inner) + i);
                Value value = new Value.Load(values, (line * (count * inner)) + (k * inner) + i, pack);
                kernel.Store(y, at, new Value.Apply(Operation.Add, [new Value.Load(y, at, pack), value], pack));
            });
        });
    }

    private void Sort(ArgSort sort)
    {
        long size = SizeOf(0);
        Value.Variable x = emitter.Reference(operands[0]), y = emitter.Reference(result, read: false);
        Lines("positions in order", line => kernel.For("i", 0, inner, 1, i => kernel.Add(new KernelStatement.Primitive(
            $"LineOrder.{(sort.Descending ? "Descending" : "Ascending")}",
            [new Value.Shifted(x, (line * (size * inner)) + i), size, new Value.Shifted(y, (line * (sort.Count * inner)) + i), sort.Count, inner]))));
    }

    // Calls the body with each number of a line: whole vectors of the inner axes where they share the numbers.
    private void ByNumber(Value ids, int input, Value line, long count, long size, Action<Value, Value, Value, ValueKind> body)
    {
        Shape shape = node.Inputs[input].Shape;
        bool shared = shape.Take(axis).All(one => one == Dimension.One), rows = shape.Skip(axis + 1).All(one => one == Dimension.One);
        Value start = shared ? 0 : line * (count * (rows ? 1 : inner));

        // A wrong number must not reach beyond the line's memory.
        Value Id(Value at) => kernel.Let("id", Value.Larger(0, Value.Smaller(context.LoadIndex(operands[input], ids, at), size - 1)));
        kernel.For("k", 0, count, 1, k =>
        {
            if (rows)
            {
                Value id = Id(start + k);
                Inner(context.Target.Lanes, (i, pack) => body(id, k, i, pack));
            }
            else
            {
                Inner(1, (i, pack) => body(Id(start + (k * inner) + i), k, i, pack));
            }
        });
    }

    private void Inner(int lanes, Action<Value, ValueKind> body)
    {
        long whole = lanes > 1 ? inner / lanes * lanes : 0;
        if (whole > 0) kernel.For("i", 0, whole, lanes, i => body(i, ValueKind.Vector));
        kernel.For("j", whole, inner, 1, j => body(j, ValueKind.Real));
    }

    private void Lines(string what, Action<Value> body)
    {
        string title = string.Format(
            CultureInfo.InvariantCulture, "{0} {1} = {2} of {3}: {4} along axis {5}", result.Name, node.Shape, node.Operator.Name,
            string.Join(", ", operands.Select(operand => operand.Name)), what, axis);
        kernel.Describe(title);
        var range = new SampleRange(emitter);
        Dimension lines = new Shape(node.Shape.Take(axis)).ElementCount;
        Partition partition;
        if (axis > 0 && result.IsBatch)
        {
            partition = new Partition.Samples();
            long perSample = result.RowsPerSample * new Shape(node.Shape.Take(axis).Skip(1)).ElementCount.Value;
            kernel.For("line", range.FirstRow(perSample), range.LastRow(perSample), 1, body);
        }
        else
        {
            partition = lines is { IsConstant: true, Value: < 16 } ? new Partition.Single(lines) : new Partition.Items(lines);
            kernel.For("line", range.First, range.Last, 1, body);
        }

        if (node.Shape.IsConstant) StoragePadding.Emit(kernel, range, Reference(), node.Shape.ElementCount.Value);
        bool own = partition is Partition.Samples;
        context.Call(new ScheduledCall(
            title, kernel.Build(), [.. emitter.Arguments], partition,
            [.. emitter.Reads.Select(read => read with { OwnSamples = own && read.OwnSamples }).Distinct()], [result]));
    }

    private Value.Variable Reference() => emitter.Reference(result, read: false);
}
