using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace DLCompiler.Runtime;

/// <summary>
/// Threads that run one job together: fork, work, join. The caller's thread is worker 0. Between jobs the others spin for about 2 ms, which makes a fork cost
/// some 100 ns while work keeps coming, then park, so that an idle program burns no processor time. Nothing is allocated per run.
/// </summary>
/// <remarks>
/// A job runs on the caller's thread alone where the pool is in use by another thread, where a job starts a job, and after <see cref="Dispose"/>: slower,
/// never wrong.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WorkerPool : IDisposable
{
    private static readonly long SpinTicks = Stopwatch.Frequency / 500;

    // Waits of some 50 µs without giving way; then the processor is offered to other threads between polls, one of which may be the one that is waited for.
    private const int PollsBeforeYielding = 1000;

    private readonly Worker[] workers;
    private readonly int pollsBeforeYielding;
    private readonly PaddedCounter epoch = new();
    private readonly PaddedCounter pending = new();
    private readonly PaddedCounter busy = new();
    private WorkerJob? job;
    private ExceptionDispatchInfo? failure;
    private volatile bool closing;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Workers, the caller's thread among them; 1 means no threads at all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1 or above 1,024.</exception>
    /// <exception cref="InsufficientMemoryException">The system starts no more threads.</exception>
    public WorkerPool(int threads)
    {
        ThreadCount.Check(threads, nameof(threads));
        Threads = threads;
        pollsBeforeYielding = threads <= Environment.ProcessorCount ? PollsBeforeYielding : 0;
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.Length; i++) workers[i] = new Worker(this, i + 1);
        StartWorkers();
    }

    /// <summary>
    /// The threads a model uses unless told otherwise: one per processor that this process may use, at most 16, beyond which the steps of small networks get
    /// slower.
    /// </summary>
    public static int DefaultThreads => Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>Workers, the caller's thread among them.</summary>
    public int Threads { get; }

    /// <summary>Whether every thread has gone to sleep.</summary>
    internal bool IsParked => Array.TrueForAll(workers, worker => worker.IsParked);

    /// <summary>Runs a job on all workers and returns when all are done. The first exception that a worker threw is thrown here.</summary>
    public void Run(WorkerJob work)
    {
        if (workers.Length == 0 || closing || Interlocked.CompareExchange(ref busy.Value, 1, 0) != 0)
        {
            work.Prepare(1);
            work.Execute(0);
            return;
        }

        try
        {
            if (closing)
            {
                work.Prepare(1);
                work.Execute(0);
                return;
            }

            Fork(work);
        }
        finally
        {
            // A full fence between the two: Dispose, which sets closing and then looks at busy, may have found the pool busy and left the rest to this thread.
            Interlocked.Exchange(ref busy.Value, 0);
            if (closing) StopWorkers();
        }
    }

    /// <summary>Ends the threads, after the job that runs now, if any.</summary>
    public void Dispose()
    {
        closing = true;
        StopWorkers();
    }

    private void StartWorkers()
    {
        int started = 0;
        try
        {
            for (; started < workers.Length; started++) workers[started].Start();
        }
        catch (OutOfMemoryException exception)
        {
            // Those that run would wait for ever.
            Dispose();
            throw new InsufficientMemoryException(
                FormattableString.Invariant($"The system started {started} of {workers.Length} threads and no more. Set Threads to a smaller number."),
                exception);
        }
    }

    private void Fork(WorkerJob work)
    {
        work.Prepare(Threads);
        job = work;
        Volatile.Write(ref pending.Value, workers.Length);
        // A full fence: publishes the job, and orders the reads of the workers' parking states after it.
        Interlocked.Increment(ref epoch.Value);
        foreach (var worker in workers) worker.WakeIfParked();

        Execute(work, 0);

        for (int polls = 0; Volatile.Read(ref pending.Value) != 0; polls++)
        {
            if (polls < pollsBeforeYielding) Pause();
            else Thread.Yield();
        }

        job = null;
        if (failure is { } first)
        {
            failure = null;
            first.Throw();
        }
    }

    private void Execute(WorkerJob work, int worker)
    {
        try
        {
            work.Execute(worker);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            work.Abort();
        }
    }

    private void StopWorkers()
    {
        if (Interlocked.CompareExchange(ref busy.Value, 1, 0) != 0) return;

        // The pool stays busy for ever: later runs take the caller's thread.
        job = null;
        Interlocked.Increment(ref epoch.Value);
        foreach (var worker in workers) worker.WakeIfParked();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pause()
    {
        if (X86Base.IsSupported) X86Base.Pause();
        else if (ArmBase.IsSupported) ArmBase.Yield();
        else Thread.SpinWait(1);
    }

    /// <summary>A counter on cache lines of its own.</summary>
    private sealed class PaddedCounter
    {
        private readonly int[] lines = new int[64];

        public ref int Value => ref lines[32];
    }

    /// <summary>One thread with its parking place.</summary>
    private sealed class Worker(WorkerPool pool, int index)
    {
        private const int Awake = 0, Parked = 1;

        private readonly SemaphoreSlim wake = new(0);
        private readonly PaddedCounter state = new();

        public bool IsParked => Volatile.Read(ref state.Value) == Parked;

        public void Start() => new Thread(Loop) { IsBackground = true, Name = $"DLCompiler worker {index}" }.Start();

        /// <summary>Called after the epoch has moved on: whoever changes the state from parked to awake decides whether a wake-up is due.</summary>
        public void WakeIfParked()
        {
            if (Volatile.Read(ref state.Value) == Parked && Interlocked.CompareExchange(ref state.Value, Awake, Parked) == Parked) wake.Release();
        }

        private void Loop()
        {
            int seen = 0;
            while (true)
            {
                AwaitEpochAfter(seen);
                seen++;
                if (pool.job is not { } work) return;
                pool.Execute(work, index);
                Interlocked.Decrement(ref pool.pending.Value);
            }
        }

        private void AwaitEpochAfter(int seen)
        {
            long parkAt = 0;
            int polls = 0;
            while (Volatile.Read(ref pool.epoch.Value) == seen)
            {
                if (++polls < pool.pollsBeforeYielding)
                {
                    Pause();
                    continue;
                }

                Thread.Yield();
                long now = Stopwatch.GetTimestamp();
                if (parkAt == 0) parkAt = now + SpinTicks;
                if (now < parkAt) continue;
                Park(seen);
                (parkAt, polls) = (0, 0);
            }
        }

        // The caller writes the epoch, then reads the state; this writes the state, then reads the epoch, both with full fences: one of the two sees the other.
        private void Park(int seen)
        {
            Interlocked.Exchange(ref state.Value, Parked);
            bool changed = Volatile.Read(ref pool.epoch.Value) != seen;
            // Where the caller took the state back first, its wake-up is on the way and must be consumed.
            if (changed && Interlocked.CompareExchange(ref state.Value, Awake, Parked) == Parked) return;
            wake.Wait();
        }
    }
}
