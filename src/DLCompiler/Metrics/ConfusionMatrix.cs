using System;

namespace DLCompiler.Metrics;

/// <summary>
/// How often each class was predicted for each label. <see cref="Precision"/>, <see cref="Recall"/>, <see cref="F1"/> and <see cref="MeanIoU"/> are computed from
/// one; its own value is the accuracy. A row of scores with NaN predicts no class: it counts for its label, and for no prediction.
/// </summary>
public sealed class ConfusionMatrix : Metric
{
    private long[] counts = [];
    private long[] unpredicted = [];

    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <summary>The number of classes; 0 before anything was added.</summary>
    public int Count { get; private set; }

    /// <summary>The samples with a label for which a class was predicted.</summary>
    /// <param name="label">The label.</param>
    /// <param name="predicted">The prediction.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is no class.</exception>
    public long this[int label, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(label);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, Count);
            ArgumentOutOfRangeException.ThrowIfNegative(predicted);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(predicted, Count);
            return counts[label * Count + predicted];
        }
    }

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            long right = 0, all = 0;
            for (int i = 0; i < Count; i++)
            {
                right += counts[i * Count + i];
                all += OfLabel(i);
            }

            return (double)right / all;
        }
    }

    /// <inheritdoc/>
    public override void Reset() => (counts, unpredicted, Count) = ([], [], 0);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The lengths do not fit, a label is no class, or there were scores of another number of classes before.</exception>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels)
    {
        int classes = Classes(outputs, labels);
        if (labels.Length == 0) return;
        if (Count == 0) (counts, unpredicted, Count) = (new long[(long)classes * classes], new long[classes], classes);
        if (classes != Count)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"these scores are of {classes} classes, those before of {Count}. Reset before counting others."), nameof(outputs));
        }

        for (int row = 0; row < labels.Length; row++)
        {
            int predicted = Largest(outputs.Slice(row * classes, classes));
            if (predicted < 0) unpredicted[labels[row]]++;
            else counts[labels[row] * classes + predicted]++;
        }
    }

    /// <summary>The samples with a label.</summary>
    internal long OfLabel(int label)
    {
        long sum = unpredicted[label];
        for (int predicted = 0; predicted < Count; predicted++) sum += counts[label * Count + predicted];
        return sum;
    }

    /// <summary>The samples with a prediction.</summary>
    internal long OfPrediction(int predicted)
    {
        long sum = 0;
        for (int label = 0; label < Count; label++) sum += counts[label * Count + predicted];
        return sum;
    }
}
