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

    /// <summary>The first row of the worker's samples.</summary>
    public Value FirstRow(long rowsPerSample) => First * (emitter.BlockSamples * rowsPerSample);

    /// <summary>The row after the last, not beyond the batch.</summary>
    public Value LastRow(long rowsPerSample) =>
        Value.Smaller(Last * (emitter.BlockSamples * rowsPerSample), emitter.Size(Dimension.Symbol(Buffer.BatchSymbol)) * rowsPerSample);
}
