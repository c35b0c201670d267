using System.ComponentModel;
using System.Threading;

namespace DLCompiler.Runtime;

/// <summary>
/// How models that are created from here on run: for tests that compare levels within one process. The settings flow with the asynchronous context, so that
/// tests which run side by side don't disturb each other, and are read once, when a model's <see cref="ModelHost"/> is made.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SimdOptions
{
    private static readonly AsyncLocal<SimdLevel?> level = new();
    private static readonly AsyncLocal<bool> poison = new();

    /// <summary>The instruction-set level; null (the default) for the best.</summary>
    public static SimdLevel? Level
    {
        get => level.Value;
        set => level.Value = value;
    }

    /// <summary>Whether arena and scratch are filled with NaN before each run: results must not depend on what the memory held.</summary>
    public static bool PoisonArenas
    {
        get => poison.Value;
        set => poison.Value = value;
    }
}
