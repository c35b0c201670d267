using System;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>
/// A tensor where it lies in a block: of parameters, of running statistics, of an optimizer's state, or of a copy of these. Valid while the block is; copies
/// go out and in, in canonical order.
/// </summary>
/// <param name="name">Its key in checkpoints.</param>
/// <param name="shape">Its canonical shape.</param>
/// <param name="layout">How a parameter, or what has a parameter's layout, is stored; null for row-major.</param>
/// <param name="address">The first stored element.</param>
internal readonly unsafe struct StoredTensor(string name, int[] shape, ParameterDescriptor? layout, nint address)
{
    public string Name { get; } = name;

    public int[] Shape { get; } = shape;

    /// <summary>The number of elements, without padding.</summary>
    public int Length { get; } = CountOf(shape);

    private Span<float> Stored => new((void*)address, layout is null ? Length : checked((int)PanelLayout.StoredLength(layout)));

    /// <summary>Copies the values out, row-major.</summary>
    /// <param name="canonical">Receives <see cref="Length"/> elements; may be longer.</param>
    public void CopyTo(Span<float> canonical)
    {
        if (layout is null) Stored.CopyTo(canonical);
        else PanelLayout.ToCanonical(layout, Stored, canonical[..Length]);
    }

    /// <summary>Replaces the values.</summary>
    /// <param name="canonical">Row-major, exactly <see cref="Length"/> elements.</param>
    public void CopyFrom(ReadOnlySpan<float> canonical)
    {
        if (layout is null) canonical.CopyTo(Stored);
        else PanelLayout.FromCanonical(layout, canonical, Stored);
    }

    /// <summary>Whether every bit is zero, as in state that no step has written.</summary>
    public bool IsZero() => System.Runtime.InteropServices.MemoryMarshal.AsBytes(Stored).IndexOfAnyExcept((byte)0) < 0;

    public static int CountOf(int[] shape)
    {
        int count = 1;
        foreach (int size in shape) count = checked(count * size);
        return count;
    }
}
