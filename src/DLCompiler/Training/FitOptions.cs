using System;
using System.Collections.Generic;
using System.Threading;
using DLCompiler.Data;
using DLCompiler.Metrics;

namespace DLCompiler;

/// <summary>How <c>Fit</c> trains.</summary>
public sealed class FitOptions
{
    /// <summary>Passes over the data; at least 1.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Samples in a step; the last step of an epoch takes what is left. At least 1.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Whether each epoch visits the samples in a new random order.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// What is done to pictures each time that they are used for training, if anything; on the model's threads and, while a step runs, on one more. For
    /// <see cref="Validation"/>, whose samples stay as they are, <see cref="ImageAugmentation.Prepare"/> does what is not random.
    /// </summary>
    public ImageAugmentation? Augmentation { get; init; }

    /// <summary>Data to evaluate after each epoch, if any.</summary>
    public DataSet? Validation { get; init; }

    /// <summary>When to end early, if at all.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>
    /// Hears of the progress, on the training thread: some 20 times a second, and after each epoch. An exception that it throws ends training: <c>Fit</c>
    /// throws it as it is, and the model has the last complete step's parameters.
    /// </summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Ends training between two steps, with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Fixes the order of samples; null for the model's seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The learning rate of this call; null for the model's. Not negative.</summary>
    public double? LearningRate { get; init; }

    /// <summary>
    /// A schedule: the learning rate of each step of this run, by the step's number from 0: a <see cref="Schedule"/>, or a function of your own. Where gradients are
    /// accumulated, updates are what is counted. It takes precedence over <see cref="LearningRate"/>.
    /// Not negative. An exception that it throws ends training: <c>Fit</c> throws it as it is, and the model has the last complete step's parameters.
    /// </summary>
    public Func<long, double>? LearningRateSchedule { get; init; }

    /// <summary>
    /// The momentum of each update of this run, or what stands for it (Beta1), by its number from 0, in [0, 1); null for the model's. The optimizer has to have a
    /// momentum that is not zero.
    /// </summary>
    public Func<long, double>? MomentumSchedule { get; init; }

    /// <summary>When to lower the learning rate because the loss no longer falls, if at all.</summary>
    public ReduceOnPlateau? ReduceOnPlateau { get; init; }

    /// <summary>What to compute on <see cref="Validation"/> after each epoch beside loss and accuracy.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>What else is done while training goes on, in this order.</summary>
    public IReadOnlyList<FitCallback> Callbacks { get; init; } = [];

    /// <summary>Threads for this call, 1 to 1,024; null for the model's. The results do not depend on it.</summary>
    public int? Threads { get; init; }

    /// <summary>Where and when to write the state of training, from which another call goes on; null for never.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>
    /// A file that <see cref="Checkpoint"/> wrote: training goes on from there and gives the same parameters and the same history, bit for bit, as if it had
    /// not been stopped. null begins a new run.
    /// </summary>
    /// <remarks>
    /// The model's class, its <c>Seed</c>, the data and their order, and of the options <see cref="BatchSize"/>, <see cref="Shuffle"/>, <see cref="Seed"/>,
    /// <see cref="Augmentation"/>, <see cref="Validation"/> and whether there is <see cref="EarlyStopping"/> must be those of the run; a <see cref="CheckpointException"/> says what is
    /// not. More <see cref="Epochs"/> continue a run that is complete. Learning rates, the numbers of early stopping and <see cref="Threads"/> may differ:
    /// they count from here on. A schedule is asked for the number of the step in the whole run.
    /// </remarks>
    public string? ResumeFrom { get; init; }
}
