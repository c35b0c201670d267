using System;
using System.Collections.Generic;

namespace DLCompiler;

/// <summary>
/// Lowers the learning rate when the watched loss, that of validation or, without a validation set, of training, no longer falls: after each epoch, as PyTorch's
/// ReduceLROnPlateau with mode "min". It acts on whatever rate there is, a schedule's as well.
/// </summary>
/// <param name="Factor">What the rate is multiplied by, in [0, 1).</param>
/// <param name="Patience">Epochs without progress that pass before the rate falls.</param>
/// <param name="Threshold">The loss has to fall by this share of the best one to count as progress.</param>
/// <param name="Cooldown">Epochs after a change that do not count.</param>
/// <param name="MinLearningRate">The rate does not fall below this, unless the schedule's own is lower.</param>
public sealed record ReduceOnPlateau(double Factor = 0.1, int Patience = 10, double Threshold = 1e-4, int Cooldown = 0, double MinLearningRate = 0)
{
    /// <summary>How often the rate has fallen after some epochs: a function of their losses alone, so that a resumed run knows it.</summary>
    internal int Reductions(IReadOnlyList<EpochResult> epochs)
    {
        double best = double.PositiveInfinity;
        int stale = 0, cooling = 0, reductions = 0;
        foreach (var epoch in epochs)
        {
            double watched = epoch.ValidationLoss ?? epoch.Loss;
            if (watched < best * (1 - Threshold)) (best, stale) = (watched, 0);
            else stale++;
            if (cooling > 0) (cooling, stale) = (cooling - 1, 0);
            if (stale <= Patience) continue;
            reductions++;
            (cooling, stale) = (Cooldown, 0);
        }

        return reductions;
    }

    /// <summary>The rate after so many reductions.</summary>
    internal double Reduced(double rate, int reductions) => reductions == 0 ? rate
        : Math.Max(rate * Math.Pow(Factor, reductions), Math.Min(rate, MinLearningRate));
}
