namespace DLCompiler.Runtime;

/// <summary>Memory with values that a function computed from parameters and states. <see cref="PreparedValues"/> says who may read and who may overwrite it.</summary>
internal sealed class PreparedBlock(NativeBlock memory)
{
    public NativeBlock Memory { get; } = memory;

    /// <summary>The <see cref="ModelStorage.Version"/> before the values were computed: the parameters were that or newer.</summary>
    public long Version { get; set; }

    /// <summary>Runs that read the values, or the one that computes them; guarded by <see cref="ModelStorage.Gate"/>.</summary>
    public int Users { get; set; }
}
