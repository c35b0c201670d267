using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>Compares what a model needs with its <c>[Budget]</c>.</summary>
internal static class BudgetCheck
{
    private const int Bytes = sizeof(float), Shown = 3;

    /// <summary>Reports each limit that is exceeded, on the limit.</summary>
    public static void Report(ClassProgram model, BudgetSpecification budget, ModelSignature signature, DiagnosticSink sink)
    {
        foreach (NamedNumber limit in budget.Limits)
        {
            var site = new SourceSite(model.MetadataName, limit.Site);
            if (limit.Value < 1)
            {
                sink.ReportInPlace(
                    DiagnosticIds.InvalidArgument, site, $"{limit.Name} is {Number((long)limit.Value)}; it must be at least 1. Leave it out for no limit");
                continue;
            }

            Resource resource = limit.Name switch
            {
                "Parameters" => new(signature.ParameterCount, row => row.Parameters, Number, " parameters"),
                "Flops" => new(signature.Flops, row => row.Flops, Number, " FLOPs a sample"),
                _ => new(MemoryBytes(signature), row => (row.Parameters * Bytes) + row.ActivationBytes, Size, ""),
            };
            long allowed = (long)limit.Value;
            if (resource.Need <= allowed) continue;
            IEnumerable<string> largest = signature.Rows.Where(row => resource.Share(row) > 0).OrderByDescending(resource.Share).Take(Shown)
                .Select(row => $"{Name(row)} ({resource.Write(resource.Share(row))})");
            sink.ReportInPlace(
                DiagnosticIds.OverBudget,
                site,
                $"{model.Name} needs {resource.Write(resource.Need)}{resource.Unit}, {resource.Write(resource.Need - allowed)} over its [Budget] of "
                    + $"{resource.Write(allowed)}; the largest: {string.Join(", ", largest)}");
        }
    }

    // Parameters and running statistics, and the outputs of all layers for one sample.
    private static long MemoryBytes(ModelSignature signature) =>
        ((signature.ParameterCount + signature.States.Sum(state => state.Shape.ElementCount.Value)) * Bytes) + signature.ActivationBytes;

    // The layers of a chain have numbers for names.
    private static string Name(SummaryRow row) => char.IsDigit(row.Layer[0]) ? $"{row.Kind} {row.Layer}" : row.Layer;

    private static string Size(long bytes) => bytes switch
    {
        >= 1 << 20 => string.Format(CultureInfo.InvariantCulture, "{0:0.##} MiB", bytes / (double)(1 << 20)),
        >= 1 << 10 => string.Format(CultureInfo.InvariantCulture, "{0:0.##} KiB", bytes / (double)(1 << 10)),
        _ => Checks.Count(bytes, "byte", "bytes"),
    };

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <param name="Need">What the model needs of it.</param>
    /// <param name="Share">What a layer needs of it.</param>
    /// <param name="Write">An amount as text.</param>
    /// <param name="Unit">What stands after an amount.</param>
    private sealed record Resource(long Need, Func<SummaryRow, long> Share, Func<long, string> Write, string Unit);
}
