using System;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>Threads that wait for each other are woken, however long they have waited.</summary>
public sealed class WaitingRoomTests
{
    // From a wait that spins to one that sleeps: pauses around the ends of spinning (50 µs) and of yielding (250 µs).
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    public void BarriersHoldHoweverLateAWorkerIs(int workers, int seed)
    {
        using var pool = new WorkerPool(workers);
        var job = new LateJob(workers, seed);
        for (int run = 0; run < 60; run++) pool.Run(job);
        Assert.Equal(0, job.Torn);
    }

    [Fact]
    public async Task ASleeperIsWokenByAFailure()
    {
        var frame = new StepFrame(1, 1, 2);
        var waiting = Task.Factory.StartNew(() => frame.Barrier(1), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.Delay(20);
        frame.Abort();
        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void OnlyLongWaitsAreReported()
    {
        var room = new WaitingRoom(1);
        int count = 5;
        Assert.Equal(0, room.Wait(ref count, 5));
        count = int.MinValue;
        Assert.Equal(0, room.Wait(ref count, int.MaxValue));

        using var pool = new WorkerPool(2);
        var job = new LateJob(2, seed: 4) { Late = 1, Delay = TimeSpan.FromMilliseconds(5) };
        pool.Run(job);
        Assert.InRange(TimeSpan.FromSeconds(job.Waited / (double)System.Diagnostics.Stopwatch.Frequency).TotalMilliseconds, 1, 30_000);
    }

    /// <summary>Each worker writes what the others read after a barrier; one of them is late.</summary>
    private sealed class LateJob(int workers, int seed) : WorkerJob
    {
        private readonly StepFrame frame = new(1, 1, workers);
        private readonly Random random = new(seed);
        private readonly int[] written = new int[workers];
        private int run;
        private int torn;

        public int Torn => torn;

        public int? Late { get; set; }

        public TimeSpan? Delay { get; set; }

        public long Waited { get; private set; }

        protected internal override void Prepare(int count)
        {
            Assert.Equal(workers, count);
            frame.Workers = count;
            frame.TakeWaited();
            run++;
            if (run == 1) return;
            Late = random.Next(workers);
            Delay = random.Next(4) switch
            {
                0 => TimeSpan.FromMicroseconds(random.Next(100)),
                1 => TimeSpan.FromMicroseconds(200 + random.Next(100)),
                2 => TimeSpan.FromMilliseconds(1 + random.Next(4)),
                _ => TimeSpan.Zero,
            };
        }

        protected internal override void Execute(int worker)
        {
            for (int round = 0; round < 3; round++)
            {
                if (worker == Late) Spin(Delay ?? TimeSpan.Zero);
                written[worker] = 3 * run + round;
                frame.Barrier(worker);
                foreach (int value in written)
                {
                    if (value != 3 * run + round) Interlocked.Increment(ref torn);
                }

                frame.Barrier(worker);
            }

            if (worker == 0) Waited = frame.TakeWaited();
        }

        private static void Spin(TimeSpan time)
        {
            if (time >= TimeSpan.FromMilliseconds(1)) Thread.Sleep(time);
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            while (System.Diagnostics.Stopwatch.GetElapsedTime(start) < time) Thread.SpinWait(1);
        }
    }
}
