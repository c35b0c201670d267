using System.Collections.Generic;
using DLCompiler.Metrics;

namespace DLCompiler;

/// <summary>How well a model does on a data set.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Accuracy">The share of right answers, 0 to 1; null for mean squared error.</param>
/// <param name="Count">Samples.</param>
public sealed record EvaluationResult(double Loss, double? Accuracy, int Count)
{
    /// <summary>The values of the metrics that were asked for, in their order.</summary>
    public IReadOnlyList<MetricValue> Metrics { get; init; } = [];
}
