using System.ComponentModel;

namespace DLCompiler.Runtime;

/// <summary>Work that a <see cref="WorkerPool"/> runs on all its workers at once. Kept and reused by its owner: running it allocates nothing.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WorkerJob
{
    /// <summary>Called on the caller's thread before the workers start, with their number: the pool's, or 1 where the pool is busy or closed.</summary>
    protected internal abstract void Prepare(int workers);

    /// <summary>A worker's share; <paramref name="worker"/> counts from 0, which is the caller's thread.</summary>
    protected internal abstract void Execute(int worker);

    /// <summary>Called on a worker's thread after its <see cref="Execute"/> threw: releases workers that wait for it.</summary>
    protected internal virtual void Abort()
    {
    }
}
