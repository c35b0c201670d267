using System;

namespace DLCompiler;

/// <summary>
/// Writes the model to a file after each epoch that is the best so far by the watched loss: that of validation, or of training without a validation set. The file
/// is one of <c>Save</c>, for <c>Load</c>; <see cref="FitOptions.Checkpoint"/> is what a run is resumed from.
/// </summary>
public sealed class SaveBest : FitCallback
{
    private readonly string path;

    /// <summary>Creates the callback.</summary>
    /// <param name="path">The safetensors file; one that exists is replaced.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public SaveBest(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.path = path;
    }

    /// <inheritdoc/>
    public override void OnEpoch(FitRun run, EpochResult epoch)
    {
        if (run.BestEpoch == epoch.Epoch) run.Save(path);
    }
}
