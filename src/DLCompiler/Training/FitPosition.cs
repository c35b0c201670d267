using System.Collections.Generic;

namespace DLCompiler;

/// <summary>Where a run stands between two batches: what its loop needs, beside the model, to go on.</summary>
internal sealed class FitPosition
{
    /// <summary>The epoch in progress, from 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>Batches of it that are done.</summary>
    public int Batch { get; set; }

    /// <summary>Their losses, each times its samples.</summary>
    public double LossSum { get; set; }

    /// <summary>The time that the epoch took before the run was resumed.</summary>
    public double Seconds { get; set; }

    /// <summary>Steps of the run: the schedule's position.</summary>
    public long Steps { get; set; }

    /// <summary>The figures of the complete epochs.</summary>
    public List<EpochResult> Results { get; init; } = [];

    /// <summary>The epoch with the lowest watched loss; 0 before there is one.</summary>
    public int BestEpoch { get; set; }

    /// <summary>Its watched loss.</summary>
    public double BestLoss { get; set; } = double.PositiveInfinity;

    /// <summary>The loss that early stopping compares with. It has its own notion of progress: a fall by less than MinDelta is none.</summary>
    public double ReferenceLoss { get; set; } = double.PositiveInfinity;

    /// <summary>Epochs since that loss.</summary>
    public int StaleEpochs { get; set; }

    /// <summary>Whether the best epoch is an earlier one than the last.</summary>
    public bool HasBetterEpoch => BestEpoch > 0 && BestEpoch < Results.Count;

    /// <summary>Enters the figures of an epoch that is complete, and begins the next.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public bool Complete(EpochResult result, EarlyStopping? stopping)
    {
        Results.Add(result);
        (Epoch, Batch, LossSum, Seconds) = (Epoch + 1, 0, 0, 0);
        double watched = result.ValidationLoss ?? result.Loss;
        if (stopping is not null)
        {
            bool improved = watched < ReferenceLoss - stopping.MinDelta || (double.IsPositiveInfinity(ReferenceLoss) && double.IsFinite(watched));
            (ReferenceLoss, StaleEpochs) = improved ? (watched, 0) : (ReferenceLoss, StaleEpochs + 1);
        }

        if (!(watched < BestLoss)) return false;
        (BestLoss, BestEpoch) = (watched, result.Epoch);
        return true;
    }

    /// <summary>What the caller gets.</summary>
    /// <param name="epochs">The epochs that were asked for.</param>
    /// <param name="stopped">Whether early stopping ended the run.</param>
    public TrainingHistory History(int epochs, bool stopped) => new([.. Results], BestEpoch, stopped && Results.Count < epochs);
}
