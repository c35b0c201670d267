using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// Sums (or extrema) over samples in two steps: each block's by the worker that has the block, while what is summed is in the cache, then over the blocks in
/// their order, which depends on the batch alone. What is summed need not be kept for a whole batch.
/// </summary>
public static class BlockSums
{
    /// <summary>Makes the buffer for the blocks' sums of a value of constant size.</summary>
    public static Buffer Allocate(SchedulingContext context, Node node, Buffer result) => context.NewBuffer(context.Unique(result.Name + "_by_block"),
        node.Type.Element, new Shape(Dimension.Symbol(Buffer.BatchSymbol), Length(node) / Target.BlockSamples), Layout.RowMajor);

    /// <summary>Elements from one block's sums to the next's.</summary>
    public static long Length(Node node) => Buffer.PaddedRow(node.Shape.ElementCount.Value);

    /// <summary>Emits the second step.</summary>
    public static void Emit(SchedulingContext context, Node node, Buffer parts, Buffer result, Operation combine, double identity)
    {
        KernelBuilder kernel = context.NewKernel(result.Name);
        string title = $"{result.Name} {node.Shape} = {parts.Name} over the blocks of samples";
        kernel.Describe(title);
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Flat, 0);
        Value.Variable from = emitter.Reference(parts), to = emitter.Reference(result, read: false);
        Value batch = emitter.Size(Dimension.Symbol(Buffer.BatchSymbol));
        var range = new SampleRange(emitter);
        ValueKind pack = context.Target.Pack;
        Value.Variable blocks = kernel.Let("blocks", (batch + 15L) / 16);
        kernel.For("i", range.First * 16, range.Last * 16, context.Target.Lanes, i =>
        {
            Value.Variable sum = kernel.Let("sum", new Value.Literal(identity, pack));
            kernel.For("block", 0, blocks, 1, block =>
                kernel.Set(sum, new Value.Apply(combine, [sum, new Value.Load(from, (block * Length(node)) + i, pack)], pack)));
            kernel.Store(to, i, sum);
        });
        long chunks = Length(node) / 16;
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], chunks < 64 ? new Partition.Single(chunks) : new Partition.Items(chunks),
            [.. emitter.Reads.Select(read => read with { OwnSamples = false }).Distinct()], [result]));
    }

    /// <summary>Zeroes what lies behind a block's sums: the second step reads whole vectors.</summary>
    public static void Pad(KernelBuilder kernel, Node node, Value reference, Value block) =>
        kernel.For("pad", node.Shape.ElementCount.Value, Length(node), 1, pad =>
            kernel.Store(reference, (block * Length(node)) + pad, new Value.Literal(0, ValueKind.Real)));
}
