using System;
using System.Diagnostics;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>When runs are done on one thread because the others don't help.</summary>
public sealed class CrowdingTests
{
    private const int Batch = 32;

    private static readonly long second = Stopwatch.Frequency;

    private readonly Crowding crowding = new();
    private long now = 1;

    [Fact]
    public void LongRunsThatGoWellStayShared()
    {
        // Half of the time is what one of two workers works for at least.
        Assert.Equal(0, Simulate(10_000, shared: _ => (second / 2, second), alone: second * 2));
    }

    [Fact]
    public void ShortRunsAreTriedAloneNowAndThen() => Assert.InRange(Simulate(10_000, shared: _ => (60, 100), alone: 200), 2, 20);

    [Fact]
    public void WhereHandingOverCostsMoreThanItBringsRunsAreDoneAlone() => Assert.InRange(Simulate(10_000, shared: _ => (90, 100), alone: 30), 9_700, 10_000);

    [Fact]
    public void WhereWorkersAreLateRunsAreDoneAlone() => Assert.InRange(Simulate(100_000, shared: _ => (40, 1000), alone: 100), 99_800, 100_000);

    [Fact]
    public void WorkersThatHaveMoreToDoThanTheCallerAreKept() => Assert.InRange(Simulate(10_000, shared: _ => (1, 100), alone: 200, workers: 4), 2, 50);

    [Fact]
    public void AWorkerThatIsLateNowAndThenIsAskedAgainSoon() =>
        Assert.InRange(Simulate(10_000, shared: run => run % 500 == 0 ? (40, 1000) : (60, 100), alone: 200), 20, 500);

    [Fact]
    public void AWakeUpAfterATimeAloneIsNotHeldAgainstTheWorkers()
    {
        bool wasAlone = false;
        int alone = 0;
        for (int run = 0; run < 10_000; run++)
        {
            // A run that begins with sleeping workers takes ten times as long.
            if (crowding.WantsAlone(Batch, now))
            {
                crowding.ReportAlone(Batch, took: 200, now += 200);
                wasAlone = true;
                alone++;
            }
            else
            {
                long took = wasAlone || run == 0 ? 1000 : 100;
                crowding.ReportShared(Batch, workers: 2, worked: 60, took, now += took);
                wasAlone = false;
            }
        }

        Assert.InRange(alone, 1, 60);
    }

    [Fact]
    public void ATrialIsARunOnAsManySamples()
    {
        crowding.ReportShared(Batch, workers: 2, worked: 40, took: 1000, now: 1000);
        Assert.False(crowding.WantsAlone(Batch - 1, 1001));
        Assert.True(crowding.WantsAlone(Batch, 1001));
        crowding.ReportAlone(Batch, took: 100, now: 1100);

        // Where workers get no processor, no run has them.
        Assert.True(crowding.WantsAlone(Batch - 1, 2099));
        Assert.False(crowding.WantsAlone(Batch - 1, 2100));
        Assert.False(crowding.WantsAlone(Batch, 2100));

        // Two runs, then the time doubles.
        crowding.ReportShared(Batch, workers: 2, worked: 40, took: 1000, now: 3100);
        Assert.False(crowding.WantsAlone(Batch, 3100));
        crowding.ReportShared(Batch, workers: 2, worked: 40, took: 1000, now: 4100);
        Assert.True(crowding.WantsAlone(Batch, 6099));
        Assert.False(crowding.WantsAlone(Batch, 6100));
    }

    private int Simulate(int runs, Func<int, (long Worked, long Took)> shared, long alone, int workers = 2)
    {
        int count = 0;
        for (int run = 1; run <= runs; run++)
        {
            if (crowding.WantsAlone(Batch, now))
            {
                crowding.ReportAlone(Batch, alone, now += alone);
                count++;
            }
            else
            {
                var (worked, took) = shared(run);
                crowding.ReportShared(Batch, workers, worked, took, now += took);
            }
        }

        return count;
    }
}
