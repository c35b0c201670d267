using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>What a convolution waits for its weights: a bound for few pixels and many channels.</summary>
internal static class WeightCycles
{
    // What a core's second-level cache keeps of weights, and what can be hoped for in a third that others use, too.
    private const long SecondLevelBytes = 512 * 1024, ThirdLevelBytes = 8 * 1024 * 1024;

    // What one core reads from the third level and from memory while it computes: measured, 22 and 12 GB/s.
    private const double ThirdLevelRate = 6, MemoryRate = 4;

    /// <summary>Cycles for so many elements read so many times; none where they stay in the second-level cache, for which tiles don't wait.</summary>
    public static double Of(Target target, long elements, int times)
    {
        long bytes = elements * target.ElementBytes;
        return bytes <= SecondLevelBytes ? 0 : bytes * (double)times / (bytes <= ThirdLevelBytes ? ThirdLevelRate : MemoryRate);
    }

    /// <summary>Cycles for each element that is read again after so many others were read.</summary>
    public static double Again(Target target, long elements) => elements * target.ElementBytes <= SecondLevelBytes ? 0 : target.ElementBytes / ThirdLevelRate;
}
