using System;
using System.Diagnostics;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>When runs are done on one thread because the others don't help.</summary>
public sealed class CrowdingTests
{
    private const int Batch = 32;

    private static readonly long second = Stopwatch.Frequency, microsecond = Stopwatch.Frequency / 1_000_000;

    private readonly Crowding crowding = new();
    private long now = 1;

    [Fact]
    public void LongRunsThatGoWellStayShared()
    {
        // Half of the time is what one of two workers works for at least.
        Assert.Equal(0, Simulate(10_000, shared: _ => (second / 2, second), alone: second * 2));
    }

    [Fact]
    public void ShortRunsAreTriedAloneNowAndThen() => Assert.InRange(Simulate(10_000, shared: _ => Microseconds(60, 100), alone: 200 * microsecond), 2, 20);

    [Fact]
    public void WhereHandingOverCostsMoreThanItBringsRunsAreDoneAlone() =>
        Assert.InRange(Simulate(10_000, shared: _ => Microseconds(90, 100), alone: 30 * microsecond), 9_600, 10_000);

    [Fact]
    public void WhereWorkersAreLateRunsAreDoneAlone() => Assert.InRange(Simulate(100_000, shared: _ => Microseconds(40, 1000), alone: 100 * microsecond), 99_800, 100_000);

    [Fact]
    public void WorkersThatHaveMoreToDoThanTheCallerAreKept() => Assert.InRange(Simulate(10_000, shared: _ => Microseconds(1, 100), alone: 200 * microsecond, workers: 4), 2, 50);

    [Fact]
    public void AWorkerThatIsLateNowAndThenIsAskedAgainSoon() =>
        Assert.InRange(Simulate(10_000, shared: run => run % 500 == 0 ? Microseconds(40, 1000) : Microseconds(60, 100), alone: 200 * microsecond), 20, 500);

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
                crowding.ReportAlone(Batch, 200 * microsecond, now += 200 * microsecond);
                wasAlone = true;
                alone++;
            }
            else
            {
                long took = (wasAlone || run == 0 ? 1000 : 100) * microsecond;
                crowding.ReportShared(Batch, workers: 2, worked: 60 * microsecond, took, now += took);
                wasAlone = false;
            }
        }

        Assert.InRange(alone, 1, 60);
    }

    [Fact]
    public void ATrialIsARunOnAsManySamples()
    {
        Share(1000);
        Assert.False(crowding.WantsAlone(Batch - 1, now));
        Assert.True(crowding.WantsAlone(Batch, now));
        crowding.ReportAlone(Batch, took: 100 * microsecond, now += 100 * microsecond);

        // Where workers get no processor, no run has them.
        Assert.True(crowding.WantsAlone(Batch - 1, now + (999 * microsecond)));
        now += 1000 * microsecond;
        Assert.False(crowding.WantsAlone(Batch - 1, now));
        Assert.False(crowding.WantsAlone(Batch, now));

        // Runs for some milliseconds, then the time doubles.
        for (int run = 0; run < 3; run++) Share(1000);
        Assert.False(crowding.WantsAlone(Batch, now));
        Share(1000);
        Assert.True(crowding.WantsAlone(Batch, now + (7999 * microsecond)));
        Assert.False(crowding.WantsAlone(Batch, now + (8000 * microsecond)));
    }

    [Fact]
    public void OneShortRunThatWasLateDoesNotDecide()
    {
        Share(900);
        for (int run = 0; run < 5; run++)
        {
            Assert.False(crowding.WantsAlone(Batch, now));
            Share(90);
        }

        Assert.True(crowding.WantsAlone(Batch, now));
        crowding.ReportAlone(Batch, took: 100 * microsecond, now += 100 * microsecond);
        Assert.False(crowding.WantsAlone(Batch, now));
    }

    private void Share(long took) => crowding.ReportShared(Batch, workers: 2, worked: 40 * microsecond, took * microsecond, now += took * microsecond);

    private static (long Worked, long Took) Microseconds(long worked, long took) => (worked * microsecond, took * microsecond);

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
