using System;

namespace DLCompiler;

/// <summary>
/// When <c>Fit</c> writes the state of training to a file, so that a run that was stopped (a cancelled token, a crash, a reboot) goes on from there with the
/// same bits as if it had not been.
/// </summary>
/// <remarks>
/// The file is a safetensors file: the weights that <c>Save</c> writes, under the same names, so that <c>Load</c> and other programs read them; the
/// optimizer's state; with early stopping, the weights of the best epoch; and in the header the position in the data, the sums of the epoch and the history.
/// It appears whole or not at all, and never holds NaN or infinite numbers. A file that can't be written ends training with an
/// <see cref="System.IO.IOException"/>.
/// </remarks>
/// <param name="Path">The file; each writing replaces it.</param>
/// <example><code>
/// var options = new FitOptions { Epochs = 20, Checkpoint = new CheckpointOptions("run.safetensors") { Resume = true } };
/// model.Fit(train, options);      // killed at any time and started again, it goes on
/// </code></example>
public sealed record CheckpointOptions(string Path)
{
    /// <summary>Writes after each epoch whose number is a multiple of this, and after the last; null for none of them. At least 1.</summary>
    public int? EveryEpochs { get; init; } = 1;

    /// <summary>Writes after each step whose number, counted over the whole run from 1, is a multiple of this; null for none. At least 1.</summary>
    public int? EverySteps { get; init; }

    /// <summary>Whether <see cref="FitOptions.CancellationToken"/>, once it is cancelled, lets <c>Fit</c> write before it throws.</summary>
    public bool SaveOnCancel { get; init; } = true;

    /// <summary>
    /// Whether <c>Fit</c> goes on from the file where it exists, as with <see cref="FitOptions.ResumeFrom"/>; without the file it begins a new run. So a
    /// program needs no other code for its first start than for the later ones.
    /// </summary>
    public bool Resume { get; init; }
}
