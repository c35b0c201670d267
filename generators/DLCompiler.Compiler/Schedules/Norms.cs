using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// Lengths of parameters and gradients, for updates that depend on them. Each is a sum of squares in two steps: parts of a fixed size, each one worker's; then the
/// parts in their order, by one worker. What lies in the padding is zero.
/// </summary>
public static class Norms
{
    // A part is a few microseconds of work; so many elements that a large parameter has parts for all workers.
    private const long PartElements = 4096;

    /// <summary>The sums of squares of a buffer's parts.</summary>
    /// <param name="context">The function.</param>
    /// <param name="buffer">A parameter, or what is laid out as one.</param>
    /// <param name="what">What it is, in words.</param>
    public static Buffer Parts(SchedulingContext context, Buffer buffer, string what)
    {
        long length = (buffer.StorageLength.Value + 15) / 16 * 16, parts = (length + PartElements - 1) / PartElements;
        Buffer sums = Scalars(context, buffer.Name + "_squares", parts);
        KernelBuilder kernel = context.NewKernel(sums.Name);
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Flat, 0);
        Value.Variable from = emitter.Reference(buffer), to = emitter.Reference(sums, read: false);
        var range = new SampleRange(emitter);
        string title = $"{sums.Name}: sums of squares of {what}, {PartElements} elements each";
        kernel.Describe(title);
        kernel.For("part", range.First, range.Last, 1, part =>
        {
            Value.Variable sum = kernel.Let("sum", new Value.Literal(0, context.Target.Pack));
            kernel.For("i", part * PartElements, Value.Smaller((part * PartElements) + PartElements, length), context.Target.Lanes, i =>
            {
                Value.Variable x = kernel.Let("x", new Value.Load(from, i, context.Target.Pack));
                kernel.Set(sum, Apply(Operation.MultiplyAdd, context.Target.Pack, x, x, sum));
            });
            kernel.Store(to, part, context.Target.Pack == ValueKind.Vector ? new Value.Combine(Operation.Add, sum) : sum);
        });
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments],
            parts == 1 ? new Partition.Single(parts) : new Partition.Items(parts), emitter.Reads, [sums])
        { OnUpdate = true });
        return sums;
    }

    /// <summary>Adds the parts of a buffer to a sum.</summary>
    /// <param name="context">The function.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="total">What has the sum.</param>
    /// <param name="isFirst">Whether the sum begins here.</param>
    public static void Add(SchedulingContext context, Buffer parts, Buffer total, bool isFirst)
    {
        KernelBuilder kernel = context.NewKernel(parts.Name + "_sum");
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Flat, 0);
        Value.Variable from = emitter.Reference(parts), to = emitter.Reference(total, read: !isFirst);
        var range = new SampleRange(emitter);
        string title = $"{total.Name}: {(isFirst ? "" : "+ ")}all of {parts.Name}, in their order";
        kernel.Describe(title);
        Value.Variable sum = kernel.Let("sum", isFirst ? new Value.Literal(0, ValueKind.Real) : new Value.Load(to, 0, ValueKind.Real));
        kernel.For("part", range.First, range.Last, 1, part =>
            kernel.Set(sum, Apply(Operation.Add, ValueKind.Real, sum, new Value.Load(from, part, ValueKind.Real))));
        kernel.Store(to, 0, sum);
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], new Partition.Single(parts.Shape[0]), emitter.Reads, [total])
        { OnUpdate = true });
    }

    /// <summary>A number computed from sums.</summary>
    /// <param name="context">The function.</param>
    /// <param name="name">What it is.</param>
    /// <param name="expression">Its formula; the inputs are the sums.</param>
    /// <param name="sums">The sums.</param>
    public static Buffer Number(SchedulingContext context, string name, ScalarExpression expression, params Buffer[] sums)
    {
        Buffer number = Scalars(context, name, 1);
        KernelBuilder kernel = context.NewKernel(number.Name);
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Flat, 0);
        List<Value> inputs = [.. sums.Select(sum => (Value)new Value.Load(emitter.Reference(sum), 0, ValueKind.Real))];
        Value.Variable to = emitter.Reference(number, read: false);
        _ = new SampleRange(emitter);
        string title = $"{number.Name} = {expression}";
        kernel.Describe(title);
        kernel.Store(to, 0, new ScalarTranslation(emitter, index => inputs[index], ValueKind.Real).Translate(expression));
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], new Partition.Single(1), emitter.Reads, [number]) { OnUpdate = true });
        return number;
    }

    /// <summary>Room for sums.</summary>
    public static Buffer Scalars(SchedulingContext context, string name, long count) =>
        context.NewBuffer(context.Unique(name), context.Target.Element, new Shape(count), Layout.RowMajor);

    private static Value Apply(Operation operation, ValueKind kind, params Value[] operands) => new Value.Apply(operation, operands.ToEquatableArray(), kind);
}
