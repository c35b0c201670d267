using System.ComponentModel;

namespace DLCompiler.Runtime;

/// <summary>One compiled function at one instruction-set level: prediction or a training step. Stateless; emitted code derives from it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CompiledFunction
{
    /// <summary>
    /// Bytes of what <see cref="Prepare"/> computes from parameters and states alone, once for all runs until these change: packed weights, folded batch norms.
    /// 0 for a training step, which changes what they would be computed from.
    /// </summary>
    public virtual long PreparedBytes => 0;

    /// <summary>A form of the same function that is quicker for few samples; null where there is none. It is asked for once, and its own is not.</summary>
    public virtual CompiledFunction? ForFewSamples => null;

    /// <summary>Whether <see cref="ForFewSamples"/> is quicker than this for <paramref name="batch"/> samples.</summary>
    public virtual bool PrefersFewSamples(int batch) => false;

    /// <summary>Bytes of the arena shared by all workers, for <paramref name="batch"/> samples.</summary>
    public abstract long ArenaBytes(int batch);

    /// <summary>Bytes of scratch that each worker needs, for <paramref name="batch"/> samples.</summary>
    public abstract long ScratchBytes(int batch);

    /// <summary>
    /// Multiply-adds, or what takes as long, of a run on <paramref name="batch"/> samples, roughly: runs with little to do take fewer workers than they may.
    /// </summary>
    public virtual long Work(int batch) => long.MaxValue;

    /// <summary>
    /// Computes the values that all runs share, on one thread: reads parameters and states, writes <see cref="StepFrame.Prepared{T}"/>. The frame has no
    /// inputs, outputs, arena or scratch.
    /// </summary>
    public virtual void Prepare(StepFrame frame)
    {
    }

    /// <summary>Runs the worker's share of the function: one SPMD program; every worker calls it with its own index.</summary>
    public abstract void Run(StepFrame frame, int worker);
}
