using System;
using System.ComponentModel;
using System.Threading;

namespace DLCompiler.Runtime;

/// <summary>
/// Ties a model object to its storage, which is made on first use: nothing generates constructors, so there is no earlier moment. A field that is a model
/// itself is tied to
/// a part of its parent's storage when the parent's is made; if it was used before that, the parent takes over the values it has by then.
/// </summary>
/// <param name="name">The model class's name.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelLink(string name)
{
    private readonly Lock gate = new();
    private volatile ModelHost? host;
    private ulong seed;
    private int? threads, predictThreads;
    private bool disposed;

    /// <summary>Fixes the initial parameters, dropout and shuffling.</summary>
    /// <exception cref="InvalidOperationException">It is set after the model's first use.</exception>
    /// <exception cref="ObjectDisposedException">It is set, and the model is disposed.</exception>
    public ulong Seed
    {
        get => host?.Seed ?? seed;
        set
        {
            lock (gate)
            {
                ThrowIfDisposed();
                if (host is not null)
                    throw new InvalidOperationException($"The seed of '{name}' is set after its first use, which drew its parameters. Set it where the model is created.");
                seed = value;
            }
        }
    }

    /// <summary>Threads of a training step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1 or above 1,024.</exception>
    /// <exception cref="ObjectDisposedException">It is set, and the model is disposed.</exception>
    public int Threads
    {
        get => host?.Threads ?? threads ?? WorkerPool.DefaultThreads;
        set
        {
            ThreadCount.Check(value, nameof(Threads));
            lock (gate)
            {
                ThrowIfDisposed();
                threads = value;
                if (host is { } made) made.Threads = value;
            }
        }
    }

    /// <summary>Threads of a prediction; 1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1 or above 1,024.</exception>
    /// <exception cref="ObjectDisposedException">It is set, and the model is disposed.</exception>
    public int PredictThreads
    {
        get => host?.PredictThreads ?? predictThreads ?? 1;
        set
        {
            ThreadCount.Check(value, nameof(PredictThreads));
            lock (gate)
            {
                ThrowIfDisposed();
                predictThreads = value;
                if (host is { } made) made.PredictThreads = value;
            }
        }
    }

    /// <summary>The host, made now if this is the model's first use.</summary>
    /// <param name="surface">The model object.</param>
    /// <exception cref="ModelNotCompiledException">The model had errors when the project was built.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public ModelHost Host(IModelSurface surface)
    {
        var made = host ?? Create(surface);
        made.ThrowIfDisposed();
        return made;
    }

    /// <summary>Frees the storage.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            host?.Dispose();
        }
    }

    /// <summary>Ties the model object to a part of its parent's storage.</summary>
    /// <param name="surface">The model object.</param>
    /// <param name="parent">The parent's host.</param>
    /// <param name="firstParameter">The index among the parent's parameters of this model's first.</param>
    /// <param name="firstState">The index among the parent's states of this model's first.</param>
    internal void Attach(IModelSurface surface, ModelHost parent, int firstParameter, int firstState)
    {
        lock (gate)
        {
            ThrowIfDisposed();
            ModelHost part = Nested(parent, Compile(surface), firstParameter, firstState);
            if (host is { } own)
            {
                foreach (ParameterView value in own.Parameters) part.Parameters[value.Name].CopyFrom(value.ToArray());
                own.Dispose();
            }

            surface.AttachParts(part);
            host = part;
        }
    }

    private void ThrowIfDisposed()
    {
        if (disposed) throw DisposedModel.Exception(name);
        host?.ThrowIfDisposed();
    }

    private ModelHost Create(IModelSurface surface)
    {
        lock (gate)
        {
            ThrowIfDisposed();
            if (host is { } made) return made;
            var compiled = Compile(surface);
            var created = new ModelHost(compiled, seed, compiled.CreateOptimizers());
            if (threads is { } count) created.Threads = count;
            if (predictThreads is { } predicting) created.PredictThreads = predicting;
            surface.AttachParts(created);
            host = created;
            return created;
        }
    }

    private static ModelHost Nested(ModelHost parent, CompiledModel compiled, int firstParameter, int firstState) =>
        parent.Nested(compiled, firstParameter, firstState, compiled.CreateOptimizers());

    private CompiledModel Compile(IModelSurface surface) => surface.Compile() ?? throw new ModelNotCompiledException(name);
}
