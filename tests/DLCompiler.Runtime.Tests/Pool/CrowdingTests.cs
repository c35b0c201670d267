using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>When runs are done on one thread because the others don't help.</summary>
public sealed class CrowdingTests
{
    private readonly Crowding crowding = new();

    [Fact]
    public void RunsThatGoWellStayShared()
    {
        for (int now = 0; now < 100_000; now += 100)
        {
            Assert.False(crowding.WantsAlone(32, now));
            // Half of the time is what one of two workers works for at least.
            crowding.ReportShared(32, workers: 2, worked: 50, took: 100, now);
        }
    }

    [Fact]
    public void LateWorkersAreDoneWithoutForAWhile()
    {
        crowding.ReportShared(32, workers: 2, worked: 40, took: 1000, now: 1000);
        Assert.False(crowding.WantsAlone(31, 1001));
        Assert.True(crowding.WantsAlone(32, 1001));
        crowding.ReportAlone(32, took: 100, now: 1100);

        Assert.True(crowding.WantsAlone(32, 1101));
        Assert.True(crowding.WantsAlone(31, 9099));
        Assert.False(crowding.WantsAlone(32, 9100));

        // The second trial is no better: the time doubles.
        crowding.ReportShared(32, workers: 2, worked: 40, took: 1000, now: 10_100);
        crowding.ReportAlone(32, took: 100, now: 10_200);
        Assert.True(crowding.WantsAlone(32, 26_199));
        Assert.False(crowding.WantsAlone(32, 26_200));

        // It goes well again, and badly again: from the beginning.
        crowding.ReportShared(32, workers: 2, worked: 50, took: 100, now: 26_300);
        crowding.ReportShared(32, workers: 2, worked: 40, took: 1000, now: 27_300);
        crowding.ReportAlone(32, took: 100, now: 27_400);
        Assert.True(crowding.WantsAlone(32, 35_399));
        Assert.False(crowding.WantsAlone(32, 35_400));
    }

    [Fact]
    public void WorkersThatHaveMoreToDoThanTheCallerAreKept()
    {
        // The caller waits, and yet a run alone takes longer: the next trial is far away.
        long now = 0;
        int trials = 0;
        for (int run = 0; run < 10_000; run++)
        {
            if (crowding.WantsAlone(32, now))
            {
                crowding.ReportAlone(32, took: 200, now += 200);
                trials++;
            }
            else
            {
                crowding.ReportShared(32, workers: 4, worked: 1, took: 100, now += 100);
            }
        }

        Assert.InRange(trials, 2, 20);
    }
}
