using System;
using System.Runtime.InteropServices;

namespace DLCompiler.Runtime;

/// <summary>
/// Zeroed native memory, aligned to a page (and so to a cache line and to every vector), on large pages where there are some. Freed by
/// <see cref="Dispose"/>, or by the finaliser where a model is
/// dropped without disposal; users keep the block reachable while they hold its address.
/// </summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private const nuint Alignment = 4096;
    private const long WorthALook = 1 << 28;

    private void* address;

    /// <exception cref="InsufficientMemoryException">There is not so much memory.</exception>
    public NativeBlock(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        CheckAvailable(bytes);
        Bytes = bytes;
        address = Allocate(bytes);
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

    // Some systems promise more than they have, and end the program when it is used: what can't be is refused here.
    private static void CheckAvailable(long bytes)
    {
        long available = bytes < WorthALook ? 0 : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (available > 0 && bytes > available)
        {
            throw new InsufficientMemoryException(
                FormattableString.Invariant($"{bytes} bytes of memory are needed, and this program may use {available}."));
        }
    }

    private static void* Allocate(long bytes)
    {
        try
        {
            bool isLarge = bytes >= 2 * HugePages.Bytes;
            void* address = NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 64), isLarge ? HugePages.Bytes : Alignment);
            if (isLarge) HugePages.Ask(address, bytes);
            return address;
        }
        catch (OutOfMemoryException exception)
        {
            throw new InsufficientMemoryException(FormattableString.Invariant($"{bytes} bytes of memory are needed, and the system has not as many."),
                exception);
        }
    }

    private void Free()
    {
        if (address == null) return;
        NativeMemory.AlignedFree(address);
        address = null;
        if (Bytes > 0) GC.RemoveMemoryPressure(Bytes);
    }
}
