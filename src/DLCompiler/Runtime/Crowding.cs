using System;

namespace DLCompiler.Runtime;

/// <summary>
/// Notices that the workers of a run don't get processors, because other programs or models are busy or because they had gone to sleep, and has runs done
/// on the caller's thread alone for a while. Results don't depend on it.
/// </summary>
/// <remarks>
/// Of n workers each does about an nth. Where the caller's thread worked for less than an nth of the time that a run took, either the others were late, or
/// they had more to do: then the next run on as many samples is a trial, done alone, and whichever of the two took less time is done for some times as long as
/// a run takes. That doubles with each trial until runs go well again, so that trials cost little.
/// </remarks>
internal sealed class Crowding
{
    private const int FirstPatience = 8, LongestPatience = 512;

    private long aloneUntil;
    private long trustedUntil;
    private long suspectTicks;
    private int suspectBatch = -1;
    private int patience = FirstPatience;

    /// <summary>Whether a run on <paramref name="batch"/> samples that begins at <paramref name="now"/> is to be done alone.</summary>
    public bool WantsAlone(int batch, long now) => now < aloneUntil || batch == suspectBatch;

    /// <summary>Tells how a run on several workers went.</summary>
    /// <param name="batch">Its samples.</param>
    /// <param name="workers">Its workers.</param>
    /// <param name="worked">Ticks for which the caller's thread worked.</param>
    /// <param name="took">Ticks that the run took.</param>
    /// <param name="now">Its end.</param>
    public void ReportShared(int batch, int workers, long worked, long took, long now)
    {
        if (took <= workers * worked) patience = FirstPatience;
        else if (now >= trustedUntil) (suspectBatch, suspectTicks) = (batch, took);
    }

    /// <summary>Tells how long a run took that was done alone because of <see cref="WantsAlone"/>.</summary>
    public void ReportAlone(int batch, long took, long now)
    {
        if (batch != suspectBatch) return;
        suspectBatch = -1;
        if (took < suspectTicks) aloneUntil = now + suspectTicks * patience;
        else trustedUntil = now + took * patience;
        patience = Math.Min(2 * patience, LongestPatience);
    }
}
