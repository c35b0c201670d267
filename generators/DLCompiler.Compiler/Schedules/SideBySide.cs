namespace DLCompiler.Compiler.Schedules;

/// <summary>What the lanes of a vector are where images are computed.</summary>
public enum SideBySide
{
    /// <summary>Nothing: there are no images, and samples have many rows each, which workers share sample by sample.</summary>
    Rows,

    /// <summary>Sixteen samples: no shuffles whatever the channel count, but a single sample costs as much as sixteen. Everything has a schedule so.</summary>
    Samples,

    /// <summary>Sixteen channels of one sample: for predictions of few samples.</summary>
    Channels,
}

/// <summary>What follows from it.</summary>
public static class SideBySideExtensions
{
    /// <summary>Samples of a block: the least that is given to a worker.</summary>
    public static int BlockSamples(this SideBySide sideBySide) => sideBySide == SideBySide.Samples ? Kernels.Target.BlockSamples : 1;
}
