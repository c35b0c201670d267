using System.ComponentModel;

namespace DLCompiler.Runtime;

/// <summary>One compiled function at one instruction-set level: prediction or a training step. Stateless; emitted code derives from it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CompiledFunction
{
    /// <summary>Bytes of the arena shared by all workers, for <paramref name="batch"/> samples.</summary>
    public abstract long ArenaBytes(int batch);

    /// <summary>Bytes of scratch that each worker needs, for <paramref name="batch"/> samples.</summary>
    public abstract long ScratchBytes(int batch);

    /// <summary>Runs the worker's share of the function: one SPMD program; every worker calls it with its own index.</summary>
    public abstract void Run(StepFrame frame, int worker);
}
