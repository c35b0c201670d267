using System;

namespace DLCompiler.Metrics;

/// <summary>The share of samples whose label is among the <c>k</c> largest scores. Equal scores count for the label only where it comes first; NaN is wrong.</summary>
public sealed class Accuracy : Metric
{
    private readonly int k;
    private long right, count;

    /// <summary>Creates the metric.</summary>
    /// <param name="k">How many scores may be the label's; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public Accuracy(int k = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        this.k = k;
    }

    /// <inheritdoc/>
    public override string Name => k == 1 ? "accuracy" : FormattableString.Invariant($"top_{k}_accuracy");

    /// <inheritdoc/>
    public override double Value => (double)right / count;

    /// <inheritdoc/>
    public override void Reset() => (right, count) = (0, 0);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels)
    {
        int classes = Classes(outputs, labels);
        for (int row = 0; row < labels.Length; row++)
        {
            var scores = outputs.Slice(row * classes, classes);
            float own = scores[labels[row]];
            int better = 0;
            bool hasNaN = false;
            for (int i = 0; i < classes; i++)
            {
                hasNaN |= float.IsNaN(scores[i]);
                if (scores[i] > own || (scores[i] == own && i < labels[row])) better++;
            }

            if (better < k && !hasNaN) right++;
        }

        count += labels.Length;
    }
}

/// <summary>The share of elements on the target's side of a threshold: for probabilities 0.5, for logits 0. NaN is wrong.</summary>
/// <param name="threshold">Above it, a prediction is positive; a target is positive above 0.5.</param>
public sealed class BinaryAccuracy(double threshold = 0.5) : Metric
{
    private long right, count;

    /// <inheritdoc/>
    public override string Name => "binary_accuracy";

    /// <inheritdoc/>
    public override double Value => (double)right / count;

    /// <inheritdoc/>
    public override void Reset() => (right, count) = (0, 0);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        CheckLengths(outputs, targets);
        for (int i = 0; i < outputs.Length; i++)
            if (outputs[i] > threshold == targets[i] > 0.5f && !float.IsNaN(outputs[i])) right++;
        count += outputs.Length;
    }
}
