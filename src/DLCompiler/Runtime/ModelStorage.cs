using System;
using System.Collections.Generic;
using System.Threading;

namespace DLCompiler.Runtime;

/// <summary>
/// What a model and the models nested in it share: native memory, the count of steps, the exclusive right to train, the worker pools. The memory outlives
/// disposal
/// until the last call that uses it has returned.
/// </summary>
internal sealed class ModelStorage : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<NativeBlock> blocks = [];
    private readonly string modelName;
    private int users;
    private int training;
    private long version;
    private volatile bool disposed;
    private int threads = WorkerPool.DefaultThreads;
    private int predictThreads = 1;
    private WorkerPool? stepPool;
    private WorkerPool? predictPool;

    public ModelStorage(CompiledModel model)
    {
        modelName = model.Name;
        Parameters = Allocate(model.ParameterBlockLength * sizeof(float));
        States = Allocate(model.StateBlockLength * sizeof(float));
    }

    /// <summary>Guards everything here, and the stacks of idle contexts; held for nanoseconds.</summary>
    public Lock Gate => gate;

    /// <summary>
    /// Held while a step changes parameters, and by whoever copies them out or in, so that none sees or leaves them half changed: saving while <c>Fit</c> runs
    /// on another thread waits for the end of a step. Predictions don't take it.
    /// </summary>
    public Lock ChangeGate { get; } = new();

    public NativeBlock Parameters { get; }

    public NativeBlock States { get; }

    /// <summary>Whether <see cref="Dispose"/> was called; the memory may live on for calls that run.</summary>
    public bool IsDisposed => disposed;

    /// <summary>The model's name, for messages.</summary>
    public string ModelName => modelName;

    /// <summary>
    /// Another number after each change of parameters or states, of the model or of one nested in it; numbers grow. What is computed from parameters is up to
    /// date if it was begun at the present version.
    /// </summary>
    public long Version => Volatile.Read(ref version);

    /// <summary>Steps taken, of all functions of the model and the models nested in it: the random streams' iteration.</summary>
    public long Iteration { get; set; }

    /// <summary>Workers of a training step.</summary>
    public int Threads
    {
        get => threads;
        set
        {
            ThreadCount.Check(value, nameof(Threads));
            lock (gate)
            {
                threads = value;
                ReleasePool(ref stepPool);
            }
        }
    }

    /// <summary>Workers of a prediction.</summary>
    public int PredictThreads
    {
        get => predictThreads;
        set
        {
            ThreadCount.Check(value, nameof(PredictThreads));
            lock (gate)
            {
                predictThreads = value;
                ReleasePool(ref predictPool);
            }
        }
    }

    /// <summary>The pool for steps; null where one thread does them.</summary>
    public WorkerPool? StepPool => Pool(ref stepPool, ref threads);

    /// <summary>The pool for predictions; null where one thread does them.</summary>
    public WorkerPool? PredictPool => Pool(ref predictPool, ref predictThreads);

    /// <summary>Called after parameters or states were written, before <see cref="ChangeGate"/> is left.</summary>
    public void MarkChanged() => Interlocked.Increment(ref version);

    /// <summary>Native memory that lives as long as the model; <see cref="Free"/> ends it earlier.</summary>
    public NativeBlock Allocate(long bytes)
    {
        var block = new NativeBlock(bytes);
        lock (gate) blocks.Add(block);
        return block;
    }

    public void Free(NativeBlock block)
    {
        lock (gate) blocks.Remove(block);
        block.Dispose();
    }

    /// <summary>Announces a use of the memory; end it with <see cref="Leave"/>.</summary>
    public void Enter()
    {
        lock (gate) EnterLocked();
    }

    public void Leave()
    {
        lock (gate) LeaveLocked();
    }

    /// <summary><see cref="Enter"/>, for callers that hold <see cref="Gate"/> and have more to do under it.</summary>
    public void EnterLocked()
    {
        if (disposed) throw DisposedModel.Exception(modelName);
        users++;
    }

    /// <summary><see cref="Leave"/>, for callers that hold <see cref="Gate"/>.</summary>
    public void LeaveLocked()
    {
        if (--users == 0 && disposed) FreeAll();
    }

    /// <summary>Takes the exclusive right to train; give it back with <see cref="EndTraining"/>.</summary>
    public void BeginTraining()
    {
        if (!TryBeginTraining())
        {
            throw new InvalidOperationException(
                $"A training step or Fit of '{modelName}' is running already. Steps change the parameters in place, so only one may run at a time: " +
                "call them one after the other, or give each thread a model of its own.");
        }
    }

    /// <summary><see cref="BeginTraining"/>, for callers with a message of their own.</summary>
    public bool TryBeginTraining() => Interlocked.CompareExchange(ref training, 1, 0) == 0;

    public void EndTraining() => Volatile.Write(ref training, 0);

    public void Dispose()
    {
        lock (gate)
        {
            if (disposed) return;
            disposed = true;
            ReleasePool(ref stepPool);
            ReleasePool(ref predictPool);
            if (users == 0) FreeAll();
        }
    }

    private void FreeAll()
    {
        foreach (var block in blocks) block.Dispose();
        blocks.Clear();
    }

    private WorkerPool? Pool(ref WorkerPool? pool, ref int count)
    {
        if (Volatile.Read(ref count) == 1) return null;
        if (Volatile.Read(ref pool) is { } ready) return ready;
        lock (gate)
        {
            if (disposed) throw DisposedModel.Exception(modelName);
            // Another thread may have just changed it.
            return count == 1 ? null : pool ??= WorkerPools.Lease(count);
        }
    }

    private static void ReleasePool(ref WorkerPool? pool)
    {
        if (pool is null) return;
        WorkerPools.Release(pool);
        pool = null;
    }
}
