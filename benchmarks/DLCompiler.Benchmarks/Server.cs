using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;

namespace DLCompiler.Benchmarks;

/// <summary>
/// Measures on demand, so that another process can take samples of this one and of a peer in turn. A line "workload batch repetitions" is answered by
/// "seconds-per-repetition involuntary-switches".
/// </summary>
internal sealed class Server(int threads)
{
    private const int WarmUpCalls = 30;

    private readonly Dictionary<(string Name, int Batch), Action> workloads = [];

    /// <summary>Answers until the input ends.</summary>
    public void Run()
    {
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            int batch = int.Parse(words[1], CultureInfo.InvariantCulture), repetitions = int.Parse(words[2], CultureInfo.InvariantCulture);
            var (seconds, switches) = Measure(Workload(words[0], batch), repetitions);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:E6} {switches}"));
        }
    }

    private static (double Seconds, long Switches) Measure(Action call, int repetitions)
    {
        // The first calls wake the workers.
        call();
        call();
        long before = Preemption.Count, start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repetitions; i++) call();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / repetitions;
        return (seconds, Preemption.Count - before);
    }

    private Action Workload(string name, int batch)
    {
        if (!workloads.TryGetValue((name, batch), out var call))
        {
            call = Benchmarks.Workload.Create(name, batch, threads);
            for (int i = 0; i < WarmUpCalls; i++) call();
            workloads.Add((name, batch), call);
        }

        return call;
    }
}
