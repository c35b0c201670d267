using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
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

    // An idle worker's first waits, of some 10 to 40 µs, without giving way.
    private const int PollsBeforeYielding = 1000;

    // An epoch is the number of the job, and in its last bits for how many workers it is: whoever isn't one of them may miss it.
    private const int WorkerBits = 11;

    private readonly Worker[] workers;
    private readonly int pollsBeforeYielding;
    private readonly Turn turn = new();
    private readonly PaddedCounter finished = new();
    private readonly PaddedCounter busy = new();
    private readonly WaitingRoom room;
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
        room = new WaitingRoom(threads);
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

    /// <summary>How many threads have gone to sleep.</summary>
    internal int ParkedWorkers => Array.FindAll(workers, worker => worker.IsParked).Length;

    /// <summary>Runs a job on all workers and returns when all are done. The first exception that a worker threw is thrown here.</summary>
    public void Run(WorkerJob work) => Run(work, Threads);

    /// <summary>Runs a job on the first of the workers; the others are not disturbed.</summary>
    internal void Run(WorkerJob work, int count)
    {
        if (count <= 1 || closing || Interlocked.CompareExchange(ref busy.Value, 1, 0) != 0)
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

            Fork(work, count);
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

    private void Fork(WorkerJob work, int count)
    {
        work.Prepare(count);
        Publish(work, count);

        Execute(work, 0);

        room.Wait(ref finished.Value, turn.FinishedAtEnd);
        turn.Job = null;
        if (failure is { } first)
        {
            failure = null;
            first.Throw();
        }
    }

    private void Publish(WorkerJob? work, int count)
    {
        turn.Job = work;
        turn.FinishedAtEnd += count - 1;
        // A full fence: publishes the job, and orders the reads of the workers' parking states after it.
        Interlocked.Exchange(ref turn.Epoch, ((turn.Epoch >> WorkerBits) + 1 << WorkerBits) + count);
        for (int i = 0; i < count - 1; i++) workers[i].WakeIfParked();
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
        Publish(null, Threads);
    }

    /// <summary>A counter on cache lines of its own.</summary>
    private sealed class PaddedCounter
    {
        private readonly int[] lines = new int[64];

        public ref int Value => ref lines[32];
    }

    /// <summary>
    /// What the caller writes to start a job, on cache lines of their own: workers look at the epoch all the time, so that nothing else must be written beside
    /// it.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 536)]
    private sealed class Turn
    {
        [FieldOffset(128)]
        public long Epoch;

        [FieldOffset(256)]
        public WorkerJob? Job;

        /// <summary>The count of finished workers when all have finished this job.</summary>
        [FieldOffset(384)]
        public int FinishedAtEnd;
    }

    /// <summary>One thread with its parking place.</summary>
    private sealed class Worker(WorkerPool pool, int index)
    {
        private const int Awake = 0, Parked = 1;

        private readonly Turn turn = pool.turn;
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
            long seen = 0;
            while (true)
            {
                seen = AwaitTurnAfter(seen);
                if (turn.Job is not { } work) return;
                pool.Execute(work, index);
                Interlocked.Increment(ref pool.finished.Value);
                pool.room.CountRaised();
            }
        }

        private long AwaitTurnAfter(long seen)
        {
            long parkAt = 0;
            int polls = 0;
            while (true)
            {
                long epoch = Volatile.Read(ref turn.Epoch);
                if (epoch != seen && index < (epoch & ((1 << WorkerBits) - 1))) return epoch;
                seen = epoch;
                if (++polls < pool.pollsBeforeYielding)
                {
                    WaitingRoom.Pause();
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
        private void Park(long seen)
        {
            Interlocked.Exchange(ref state.Value, Parked);
            bool changed = Volatile.Read(ref turn.Epoch) != seen;
            // Where the caller took the state back first, its wake-up is on the way and must be consumed.
            if (changed && Interlocked.CompareExchange(ref state.Value, Awake, Parked) == Parked) return;
            wake.Wait();
        }
    }
}
