using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Xunit;

namespace DLCompiler.EndToEnd.Tests.Resume;

/// <summary>
/// A process that trains is killed, again and again; started anew it goes on from its checkpoint, and ends with the bits of a run that nobody disturbed.
/// </summary>
public sealed class KillTests : IDisposable
{
    private static readonly int kills = Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1" ? 100 : 4;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-tests-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_killed_run_ends_with_the_same_bits()
    {
        string expected = Path.Combine(folder.FullName, "expected"), run = Path.Combine(folder.FullName, "run"), end = Path.Combine(folder.FullName, "end");
        TrainingChild.Train(checkpoint: null, expected, threads: 2, _ => { });
        byte[] bits = File.ReadAllBytes(expected);

        int killed = 0;
        for (int round = 0; killed < kills; round++)
        {
            // A kill comes some steps after the start, and up to two milliseconds later: within a step, or while its checkpoint is written.
            var random = new Random(round);
            if (RunsToItsEnd(run, end, threads: 1 + (round % 3), stepsToLive: random.Next(1, TrainingChild.Steps / 3), ticksToLive: random.Next(20_000)))
            {
                Assert.Equal(bits, File.ReadAllBytes(end));
                File.Delete(run);
            }
            else
            {
                killed++;
            }
        }

        Assert.True(RunsToItsEnd(run, end, threads: 2, stepsToLive: int.MaxValue, ticksToLive: 0));
        Assert.Equal(bits, File.ReadAllBytes(end));
    }

    private static bool RunsToItsEnd(string run, string end, int threads, int stepsToLive, int ticksToLive)
    {
        string[] arguments = ["exec", typeof(TrainingChild).Assembly.Location, run, end, threads.ToString(CultureInfo.InvariantCulture)];
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        bool killed = false;
        for (int step = 0; child.StandardOutput.ReadLine() is not null; step++)
        {
            if (step != stepsToLive) continue;
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).Ticks < ticksToLive)
            {
            }

            child.Kill();
            killed = true;
        }

        child.WaitForExit();
        Assert.True(killed || child.ExitCode == 0, $"The program ended with {child.ExitCode}.");
        return child.ExitCode == 0;
    }
}
