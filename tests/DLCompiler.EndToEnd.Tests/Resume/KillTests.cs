using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using DLCompiler.EndToEnd.Tests.Models;
using Xunit;
using Xunit.Abstractions;

namespace DLCompiler.EndToEnd.Tests.Resume;

/// <summary>
/// A process that trains is killed, again and again, most often while it writes a checkpoint: the old or the new one is whole each time. Started anew it goes
/// on from there, and ends with the bits of a run that nobody disturbed. 1,000 kills with <c>DLC_TEST_FULL=1</c>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int kills = Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1" ? 1000 : 4;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-tests-");
    private int before, after, withinSave;

    private string Run => Path.Combine(folder.FullName, "run");

    private string End => Path.Combine(folder.FullName, "end");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_killed_run_ends_with_the_same_bits()
    {
        string expected = Path.Combine(folder.FullName, "expected");
        TrainingChild.Train(checkpoint: null, expected, threads: 2, _ => { });
        byte[] bits = File.ReadAllBytes(expected);

        int complete = 0;
        for (int round = 0; before + after < kills; round++)
        {
            // A kill comes some steps after the start: at any time, or up to three milliseconds after a checkpoint has begun to be written.
            var random = new Random(round);
            bool inSave = random.Next(8) > 0;
            int steps = random.Next(1, TrainingChild.Steps / 3), ticks = random.Next(inSave ? 30_000 : 80_000);
            if (!RunsToItsEnd(threads: 1 + (round % 3), steps, inSave, ticks)) continue;
            Assert.Equal(bits, File.ReadAllBytes(End));
            File.Delete(Run);
            complete++;
        }

        Assert.True(RunsToItsEnd(threads: 2, stepsToLive: int.MaxValue, inSave: false, ticksToLive: 0));
        Assert.Equal(bits, File.ReadAllBytes(End));
        output.WriteLine(FormattableString.Invariant($"{before + after} kills, {withinSave} of them between the beginning and the end of a save:"));
        output.WriteLine(FormattableString.Invariant($"the checkpoint before the step was found {before} times, the one after it {after} times,"));
        output.WriteLine(FormattableString.Invariant($"and {complete + 1} runs ended, with the expected bits"));
    }

    private bool RunsToItsEnd(int threads, int stepsToLive, bool inSave, int ticksToLive)
    {
        string[] arguments = ["exec", typeof(TrainingChild).Assembly.Location, Run, End, threads.ToString(CultureInfo.InvariantCulture)];
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        bool killed = false;
        long begun = -1;
        for (int step = 0; child.StandardOutput.ReadLine() is { Length: > 0 } line; step++)
        {
            // What the child wrote before it died arrives after the kill.
            begun = long.Parse(line, CultureInfo.InvariantCulture);
            if (step != stepsToLive) continue;
            if (inSave) AwaitSave();
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).Ticks < ticksToLive)
            {
            }

            child.Kill();
            killed = true;
        }

        child.WaitForExit();
        Assert.True(killed || child.ExitCode == 0, $"The program ended with {child.ExitCode}.");
        if (child.ExitCode == 0) return true;
        Count(begun);
        return false;
    }

    // Looks some ten thousand times a second; a child that doesn't come to it in time is killed where it is.
    private void AwaitSave()
    {
        long start = Stopwatch.GetTimestamp();
        while (TemporaryFiles().Length == 0 && Stopwatch.GetElapsedTime(start).TotalMilliseconds < 200)
        {
        }
    }

    // Each step is followed by a checkpoint: that of the step that was begun last is there, or the one before it.
    private void Count(long begun)
    {
        using var model = new StatefulNet { Seed = TrainingChild.Seed };
        if (File.Exists(Run)) model.LoadTrainingState(Run);
        Assert.InRange(model.Iteration, begun, begun + 1);
        if (model.Iteration == begun) before++;
        else after++;

        string[] left = TemporaryFiles();
        Assert.InRange(left.Length, 0, 1);
        if (left.Length > 0) withinSave++;
        foreach (string file in left) File.Delete(file);
    }

    private string[] TemporaryFiles() => Directory.GetFiles(folder.FullName, "run.*.tmp");
}
