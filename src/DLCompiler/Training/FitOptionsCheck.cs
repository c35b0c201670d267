using System;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>Refuses options that are out of range, or that contradict each other.</summary>
internal static class FitOptionsCheck
{
    /// <exception cref="ArgumentException">One is.</exception>
    public static void Check(FitOptions options)
    {
        Require(options.Epochs >= 1, nameof(options.Epochs), options.Epochs, "at least 1");
        Require(options.BatchSize >= 1, nameof(options.BatchSize), options.BatchSize, "at least 1");
        Require(options.Threads is null || ThreadCount.IsPossible(options.Threads.Value), nameof(options.Threads), options.Threads, "from 1 to 1024");
        Require(options.LearningRate is null || (double.IsFinite(options.LearningRate.Value) && options.LearningRate >= 0),
            nameof(options.LearningRate), options.LearningRate, "a finite number, not negative");
        if (options.EarlyStopping is { } stopping)
        {
            Require(stopping.Patience >= 1, nameof(stopping.Patience), stopping.Patience, "at least 1");
            Require(stopping.MinDelta >= 0, nameof(stopping.MinDelta), stopping.MinDelta, "not negative");
        }

        if (options.ReduceOnPlateau is { } plateau)
        {
            Require(plateau.Factor is >= 0 and < 1, nameof(plateau.Factor), plateau.Factor, "at least 0 and less than 1");
            Require(plateau.Patience >= 0, nameof(plateau.Patience), plateau.Patience, "not negative");
            Require(plateau.Threshold is >= 0 and < 1, nameof(plateau.Threshold), plateau.Threshold, "at least 0 and less than 1");
            Require(plateau.Cooldown >= 0, nameof(plateau.Cooldown), plateau.Cooldown, "not negative");
            Require(plateau.MinLearningRate >= 0 && double.IsFinite(plateau.MinLearningRate), nameof(plateau.MinLearningRate), plateau.MinLearningRate,
                "a finite number, not negative");
        }

        ArgumentNullException.ThrowIfNull(options.Callbacks);
        ArgumentNullException.ThrowIfNull(options.Metrics);
        if (options.Metrics.Count > 0 && options.Validation is null)
            throw new ArgumentException("Metrics are computed on the validation set, but there is none. Set Validation, or leave Metrics out.", nameof(options));
        if (options.Checkpoint is { } checkpoint)
        {
            ArgumentException.ThrowIfNullOrEmpty(checkpoint.Path, nameof(checkpoint.Path));
            Require(checkpoint.EveryEpochs is null or >= 1, nameof(checkpoint.EveryEpochs), checkpoint.EveryEpochs, "at least 1, or null");
            Require(checkpoint.EverySteps is null or >= 1, nameof(checkpoint.EverySteps), checkpoint.EverySteps, "at least 1, or null");
            if (checkpoint.Resume && options.ResumeFrom is not null)
            {
                throw new ArgumentException("ResumeFrom and CheckpointOptions.Resume both name a file to go on from. Give one of them.", nameof(options));
            }
        }

        if (options.ResumeFrom is not null) ArgumentException.ThrowIfNullOrEmpty(options.ResumeFrom, nameof(options.ResumeFrom));
    }

    private static void Require(bool condition, string name, object? value, string expected)
    {
        if (!condition) throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");
    }
}
