using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>The schedules of table look-ups: rows by id, and the gradient, in which each worker owns columns, so that additions keep the order of the
/// samples.</summary>
public static class TableSchedule
{
    /// <summary>Emits the look-up.</summary>
    public static void EmitGather(SchedulingContext context, Node node)
    {
        if (!node.Inputs[0].Shape[1].IsConstant) throw new NotSchedulableException(node,
            "looks up rows whose size is known at run time only; give the table a constant size");
        Buffer table = context.InRows(node.Inputs[0]), ids = context.InLayout(node.Inputs[1], Layout.RowMajor);
        Buffer result = context.Allocate(node, SchedulingContext.RowLayout(node));
        KernelBuilder kernel = context.NewKernel(result.Name);
        var emitter = new ElementEmitter(context, kernel, node.Shape.Rank, ElementMode.Rows, -1);
        string title = $"{result.Name} {node.Shape} = rows of {table.Name} by {ids.Name}";
        kernel.Describe(title);
        // A table of activations has rows of all samples.
        Value.Variable rows = emitter.Reference(new Access(table, Affine.Fixed(Dimension.Zero, 0), false) { CrossesSamples = true }),
            id = emitter.Reference(ids), y = emitter.Reference(result, read: false);
        var range = new SampleRange(emitter);
        long width = node.Inputs[0].Shape[1].Value, tableStride = table.RowStride, stride = result.RowStride;
        (Value first, Value last, Partition partition) = range.Rows(ids, ids.Shape.ElementCount);
        int lanes = context.Target.Lanes;
        kernel.For("row", first, last, 1, row =>
        {
            Value.Variable from = kernel.Let("from", context.LoadIndex(ids, id, row) * tableStride);
            long whole = lanes > 1 ? width / lanes * lanes : 0;
            if (whole > 0) kernel.For("i", 0, whole, lanes, i => kernel.Store(y, (row * stride) + i, new Value.Load(rows, from + i, ValueKind.Vector)));
            kernel.For("j", whole, width, 1, j => kernel.Store(y, (row * stride) + j, new Value.Load(rows, from + j, ValueKind.Real)));
            if (stride > width) kernel.For("pad", width, stride, 1, pad => kernel.Store(y, (row * stride) + pad, new Value.Literal(0, ValueKind.Real)));
        });
        if (node.Shape.IsConstant) StoragePadding.Emit(kernel, range, y, node.Shape.ElementCount.Value);
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], partition, [.. emitter.Reads.Distinct()], [result]));
    }

    /// <summary>Emits the sums of rows by id.</summary>
    public static void EmitScatterAdd(SchedulingContext context, Node node)
    {
        if (!node.Shape.IsConstant) throw new NotSchedulableException(node,
            "adds up rows of a table whose size is known at run time only; give the table a constant size");
        Buffer ids = context.InLayout(node.Inputs[0], Layout.RowMajor), values = context.InRows(node.Inputs[1]);
        Buffer result = context.Allocate(node, Layout.RowMajor);
        KernelBuilder kernel = context.NewKernel(result.Name);
        var emitter = new ElementEmitter(context, kernel, 2, ElementMode.Rows, -1);
        string title = $"{result.Name} {node.Shape} = sums of the rows of {values.Name} by {ids.Name}";
        kernel.Describe(title);
        kernel.Describe("each worker owns columns and reads all rows");
        Value.Variable id = emitter.Reference(ids), from = emitter.Reference(values), to = emitter.Reference(result, read: false);
        var range = new SampleRange(emitter);
        long height = node.Shape[0].Value, width = node.Shape[1].Value, stride = values.RowStride;
        Value count = emitter.Size(ids.Shape.ElementCount);
        int lanes = context.Target.Lanes;
        kernel.For("item", range.First, range.Last, 1, item =>
        {
            Value.Variable start = kernel.Let("start", item * 16), end = kernel.Let("end", Value.Smaller((item * 16) + 16L, width));
            kernel.For("row", 0, height, 1, row => kernel.For("i", start, end, 1, i =>
                kernel.Store(to, (row * width) + i, new Value.Literal(0, ValueKind.Real))));
            kernel.For("sample", 0, count, 1, sample =>
            {
                Value.Variable target = kernel.Let("target", context.LoadIndex(ids, id, sample) * width);
                void Add(Value i, ValueKind pack) => kernel.Store(to, target + i,
                    new Value.Apply(Operation.Add, [new Value.Load(to, target + i, pack), new Value.Load(from, (sample * stride) + i, pack)], pack));
                if (lanes > 1 && width % 16 == 0) kernel.For("i", start, end, lanes, i => Add(i, ValueKind.Vector));
                else kernel.For("i", start, end, 1, i => Add(i, ValueKind.Real));
            });
        });
        StoragePadding.Emit(kernel, range, to, height * width);
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], new Partition.Items((width + 15) / 16),
            [.. emitter.Reads.Select(read => read with { OwnSamples = false }).Distinct()], [result]));
    }
}
