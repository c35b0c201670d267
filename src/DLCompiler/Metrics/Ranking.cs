using System;
using System.Collections.Generic;

namespace DLCompiler.Metrics;

/// <summary>
/// A figure of how scores rank positive elements (targets above 0.5) above negative ones. It is exact, not binned, and keeps all scores to that end: 5 bytes for
/// each. A NaN score makes it NaN.
/// </summary>
public abstract class Ranking : Metric
{
    private readonly List<float> scores = [];
    private readonly List<bool> positives = [];

    private protected Ranking()
    {
    }

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            if (scores.Exists(float.IsNaN)) return double.NaN;
            float[] keys = [.. scores];
            bool[] values = [.. positives];
            Array.Sort(keys, values);
            return Area(keys, values);
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        scores.Clear();
        positives.Clear();
    }

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        CheckLengths(outputs, targets);
        for (int i = 0; i < outputs.Length; i++)
        {
            scores.Add(outputs[i]);
            positives.Add(targets[i] > 0.5f);
        }
    }

    /// <summary>Adds scores of two classes by their labels: the second class is positive, its score the difference of the two.</summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The lengths do not fit, or there are scores for other than two classes.</exception>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels)
    {
        int classes = Classes(outputs, labels);
        if (labels.Length > 0 && classes != 2)
            throw new ArgumentException(FormattableString.Invariant($"{GetType().Name} ranks two classes, but there are scores for {classes}."), nameof(outputs));
        for (int i = 0; i < labels.Length; i++)
        {
            scores.Add(outputs[2 * i + 1] - outputs[2 * i]);
            positives.Add(labels[i] == 1);
        }
    }

    /// <summary>The figure for scores in ascending order.</summary>
    private protected abstract double Area(float[] scores, bool[] positives);

    /// <summary>Counts the run of equal scores that ends at a position, from the end.</summary>
    private protected static (int First, long Positives, long Negatives) Run(float[] scores, bool[] positives, int last)
    {
        long own = 0, others = 0;
        int first = last;
        while (first >= 0 && scores[first] == scores[last])
        {
            if (positives[first--]) own++;
            else others++;
        }

        return (first, own, others);
    }
}

/// <summary>
/// The area under the receiver operating characteristic: the probability that a positive element's score is above a negative one's, equal scores counting one half
/// (Fawcett 2006). NaN where there are no positive or no negative elements.
/// </summary>
public sealed class AucRoc : Ranking
{
    /// <inheritdoc/>
    public override string Name => "auc_roc";

    private protected override double Area(float[] scores, bool[] positives)
    {
        double area = 0;
        long above = 0, negatives = 0;
        for (int last = scores.Length - 1; last >= 0;)
        {
            (last, long own, long others) = Run(scores, positives, last);
            area += (above + own / 2.0) * others;
            above += own;
            negatives += others;
        }

        return area / ((double)above * negatives);
    }
}

/// <summary>
/// The area under the curve of precision over recall, as the average precision: precision at each score, weighted by the recall that it adds (scikit-learn's
/// average_precision_score; no interpolation, which would be too good: Davis and Goadrich 2006). NaN where there are no positive elements.
/// </summary>
public sealed class AucPr : Ranking
{
    /// <inheritdoc/>
    public override string Name => "auc_pr";

    private protected override double Area(float[] scores, bool[] positives)
    {
        double sum = 0;
        long found = 0, looked = 0;
        for (int last = scores.Length - 1; last >= 0;)
        {
            (last, long own, long others) = Run(scores, positives, last);
            found += own;
            looked += own + others;
            sum += own * ((double)found / looked);
        }

        return sum / found;
    }
}
