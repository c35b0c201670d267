using System;
using System.Diagnostics;

namespace DLCompiler.Runtime;

/// <summary>
/// Notices where several workers take longer for a function than one: they don't get processors, because other programs or models are busy, or they had gone to
/// sleep, or handing data from one to the other takes longer than computing. Then runs are done on the caller's thread alone for a while. Results don't depend
/// on it.
/// </summary>
/// <remarks>
/// A run in which the caller's thread worked for less than an nth of the time, with n workers, is followed by a trial: the quickest of the next few is compared
/// with one that is done alone. So is one of some thousand short runs. Where alone was quicker, the next runs are done alone for as long as the one in question
/// took; then one of the next runs on all workers must not be slower than alone, or the time alone doubles. It is more than one run, because the first has to
/// wake the workers and the second finds in their caches what others wrote, and a matter of milliseconds, because a system that woke a worker on the caller's
/// processor needs to see for so long that both want to run before it moves one of them.
/// </remarks>
internal sealed class Crowding
{
    private const int LongestPatience = 256;
    private const int RunsBetweenTrials = 4096, RunsBeforeFirstTrial = 64;
    private const int ObservedRuns = 6, LeastProbationRuns = 2;

    private static readonly long shortTicks = Stopwatch.Frequency / 1000;
    private static readonly long probationTicks = Stopwatch.Frequency / 300;

    private long aloneUntil;
    private long trustedUntil;
    private long sharedTicks;
    private long aloneTicks;
    private int observedBatch = -1;
    private int toObserve;
    private bool wasAlone;
    private int trialBatch = -1;
    private int aloneBatch = -1;
    private bool onProbation;
    private int probationRuns;
    private long probationTime;
    private int patience = 1;
    private int runsToTrial = RunsBeforeFirstTrial;

    /// <summary>Whether a run on <paramref name="batch"/> samples that begins at <paramref name="now"/> is to be done alone.</summary>
    public bool WantsAlone(int batch, long now) => now < aloneUntil || batch == trialBatch;

    /// <summary>Tells how a run on several workers went.</summary>
    /// <param name="batch">Its samples.</param>
    /// <param name="workers">Its workers.</param>
    /// <param name="worked">Ticks for which the caller's thread worked.</param>
    /// <param name="took">Ticks that the run took.</param>
    /// <param name="now">Its end.</param>
    public void ReportShared(int batch, int workers, long worked, long took, long now)
    {
        if (onProbation && batch == aloneBatch)
        {
            probationRuns++;
            probationTime += took;
            if (took <= aloneTicks) onProbation = false;
            else if (probationRuns >= LeastProbationRuns && probationTime >= probationTicks) StayAlone(probationTime, now);
            return;
        }

        bool late = took > workers * worked;
        if (!late) patience = Math.Max(1, patience / 2);
        late &= !wasAlone;
        wasAlone = false;
        bool due = --runsToTrial <= 0 && took < shortTicks;
        if (toObserve > 0 && batch == observedBatch)
        {
            sharedTicks = Math.Min(sharedTicks, took);
        }
        else
        {
            if ((!late && !due) || now < trustedUntil) return;
            (observedBatch, toObserve, sharedTicks) = (batch, took < shortTicks ? ObservedRuns : 1, took);
        }

        if (--toObserve > 0) return;
        trialBatch = batch;
        runsToTrial = RunsBetweenTrials;
    }

    /// <summary>Tells how long a run took that was done alone because of <see cref="WantsAlone"/>.</summary>
    public void ReportAlone(int batch, long took, long now)
    {
        // The next run wakes the workers.
        wasAlone = true;
        if (batch != trialBatch)
        {
            if (batch == aloneBatch) aloneTicks = Math.Min(aloneTicks, took);
            return;
        }

        trialBatch = -1;
        if (took < sharedTicks)
        {
            (aloneBatch, aloneTicks) = (batch, took);
            StayAlone(sharedTicks, now);
        }
        else
        {
            trustedUntil = now + took * NextPatience();
        }
    }

    private void StayAlone(long took, long now)
    {
        aloneUntil = now + took * NextPatience();
        (onProbation, probationRuns, probationTime) = (true, 0, 0);
    }

    private int NextPatience()
    {
        int times = patience;
        patience = Math.Min(2 * patience, LongestPatience);
        return times;
    }
}
