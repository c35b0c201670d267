namespace DLCompiler.Compiler.Schedules;

/// <summary>What the lanes of a vector are where images are computed.</summary>
public enum SideBySide
{
    /// <summary>Sixteen samples: no shuffles whatever the channel count, but a single sample costs as much as sixteen. Everything has a schedule so.</summary>
    Samples,

    /// <summary>Sixteen channels of one sample: for predictions of few samples.</summary>
    Channels,
}
