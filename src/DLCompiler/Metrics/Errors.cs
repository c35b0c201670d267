using System;

namespace DLCompiler.Metrics;

/// <summary>The mean of squared differences.</summary>
public sealed class MeanSquaredError : Metric
{
    private double sum;
    private long count;

    /// <inheritdoc/>
    public override string Name => "mse";

    /// <inheritdoc/>
    public override double Value => sum / count;

    /// <inheritdoc/>
    public override void Reset() => (sum, count) = (0, 0);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        CheckLengths(outputs, targets);
        for (int i = 0; i < outputs.Length; i++)
        {
            double difference = (double)outputs[i] - targets[i];
            sum += difference * difference;
        }

        count += outputs.Length;
    }
}

/// <summary>The mean of absolute differences.</summary>
public sealed class MeanAbsoluteError : Metric
{
    private double sum;
    private long count;

    /// <inheritdoc/>
    public override string Name => "mae";

    /// <inheritdoc/>
    public override double Value => sum / count;

    /// <inheritdoc/>
    public override void Reset() => (sum, count) = (0, 0);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        CheckLengths(outputs, targets);
        for (int i = 0; i < outputs.Length; i++) sum += Math.Abs((double)outputs[i] - targets[i]);
        count += outputs.Length;
    }
}

/// <summary>
/// The coefficient of determination R², 1 − Σ(t − y)²/Σ(t − mean)², over all elements. Where all targets are equal: 1 if all predictions are right, otherwise 0
/// (as scikit-learn). NaN for fewer than two elements.
/// </summary>
public sealed class R2 : Metric
{
    private double residual, mean, spread;
    private long count;

    /// <inheritdoc/>
    public override string Name => "r2";

    /// <inheritdoc/>
    public override double Value => count < 2 ? double.NaN : spread == 0 ? (residual == 0 ? 1 : residual > 0 ? 0 : double.NaN) : 1 - residual / spread;

    /// <inheritdoc/>
    public override void Reset() => (residual, mean, spread, count) = (0, 0, 0, 0);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        CheckLengths(outputs, targets);
        for (int i = 0; i < outputs.Length; i++)
        {
            double difference = (double)outputs[i] - targets[i];
            residual += difference * difference;

            // Welford 1962: squares of large targets would leave nothing of their spread.
            count++;
            double before = targets[i] - mean;
            mean += before / count;
            spread += before * (targets[i] - mean);
        }
    }
}

/// <summary>
/// Perplexity, exp of the mean over the samples of −log p(label), where p is the softmax of the scores. Samples with the label to ignore do not count.
/// </summary>
/// <param name="ignore">A label that stands for padding; none unless given.</param>
public sealed class Perplexity(int ignore = -1) : Metric
{
    private double sum;
    private long count;

    /// <inheritdoc/>
    public override string Name => "perplexity";

    /// <inheritdoc/>
    public override double Value => Math.Exp(sum / count);

    /// <inheritdoc/>
    public override void Reset() => (sum, count) = (0, 0);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels)
    {
        int classes = Classes(outputs, labels, ignore);
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] == ignore) continue;
            var scores = outputs.Slice(row * classes, classes);
            double largest = double.NegativeInfinity, total = 0;
            foreach (float score in scores) largest = Math.Max(largest, score);
            foreach (float score in scores) total += Math.Exp(score - largest);
            sum += Math.Log(total) + largest - scores[labels[row]];
            count++;
        }
    }
}
