using System;

namespace DLCompiler.Metrics;

/// <summary>
/// A figure of merit over predictions that come in batches: the same at the end however they were cut. Counts are exact; sums are kept in double precision. Give
/// some to <see cref="FitOptions.Metrics"/>, or call <c>Add</c> and read <see cref="Value"/> yourself. One object serves one evaluation at a time.
/// </summary>
public abstract class Metric
{
    private protected Metric()
    {
    }

    /// <summary>Its name in histories and logs.</summary>
    public abstract string Name { get; }

    /// <summary>The figure for all that was added since the last <see cref="Reset"/>; NaN where it has no value, as before anything was added.</summary>
    public abstract double Value { get; }

    /// <summary>Forgets everything.</summary>
    public abstract void Reset();

    /// <summary>Adds predictions for class labels.</summary>
    /// <param name="outputs">Row-major [samples, classes]: scores, of which the largest is the prediction.</param>
    /// <param name="labels">One class for each sample.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a label is no class.</exception>
    /// <exception cref="NotSupportedException">The metric compares numbers with numbers.</exception>
    public virtual void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels) => throw new NotSupportedException(
        $"{GetType().Name} compares numbers with targets that are numbers, but the targets here are class labels. Use a metric of classes, such as Accuracy.");

    /// <summary>Adds predictions for targets that are numbers, element by element.</summary>
    /// <param name="outputs">The predictions.</param>
    /// <param name="targets">The targets.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="NotSupportedException">The metric takes class labels.</exception>
    public virtual void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets) => throw new NotSupportedException(
        $"{GetType().Name} takes class labels, but the targets here are numbers. Use a metric of numbers, such as MeanAbsoluteError or BinaryAccuracy.");

    /// <summary>The number of classes in each row of scores.</summary>
    /// <param name="outputs">The scores.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="ignore">A label that need not be a class.</param>
    private protected static int Classes(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, int? ignore = null)
    {
        int classes = labels.Length == 0 ? 0 : outputs.Length / labels.Length;
        if ((long)classes * labels.Length != outputs.Length || (labels.Length > 0 && classes == 0))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{outputs.Length} scores do not go with {labels.Length} labels: pass as many scores for each label as there are classes."),
                nameof(outputs));
        }

        for (int wrong = 0; wrong < labels.Length; wrong++)
        {
            if ((uint)labels[wrong] < (uint)Math.Max(classes, 1) || labels[wrong] == ignore) continue;
            throw new ArgumentException(
                FormattableString.Invariant($"label {wrong} is {labels[wrong]}, but there are {classes} classes: 0 to {classes - 1}."), nameof(labels));
        }

        return classes;
    }

    private protected static void CheckLengths(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        if (outputs.Length != targets.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{outputs.Length} predictions do not go with {targets.Length} targets: pass one target for each."), nameof(targets));
        }
    }

    /// <summary>The position of the largest score, the first of equals; −1 where one is NaN.</summary>
    private protected static int Largest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i])) return -1;
            if (scores[i] > scores[best]) best = i;
        }

        return best;
    }
}

/// <summary>A metric's value after an epoch.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Value">Its value.</param>
public sealed record MetricValue(string Name, double Value);
