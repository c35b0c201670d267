using System;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace DLCompiler.Runtime.Tests;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void EveryWorkerRunsOnceAFork(int threads)
    {
        using var pool = new WorkerPool(threads);
        var job = new CountingJob(threads);
        for (int run = 1; run <= 5000; run++)
        {
            pool.Run(job);
            job.AssertAll(run);
        }
    }

    // Pauses around the 2 ms of spinning make the caller meet workers at every point of parking and waking.
    [Theory]
    [InlineData(2, 11)]
    [InlineData(3, 12)]
    public void ForksAreNotLostAroundParking(int threads, int seed)
    {
        using var pool = new WorkerPool(threads);
        var job = new CountingJob(threads);
        var random = new Random(seed);
        for (int run = 1; run <= 600; run++)
        {
            pool.Run(job);
            job.AssertAll(run);
            switch (random.Next(6))
            {
                case 0: Thread.Sleep(random.Next(5)); break;
                case 1: Spin(TimeSpan.FromMicroseconds(1900 + random.Next(300))); break;
                case 2: Spin(TimeSpan.FromMicroseconds(random.Next(100))); break;
            }
        }
    }

    // Workers that a job is not for may be parked, and may miss any number of jobs.
    [Fact]
    public void AJobMayTakeTheFirstWorkersAlone()
    {
        using var pool = new WorkerPool(4);
        var jobs = new CountingJob[5];
        var runs = new int[5];
        for (int count = 1; count <= 4; count++) jobs[count] = new CountingJob(count);
        var random = new Random(13);
        for (int run = 1; run <= 1500; run++)
        {
            int count = run % 100 == 0 ? 4 : 1 + random.Next(run % 2 == 0 ? 2 : 4);
            pool.Run(jobs[count], count);
            jobs[count].AssertAll(++runs[count]);
            if (run % 50 == 0) Thread.Sleep(3);
        }
    }

    [Fact]
    public void WorkersThatHaveNoJobParkWhileOthersWork()
    {
        using var pool = new WorkerPool(3);
        var two = new CountingJob(2);
        bool parked = SpinWait.SpinUntil(() =>
        {
            pool.Run(two, 2);
            return pool.ParkedWorkers == 1;
        }, TimeSpan.FromSeconds(20));
        Assert.True(parked, "the third worker still spins");
        var three = new CountingJob(3);
        pool.Run(three);
        three.AssertAll(1);
    }

    [Fact]
    public void WorkersParkWhenIdle()
    {
        using var pool = new WorkerPool(3);
        var job = new CountingJob(3);
        for (int run = 1; run <= 3; run++)
        {
            pool.Run(job);
            job.AssertAll(run);
            Assert.True(SpinWait.SpinUntil(() => pool.ParkedWorkers == 2, TimeSpan.FromSeconds(10)), "the workers still spin");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AWorkersExceptionReachesTheCaller(int failing)
    {
        using var pool = new WorkerPool(2);
        var failed = new FailingJob(failing);
        var exception = Assert.Throws<FormatException>(() => pool.Run(failed));
        Assert.Equal("worker " + failing, exception.Message);
        Assert.True(failed.Aborted);

        var job = new CountingJob(2);
        pool.Run(job);
        job.AssertAll(1);
    }

    [Fact]
    public void AJobThatStartsAJobRunsItAlone()
    {
        using var pool = new WorkerPool(3);
        var inner = new CountingJob(1);
        pool.Run(new NestingJob(pool, inner));
        inner.AssertAll(1);
    }

    [Fact]
    public async Task ACallerThatFindsThePoolBusyRunsAlone()
    {
        using var pool = new WorkerPool(2);
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var busy = Task.Run(() => pool.Run(new WaitingJob(entered, release)));
        entered.Wait();
        var alone = new CountingJob(1);
        pool.Run(alone);
        alone.AssertAll(1);
        release.Set();
        await busy;
    }

    [Fact]
    public async Task ManyCallersAtOnce()
    {
        using var pool = new WorkerPool(2);
        await Parallel.ForAsync(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, (_, _) =>
        {
            var job = new SharesJob();
            for (int run = 0; run < 500; run++)
            {
                pool.Run(job);
                Assert.Equal(job.Workers, job.Ran);
            }

            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task DisposalDuringARunWaitsForIt()
    {
        for (int trial = 0; trial < 50; trial++)
        {
            var pool = new WorkerPool(2);
            using var entered = new ManualResetEventSlim();
            using var release = new ManualResetEventSlim();
            var run = Task.Run(() => pool.Run(new WaitingJob(entered, release)));
            entered.Wait();
            pool.Dispose();
            release.Set();
            await run;

            var alone = new CountingJob(1);
            pool.Run(alone);
            alone.AssertAll(1);
            pool.Dispose();
        }
    }

    [Fact]
    public void RunningAllocatesNothing()
    {
        using var pool = new WorkerPool(2);
        var job = new CountingJob(2);
        pool.Run(job);
        pool.Run(job);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int run = 0; run < 100; run++) pool.Run(job);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void PoolsAreSharedByThreadCount()
    {
        var first = WorkerPools.Lease(7);
        var second = WorkerPools.Lease(7);
        Assert.Same(first, second);
        WorkerPools.Release(first);
        WorkerPools.Release(second);
        var third = WorkerPools.Lease(7);
        Assert.NotSame(first, third);
        WorkerPools.Release(third);
    }

    private static void Spin(TimeSpan time)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (System.Diagnostics.Stopwatch.GetElapsedTime(start) < time) Thread.SpinWait(10);
    }

    private sealed class CountingJob(int expectedWorkers) : WorkerJob
    {
        private readonly int[] counts = new int[expectedWorkers];
        private int prepared;

        public void AssertAll(int expected)
        {
            Assert.Equal(expectedWorkers, prepared);
            foreach (int count in counts) Assert.Equal(expected, count);
        }

        protected internal override void Prepare(int workers) => prepared = workers;

        // Deliberately no interlocked operation: a fork that overlaps the one before would lose counts.
        protected internal override void Execute(int worker) => counts[worker]++;
    }

    private sealed class SharesJob : WorkerJob
    {
        private int ran;

        public int Workers { get; private set; }

        public int Ran => ran;

        protected internal override void Prepare(int workers) => (Workers, ran) = (workers, 0);

        protected internal override void Execute(int worker) => Interlocked.Increment(ref ran);
    }

    private sealed class FailingJob(int failing) : WorkerJob
    {
        public bool Aborted { get; private set; }

        protected internal override void Prepare(int workers)
        {
        }

        protected internal override void Execute(int worker)
        {
            if (worker == failing) throw new FormatException("worker " + worker);
        }

        protected internal override void Abort() => Aborted = true;
    }

    private sealed class NestingJob(WorkerPool pool, WorkerJob inner) : WorkerJob
    {
        protected internal override void Prepare(int workers)
        {
        }

        protected internal override void Execute(int worker)
        {
            if (worker == 1) pool.Run(inner);
        }
    }

    private sealed class WaitingJob(ManualResetEventSlim entered, ManualResetEventSlim release) : WorkerJob
    {
        protected internal override void Prepare(int workers)
        {
        }

        protected internal override void Execute(int worker)
        {
            entered.Set();
            release.Wait();
        }
    }
}
