using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;

namespace DLCompiler.Benchmarks;

/// <summary>
/// Measures on demand, so that another process can take samples of this one and of a peer in turn. A line "workload batch repetitions" is answered by
/// "seconds-per-repetition involuntary-switches"; a line "work workload batch" by the floating-point operations of a call and the bytes that a ceiling reads.
/// </summary>
internal sealed class Server(int threads)
{
    // As many calls as code and caches need, but not for long where a call takes long.
    private const int WarmUpCalls = 30, LeastWarmUpCalls = 3;
    private const double WarmUpSeconds = 1;

    private readonly Dictionary<(string Name, int Batch), Workload> workloads = [];

    /// <summary>Answers until the input ends.</summary>
    public void Run()
    {
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            if (words is ["work", var name, var size])
            {
                Workload workload = Find(name, Number(size));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{workload.Flops:R} {workload.Bytes:R}"));
            }
            else
            {
                var (seconds, switches) = Measure(Find(words[0], Number(words[1])).Call, Number(words[2]));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:E6} {switches}"));
            }
        }
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

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

    private Workload Find(string name, int batch)
    {
        if (!workloads.TryGetValue((name, batch), out Workload? workload))
        {
            workload = Workloads.Create(name, batch, threads);
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < LeastWarmUpCalls || (i < WarmUpCalls && Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds); i++) workload.Call();
            workloads.Add((name, batch), workload);
        }

        return workload;
    }
}
