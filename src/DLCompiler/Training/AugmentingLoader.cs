using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using DLCompiler.Data;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>
/// Draws augmented pictures into batches. While a step runs on one batch, a thread of its own draws the next; what it has not done when the step is over, the
/// workers do with it. Each sample is drawn by whoever takes it first, and comes out the same whoever that is. With one thread all is drawn between the steps.
/// </summary>
internal sealed class AugmentingLoader : WorkerJob, IDisposable
{
    private readonly TrainingData data;
    private readonly ImageAugmenter augmenter;
    private readonly int[] order;
    private readonly SemaphoreSlim start = new(0), finished = new(0);
    private TrainingBatch current;
    private TrainingBatch next;
    private Thread? thread;
    private ExceptionDispatchInfo? failure;
    private ulong seed;
    private long iteration;
    private int first;
    private int count;
    private int taken;
    private bool isPending;
    private volatile bool isClosing;

    /// <param name="data">The samples.</param>
    /// <param name="augmenter">What is done to them.</param>
    /// <param name="order">Their order in an epoch.</param>
    /// <param name="batchSize">Samples in a batch.</param>
    public AugmentingLoader(TrainingData data, ImageAugmenter augmenter, int[] order, int batchSize)
    {
        (this.data, this.augmenter, this.order) = (data, augmenter, order);
        (current, next) = (new TrainingBatch(data, batchSize), new TrainingBatch(data, batchSize));
    }

    /// <summary>Begins an epoch, whose numbers follow from the seed and the step that it begins with.</summary>
    public void Begin(ulong seed, long iteration) => (this.seed, this.iteration) = (seed, iteration);

    /// <summary>The batch of the samples from a place of the order on. It stays as it is until the next call.</summary>
    /// <param name="place">The place of the first sample.</param>
    /// <param name="samples">How many.</param>
    /// <param name="following">How many the batch after it has; 0 after the last of the epoch.</param>
    /// <param name="pool">The step's threads; null for the caller's alone.</param>
    public TrainingBatch Load(int place, int samples, int following, WorkerPool? pool)
    {
        if (!isPending) Prepare(place, samples);
        if (pool is null) Draw();
        else pool.Run(this);
        if (isPending) finished.Wait();
        isPending = false;
        failure?.Throw();
        (current, next) = (next, current);
        if (following > 0 && pool is not null) Continue(place + samples, following);
        return current;
    }

    public void Dispose()
    {
        isClosing = true;
        if (thread is not null)
        {
            start.Release();
            thread.Join();
        }

        start.Dispose();
        finished.Dispose();
    }

    protected internal override void Prepare(int workers)
    {
    }

    protected internal override void Execute(int worker) => Draw();

    private void Continue(int place, int samples)
    {
        Prepare(place, samples);
        isPending = true;
        if (thread is null)
        {
            thread = new Thread(Run) { IsBackground = true, Name = "DLCompiler loader" };
            thread.Start();
        }

        start.Release();
    }

    private void Prepare(int place, int samples)
    {
        (first, count) = (place, samples);
        data.GatherTargets(order.AsSpan(place, samples), next);
        // Whoever draws sees the rest: the semaphore and the pool order memory.
        taken = 0;
    }

    private void Draw()
    {
        while (true)
        {
            int place = Interlocked.Increment(ref taken) - 1;
            if (place >= count) return;
            int sample = order[first + place];
            augmenter.Draw(data.Features(sample, 1), next.Features.AsSpan(place * data.InputLength, data.InputLength), seed, iteration, sample);
        }
    }

    private void Run()
    {
        while (true)
        {
            start.Wait();
            if (isClosing) return;
            try
            {
                Draw();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            finished.Release();
        }
    }
}
