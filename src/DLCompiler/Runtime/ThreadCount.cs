using System;
using System.Globalization;

namespace DLCompiler.Runtime;

/// <summary>Which numbers of threads are possible.</summary>
internal static class ThreadCount
{
    /// <summary>Enough for any machine; a mistyped million would take the machine's memory.</summary>
    public const int Maximum = 1024;

    public static bool IsPossible(int threads) => threads is >= 1 and <= Maximum;

    /// <exception cref="ArgumentOutOfRangeException">The number is not possible.</exception>
    public static void Check(int threads, string name)
    {
        if (IsPossible(threads)) return;
        throw new ArgumentOutOfRangeException(
            name, threads, string.Create(CultureInfo.InvariantCulture, $"Threads are from 1 to {Maximum}; {WorkerPool.DefaultThreads} suit this machine."));
    }
}
