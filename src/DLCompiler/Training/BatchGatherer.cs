using System;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>
/// Brings the samples of a shuffled batch together. Copying 128 images takes as long as a fifth of a small network's step, so the workers share it where it
/// is long
/// enough to be worth a fork.
/// </summary>
internal sealed class BatchGatherer(TrainingData data, int[] order, TrainingBatch batch) : WorkerJob
{
    private const int ElementsWorthAFork = 8192;

    private int first;
    private int count;
    private int workers;

    /// <summary>Copies <paramref name="samples"/> samples, from place <paramref name="start"/> of the order on, to the batch.</summary>
    public void Gather(int start, int samples, WorkerPool? pool)
    {
        (first, count) = (start, samples);
        if (pool is not null && (long)samples * data.InputLength >= ElementsWorthAFork) pool.Run(this);
        else data.Gather(order.AsSpan(start, samples), batch, 0);
    }

    protected internal override void Prepare(int workers) => this.workers = workers;

    protected internal override void Execute(int worker)
    {
        int start = (int)((long)count * worker / workers), end = (int)((long)count * (worker + 1) / workers);
        data.Gather(order.AsSpan(first + start, end - start), batch, start);
    }
}
