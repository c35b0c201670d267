using System;

namespace DLCompiler;

/// <summary>
/// <c>Fit</c> has stopped because the loss became NaN or infinite, or a step left a parameter, a running statistic or the optimizer's state so. The model is
/// as it was at the end of the last complete epoch (its parameters, running statistics, optimizer and random streams); before the first, as it was when
/// <c>Fit</c> was called; and in the first epoch of a resumed run, as it was in the checkpoint. No checkpoint holds what came after.
/// </summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(string message, int epoch, int batch, double loss, TrainingHistory history)
        : base(message) => (Epoch, Batch, Loss, History) = (epoch, batch, loss, history);

    /// <summary>The epoch in which it happened, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The batch of the epoch, from 1.</summary>
    public int Batch { get; }

    /// <summary>The loss of the batch. It is finite where the loss still was, but the step's update no longer.</summary>
    public double Loss { get; }

    /// <summary>The last complete epoch; 0 where none was.</summary>
    public int LastGoodEpoch => History.Epochs.Count;

    /// <summary>The figures of the epochs that were complete.</summary>
    public TrainingHistory History { get; }
}
