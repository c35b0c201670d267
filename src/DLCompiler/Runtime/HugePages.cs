using System;
using System.Runtime.InteropServices;

namespace DLCompiler.Runtime;

/// <summary>
/// Asks Linux for pages of 2 MiB: rows of large matrices lie on many small pages, more than the processor remembers the places of, and a product that walks
/// along a column would look up one a row. Systems give them by themselves, only where they are asked, or never; where they don't, nothing changes.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>The size of such a page.</summary>
    public const int Bytes = 1 << 21;

    private const int MadviseHugePage = 14;

    /// <summary>Asks for them for memory that nothing has touched yet, at a multiple of their size.</summary>
    public static void Ask(void* address, long bytes)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = Advise(address, (nuint)bytes, MadviseHugePage);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: small pages do as well.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "madvise"), SuppressGCTransition]
    private static partial int Advise(void* address, nuint length, int advice);
}
