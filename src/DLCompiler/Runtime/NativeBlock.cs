using System;
using System.Runtime.InteropServices;

namespace DLCompiler.Runtime;

/// <summary>
/// Zeroed native memory, aligned to a page (and so to a cache line and to every vector). Freed by <see cref="Dispose"/>, or by the finaliser where a model is
/// dropped without disposal; users keep the block reachable while they hold its address.
/// </summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private const nuint Alignment = 4096;

    private void* address;

    public NativeBlock(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Bytes = bytes;
        address = NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 64), Alignment);
        Clear();
        if (bytes > 0) GC.AddMemoryPressure(bytes);
    }

    ~NativeBlock() => Free();

    /// <summary>The size.</summary>
    public long Bytes { get; }

    /// <summary>Where it lies; null once disposed.</summary>
    public nint Address => (nint)address;

    /// <summary>Sets every byte to zero.</summary>
    public void Clear() => Fill(0);

    /// <summary>Sets every byte.</summary>
    public void Fill(byte value) => NativeMemory.Fill(address, (nuint)Bytes, value);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (address == null) return;
        NativeMemory.AlignedFree(address);
        address = null;
        if (Bytes > 0) GC.RemoveMemoryPressure(Bytes);
    }
}
