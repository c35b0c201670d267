using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace DLCompiler.EditLatency;

/// <summary>What one kind of edit cost, over several edits.</summary>
/// <param name="Generate">Milliseconds of the generator, sorted.</param>
/// <param name="Analyze">Milliseconds of the analyzers on the open file, sorted.</param>
/// <param name="Megabytes">Allocated by both for one edit, the median.</param>
/// <param name="Recompiled">Models that were emitted anew.</param>
internal sealed record Measurement(double[] Generate, double[] Analyze, double Megabytes, int Recompiled)
{
    /// <summary>Edits a project a number of times; the first edits warm up and don't count.</summary>
    public static async Task<Measurement> Of(EditedProject project, Edit edit, int warmUp, int count, Func<int> next)
    {
        var generate = new List<double>();
        var analyze = new List<double>();
        var allocated = new List<double>();
        int recompiled = 0;
        for (int i = -warmUp; i < count; i++)
        {
            int number = next();
            project.Edit(edit.File, text => edit.Apply(text, number));
            long before = GC.GetTotalAllocatedBytes();
            long start = Stopwatch.GetTimestamp();
            project.Generate();
            double generated = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            await project.Analyze(edit.File);
            double analyzed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (i < 0) continue;
            generate.Add(generated);
            analyze.Add(analyzed);
            allocated.Add((GC.GetTotalAllocatedBytes() - before) / 1e6);
            recompiled = project.Recompiled;
        }

        generate.Sort();
        analyze.Sort();
        allocated.Sort();
        return new Measurement([.. generate], [.. analyze], allocated[allocated.Count / 2], recompiled);
    }

    /// <summary>The value that a share of the sorted values does not exceed.</summary>
    public static double Percentile(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
