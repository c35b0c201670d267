using System;

namespace DLCompiler;

/// <summary>How far training is.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">The epochs to do.</param>
/// <param name="Step">Steps of the epoch that are done.</param>
/// <param name="Steps">Steps in an epoch.</param>
/// <param name="Samples">Samples of the epoch that are done.</param>
/// <param name="SampleCount">Samples in an epoch.</param>
/// <param name="Loss">The mean loss of the epoch so far.</param>
/// <param name="Elapsed">The time since training began.</param>
/// <param name="Completed">The epoch's figures where it is complete; otherwise null.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, int Step, int Steps, int Samples, int SampleCount, double Loss, TimeSpan Elapsed, EpochResult? Completed);
