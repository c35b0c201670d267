using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DLCompiler.Runtime;

/// <summary>Fetching ahead, for emitted code, which has no pointers of its own.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Prefetch
{
    /// <summary>Starts to bring a cache line into the first-level cache. Nothing happens where the processor has no such instruction, or the address is not
    /// mapped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Near<T>(ref T element)
        where T : unmanaged
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref element));
    }
}
