using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
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

    /// <summary>Whether all figures are the same.</summary>
    public bool Equals(EvaluationResult? other) => other is not null
        && (Loss, Accuracy, Count).Equals((other.Loss, other.Accuracy, other.Count)) && Metrics.SequenceEqual(other.Metrics);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Loss, Accuracy, Count);

    // Lists print their type's name; metrics are to be read.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Loss = {Loss}, Accuracy = {Accuracy}, Count = {Count}");
        foreach (var metric in Metrics) text.Append(CultureInfo.InvariantCulture, $", {metric.Name} = {metric.Value}");
        return true;
    }
}
