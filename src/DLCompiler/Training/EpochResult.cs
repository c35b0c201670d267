using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using DLCompiler.Metrics;

namespace DLCompiler;

/// <summary>The figures of one epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The mean over the samples of the training loss, each taken before the step that it led to.</param>
/// <param name="ValidationLoss">The loss on the validation set after the epoch; null without one.</param>
/// <param name="ValidationAccuracy">The accuracy on the validation set, 0 to 1; null without one, and for losses that are not a cross-entropy.</param>
/// <param name="Seconds">Duration, validation included.</param>
public sealed record EpochResult(int Epoch, double Loss, double? ValidationLoss, double? ValidationAccuracy, double Seconds)
{
    /// <summary>The learning rate of the epoch's last step.</summary>
    public double LearningRate { get; init; }

    /// <summary>The values of <see cref="FitOptions.Metrics"/> on the validation set, in their order.</summary>
    public IReadOnlyList<MetricValue> Metrics { get; init; } = [];

    /// <summary>Whether all figures are the same.</summary>
    public bool Equals(EpochResult? other) => other is not null
        && (Epoch, Loss, ValidationLoss, ValidationAccuracy, Seconds, LearningRate)
            .Equals((other.Epoch, other.Loss, other.ValidationLoss, other.ValidationAccuracy, other.Seconds, other.LearningRate))
        && Metrics.SequenceEqual(other.Metrics);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Epoch, Loss, ValidationLoss);

    // Lists print their type's name; metrics are to be read.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Epoch = {Epoch}, Loss = {Loss}, ValidationLoss = {ValidationLoss}, ValidationAccuracy = {ValidationAccuracy}, ");
        text.Append(CultureInfo.InvariantCulture, $"Seconds = {Seconds}, LearningRate = {LearningRate}");
        foreach (var metric in Metrics) text.Append(CultureInfo.InvariantCulture, $", {metric.Name} = {metric.Value}");
        return true;
    }
}
