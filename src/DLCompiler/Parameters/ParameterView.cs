using System;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>
/// One tensor of a model, by name: a trained parameter or a running statistic. It stays in the model; the view copies values out and in, in the canonical
/// order (row-major, PyTorch's shapes), whatever order the model keeps them in.
/// </summary>
public sealed class ParameterView
{
    private readonly ModelHost host;
    private readonly ParameterDescriptor? parameter;
    private readonly long offset;
    private readonly int[] shape;

    internal ParameterView(ModelHost host, ParameterDescriptor parameter)
    {
        this.host = host;
        this.parameter = parameter;
        (Name, shape, offset) = (parameter.Name, parameter.Shape, parameter.Offset);
        Length = StoredTensor.CountOf(shape);
    }

    internal ParameterView(ModelHost host, StateDescriptor state)
    {
        this.host = host;
        (Name, shape, offset) = (state.Name, state.Shape, state.Offset);
        Length = StoredTensor.CountOf(shape);
    }

    /// <summary>The key in checkpoints: <c>conv1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The canonical shape; empty for a single number.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>Whether training follows its gradient; false for running statistics.</summary>
    public bool IsTrained => parameter is not null;

    internal ParameterDescriptor? Descriptor => parameter;

    /// <summary>The values, row-major, in a new array.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public float[] ToArray()
    {
        var values = new float[Length];
        CopyTo(values);
        return values;
    }

    /// <summary>Copies the values out, row-major.</summary>
    /// <param name="destination">Receives <see cref="Length"/> elements; may be longer.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length < Length) throw new ArgumentException(Mismatch(destination.Length), nameof(destination));
        host.Enter();
        try
        {
            lock (host.Storage.ChangeGate) Stored().CopyTo(destination);
        }
        finally
        {
            host.Leave();
        }
    }

    /// <summary>
    /// Replaces the values. Where a training step runs on another thread, its end is waited for. A prediction that runs on another thread may see some of the
    /// old values and some of the new ones.
    /// </summary>
    /// <param name="source">Row-major, exactly <see cref="Length"/> elements.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        if (source.Length != Length) throw new ArgumentException(Mismatch(source.Length), nameof(source));
        host.Enter();
        try
        {
            lock (host.Storage.ChangeGate)
            {
                Stored().CopyFrom(source);
                host.Storage.MarkChanged();
            }
        }
        finally
        {
            host.Leave();
        }
    }

    /// <summary>The name and shape: <c>conv1.weight [6, 1, 5, 5]</c>.</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", shape)}]";

    /// <summary>The tensor in the model's blocks; valid between <see cref="ModelHost.Enter"/> and <see cref="ModelHost.Leave"/>.</summary>
    internal StoredTensor Stored() => Stored(Name, IsTrained ? host.ParameterAddress : host.StateAddress);

    /// <summary>The tensor of another block that is laid out as the model's: a copy, or an optimizer's state.</summary>
    internal StoredTensor Stored(string name, nint block) => new(name, shape, parameter, (nint)(block + offset * sizeof(float)));

    private string Mismatch(int length) =>
        FormattableString.Invariant($"'{Name}' [{string.Join(", ", shape)}] has {Length} elements, but the span has {length}. Pass {Length}.");
}
