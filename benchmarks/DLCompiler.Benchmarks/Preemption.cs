using System;
using System.Runtime.InteropServices;

namespace DLCompiler.Benchmarks;

/// <summary>How often the system took the processor away from this process: a sample in which that happened measures something else as well.</summary>
internal static class Preemption
{
    // struct rusage of 64-bit Unix: two times of two words each, then fourteen words, of which ru_nivcsw is the last.
    private const int Words = 18;

    private static readonly long[] usage = new long[Words];

    /// <summary>Involuntary context switches of all threads since the process started; 0 where the system doesn't tell.</summary>
    public static long Count => !OperatingSystem.IsWindows() && GetUsage(0, usage) == 0 ? usage[Words - 1] : 0;

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int who, [Out] long[] usage);
}
