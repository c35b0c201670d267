using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>The share of a worker in a call that is split by samples or by items: the parameters every kernel ends with.</summary>
public sealed class SampleRange
{
    private readonly ElementEmitter emitter;

    /// <summary>Gives a kernel the two parameters: they become its last.</summary>
    public SampleRange(ElementEmitter emitter)
    {
        this.emitter = emitter;
        (First, Last) = emitter.Kernel.Share();
    }

    /// <summary>The first block or item.</summary>
    public Value.Variable First { get; }

    /// <summary>The one after the last.</summary>
    public Value.Variable Last { get; }

    /// <summary>The worker's rows of a buffer, and how they are shared: with its samples, or one by one where samples don't have a fixed number of them.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="rows">All rows.</param>
    public (Value First, Value Last, Partition Partition) Rows(Buffer buffer, Dimension rows)
    {
        if (!buffer.IsBatch || !rows.TryDivide(Dimension.Symbol(Buffer.BatchSymbol), out Dimension ofSample)) return (First, Last, new Partition.Items(rows));
        return (FirstRow(ofSample.Value), LastRow(ofSample.Value), new Partition.Samples());
    }

    /// <summary>The first row of the worker's samples.</summary>
    public Value FirstRow(long rowsPerSample) => First * (emitter.BlockSamples * rowsPerSample);

    /// <summary>The row after the last, not beyond the batch.</summary>
    public Value LastRow(long rowsPerSample) =>
        Value.Smaller(Last * (emitter.BlockSamples * rowsPerSample), emitter.Size(Dimension.Symbol(Buffer.BatchSymbol)) * rowsPerSample);
}
