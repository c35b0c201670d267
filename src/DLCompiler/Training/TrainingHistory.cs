using System.Collections.Generic;

namespace DLCompiler;

/// <summary>What happened in a call of <c>Fit</c>.</summary>
/// <param name="Epochs">The figures of each epoch, in order.</param>
/// <param name="BestEpoch">
/// The epoch, from 1, with the lowest watched loss: of validation, or of training without a validation set. With early stopping the model has its parameters.
/// 0 where no epoch had a finite loss.
/// </param>
/// <param name="StoppedEarly">Whether early stopping ended training before the last epoch.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochResult> Epochs, int BestEpoch, bool StoppedEarly)
{
    /// <summary>The last epoch's figures.</summary>
    public EpochResult Last => Epochs[^1];
}
