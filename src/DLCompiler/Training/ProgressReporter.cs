using System;
using System.Diagnostics;

namespace DLCompiler;

/// <summary>Reports progress at most some 20 times a second: a step may take ten microseconds, a progress bar a millisecond.</summary>
internal sealed class ProgressReporter(IProgress<TrainingProgress>? listener, int epochs, int steps, int sampleCount)
{
    private static readonly long Interval = Stopwatch.Frequency / 20;

    private readonly long start = Stopwatch.GetTimestamp();
    private long next;

    /// <summary>After a step.</summary>
    public void Step(int epoch, int step, int samples, double loss)
    {
        if (listener is null) return;
        long now = Stopwatch.GetTimestamp();
        if (now < next) return;
        next = now + Interval;
        Report(epoch, step, samples, loss, null);
    }

    /// <summary>After an epoch.</summary>
    public void Epoch(EpochResult result) => Report(result.Epoch, steps, sampleCount, result.Loss, result);

    private void Report(int epoch, int step, int samples, double loss, EpochResult? completed) =>
        listener?.Report(new TrainingProgress(epoch, epochs, step, steps, samples, sampleCount, loss, Stopwatch.GetElapsedTime(start), completed));
}
