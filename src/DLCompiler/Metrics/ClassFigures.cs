using System;

namespace DLCompiler.Metrics;

/// <summary>How the figures of the classes become one.</summary>
public enum Averaging
{
    /// <summary>The mean over the classes that are a label or a prediction; each counts the same.</summary>
    Macro,

    /// <summary>From the sums over the classes of right answers, predictions and labels; each sample counts the same.</summary>
    Micro,
}

/// <summary>
/// A figure made of right answers, predictions and labels of each class: of classes by labels, or of one class, the positive one, where targets are numbers (above
/// 0.5) and predictions are positive above a threshold. A quotient 0/0 is 0, as scikit-learn's zero_division = 0.
/// </summary>
public abstract class ClassFigures : Metric
{
    private readonly Averaging averaging;
    private readonly double threshold;
    private readonly ConfusionMatrix matrix = new();
    private long truePositives, predictedPositives, positives;
    private bool isBinary;

    private protected ClassFigures(Averaging averaging, double threshold) => (this.averaging, this.threshold) = (averaging, threshold);

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            if (isBinary) return Figure(truePositives, predictedPositives, positives);
            if (matrix.Count == 0) return double.NaN;
            long right = 0, predicted = 0, labelled = 0;
            double sum = 0;
            int classes = 0;
            for (int i = 0; i < matrix.Count; i++)
            {
                long own = matrix[i, i], predictions = matrix.OfPrediction(i), labels = matrix.OfLabel(i);
                (right, predicted, labelled) = (right + own, predicted + predictions, labelled + labels);
                if (predictions + labels == 0) continue;
                sum += Figure(own, predictions, labels);
                classes++;
            }

            return averaging == Averaging.Micro ? Figure(right, predicted, labelled) : sum / classes;
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        matrix.Reset();
        (truePositives, predictedPositives, positives, isBinary) = (0, 0, 0, false);
    }

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels) => matrix.Add(outputs, labels);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        CheckLengths(outputs, targets);
        for (int i = 0; i < outputs.Length; i++)
        {
            bool positive = targets[i] > 0.5f, predicted = outputs[i] > threshold;
            if (positive) positives++;
            if (predicted) predictedPositives++;
            if (positive && predicted) truePositives++;
        }

        isBinary |= outputs.Length > 0;
    }

    private protected abstract double Figure(long right, long predicted, long labelled);

    private protected static double Quotient(double part, double whole) => whole == 0 ? 0 : part / whole;

    private protected string Named(string name) => averaging == Averaging.Micro ? "micro_" + name : name;
}

/// <summary>Of what was predicted as a class, the share that is of it.</summary>
/// <param name="averaging">How the classes' figures become one.</param>
/// <param name="threshold">For targets that are numbers: above it, a prediction is positive.</param>
public sealed class Precision(Averaging averaging = Averaging.Macro, double threshold = 0.5) : ClassFigures(averaging, threshold)
{
    /// <inheritdoc/>
    public override string Name => Named("precision");

    private protected override double Figure(long right, long predicted, long labelled) => Quotient(right, predicted);
}

/// <summary>Of what is of a class, the share that was predicted as such.</summary>
/// <param name="averaging">How the classes' figures become one.</param>
/// <param name="threshold">For targets that are numbers: above it, a prediction is positive.</param>
public sealed class Recall(Averaging averaging = Averaging.Macro, double threshold = 0.5) : ClassFigures(averaging, threshold)
{
    /// <inheritdoc/>
    public override string Name => Named("recall");

    private protected override double Figure(long right, long predicted, long labelled) => Quotient(right, labelled);
}

/// <summary>The harmonic mean of precision and recall, 2·right/(predicted + labelled).</summary>
/// <param name="averaging">How the classes' figures become one.</param>
/// <param name="threshold">For targets that are numbers: above it, a prediction is positive.</param>
public sealed class F1(Averaging averaging = Averaging.Macro, double threshold = 0.5) : ClassFigures(averaging, threshold)
{
    /// <inheritdoc/>
    public override string Name => Named("f1");

    private protected override double Figure(long right, long predicted, long labelled) => Quotient(2.0 * right, predicted + labelled);
}

/// <summary>
/// The mean over the classes of intersection over union, right/(predicted + labelled − right), for segmentation; classes that are neither label nor prediction do
/// not count.
/// </summary>
public sealed class MeanIoU() : ClassFigures(Averaging.Macro, 0.5)
{
    /// <inheritdoc/>
    public override string Name => "mean_iou";

    private protected override double Figure(long right, long predicted, long labelled) => Quotient(right, predicted + labelled - right);
}
