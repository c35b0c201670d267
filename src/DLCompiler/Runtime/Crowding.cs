using System;
using System.Diagnostics;

namespace DLCompiler.Runtime;

/// <summary>
/// Notices where several workers take longer for a function than one: they don't get processors, because other programs or models are busy, or they had gone to
/// sleep, or handing data from one to the other takes longer than computing. Then runs are done on the caller's thread alone for a while. Results don't depend
/// on it.
/// </summary>
/// <remarks>
/// A run in which the caller's thread worked for less than an nth of the time, with n workers, is followed by a trial: the next run on as many samples is done
/// alone. So is one of some thousand short runs. Where it was quicker, the next runs are done alone for as long as the one in question took; then two runs on
/// all workers (the first may have to wake them) must not be slower than alone, or the time alone doubles.
/// </remarks>
internal sealed class Crowding
{
    private const int LongestPatience = 512;
    private const int RunsBetweenTrials = 4096, RunsBeforeFirstTrial = 64;
    private const int ProbationRuns = 2;

    private static readonly long shortTicks = Stopwatch.Frequency / 1000;

    private long aloneUntil;
    private long trustedUntil;
    private long sharedTicks;
    private long aloneTicks;
    private int trialBatch = -1;
    private int aloneBatch = -1;
    private int probation;
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
        if (probation > 0 && batch == aloneBatch)
        {
            if (took <= aloneTicks) probation = 0;
            else if (--probation == 0) StayAlone(took, now);
            return;
        }

        bool late = took > workers * worked;
        if (!late) patience = Math.Max(1, patience / 2);
        bool due = --runsToTrial <= 0 && took < shortTicks;
        if ((!late && !due) || now < trustedUntil) return;
        (trialBatch, sharedTicks) = (batch, took);
        runsToTrial = RunsBetweenTrials;
    }

    /// <summary>Tells how long a run took that was done alone because of <see cref="WantsAlone"/>.</summary>
    public void ReportAlone(int batch, long took, long now)
    {
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
        probation = ProbationRuns;
    }

    private int NextPatience()
    {
        int times = patience;
        patience = Math.Min(2 * patience, LongestPatience);
        return times;
    }
}
