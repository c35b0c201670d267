using System;
using System.Linq;
using DLCompiler.Metrics;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>Metrics against worked examples, most of them those of scikit-learn's documentation; however the data are cut into batches.</summary>
public sealed class MetricTests
{
    // y_true and y_pred of scikit-learn's examples of precision, recall and F1.
    private static readonly int[] Labels = [0, 1, 2, 0, 1, 2], Predictions = [0, 2, 1, 0, 0, 1];

    [Fact]
    public void Accuracy_counts_right_answers()
    {
        Assert.Equal(2.0 / 6, OfClasses(new Accuracy()));
        // Where the second largest score counts, so do the labels that stand beside the prediction here.
        Assert.Equal(5.0 / 6, Of(new Accuracy(2), Scores(), Labels));
        Assert.Equal(1, Of(new Accuracy(3), Scores(), Labels));
    }

    [Fact]
    public void Equal_scores_count_for_the_first_and_NaN_is_wrong()
    {
        Assert.Equal(0.5, Of(new Accuracy(), [1, 1, 1, 1], [0, 1]));
        Assert.Equal(0, Of(new Accuracy(2), [float.NaN, 1], [1]));
        Assert.Equal(0, Of(new BinaryAccuracy(), [float.NaN], [0f]));
        Assert.Equal(double.NaN, new Accuracy().Value);
    }

    [Fact]
    public void Precision_recall_and_F1()
    {
        Assert.Equal(2.0 / 9, OfClasses(new Precision()), 1e-15);
        Assert.Equal(2.0 / 6, OfClasses(new Precision(Averaging.Micro)), 1e-15);
        Assert.Equal(1.0 / 3, OfClasses(new Recall()), 1e-15);
        Assert.Equal(1.0 / 3, OfClasses(new Recall(Averaging.Micro)), 1e-15);
        Assert.Equal(0.8 / 3, OfClasses(new F1()), 1e-15);
        Assert.Equal(1.0 / 3, OfClasses(new F1(Averaging.Micro)), 1e-15);
        Assert.Equal(2.0 / 9, OfClasses(new MeanIoU()), 1e-15);
    }

    [Fact]
    public void Figures_of_one_class()
    {
        float[] scores = [0.9f, 0.8f, 0.3f, 0.6f, 0.1f], targets = [1, 0, 1, 1, 0];
        Assert.Equal(2.0 / 3, Of(new Precision(), scores, targets), 1e-15);
        Assert.Equal(2.0 / 3, Of(new Recall(), scores, targets), 1e-15);
        Assert.Equal(3.0 / 4, Of(new Precision(threshold: 0.2), scores, targets), 1e-15);
        Assert.Equal(1, Of(new Recall(threshold: 0.2), scores, targets), 1e-15);
        Assert.Equal(0, Of(new F1(threshold: 2), scores, targets));
        Assert.Equal(3.0 / 5, Of(new BinaryAccuracy(), scores, targets), 1e-15);
    }

    [Fact]
    public void Classes_that_do_not_occur_do_not_count()
    {
        // Of four classes, 3 is neither label nor prediction.
        float[] scores = [1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0];
        Assert.Equal((1 + 0.5 + 0) / 3, Of(new Precision(), scores, [0, 1, 2]), 1e-15);
        Assert.Equal((1 + 0.5 + 0) / 3, Of(new MeanIoU(), scores, [0, 1, 2]), 1e-15);
    }

    [Fact]
    public void The_confusion_matrix_counts_every_pair()
    {
        var matrix = new ConfusionMatrix();
        Assert.Equal(0, matrix.Count);
        Assert.Equal(2.0 / 6, OfClasses(matrix), 1e-15);
        long[] expected = [2, 0, 0, 1, 0, 1, 0, 2, 0];
        Assert.Equal(expected, Enumerable.Range(0, 9).Select(i => matrix[i / 3, i % 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[3, 0]);
        Assert.Throws<ArgumentException>(() => matrix.Add([1, 2], [0]));
    }

    [Fact]
    public void Areas_under_curves()
    {
        // scikit-learn's example of both.
        float[] scores = [0.1f, 0.4f, 0.35f, 0.8f], targets = [0, 0, 1, 1];
        Assert.Equal(0.75, Of(new AucRoc(), scores, targets), 1e-15);
        Assert.Equal(5.0 / 6, Of(new AucPr(), scores, targets), 1e-15);

        // A tie of a positive and a negative.
        Assert.Equal(3.5 / 4, Of(new AucRoc(), [0.5f, 0.5f, 0.2f, 0.9f], [0f, 1, 0, 1]), 1e-15);
        Assert.Equal(5.0 / 6, Of(new AucPr(), [0.5f, 0.5f, 0.2f, 0.9f], [0f, 1, 0, 1]), 1e-15);

        // Two classes by labels.
        Assert.Equal(0.75, Of(new AucRoc(), [0, 0.1f, 0, 0.4f, 0, 0.35f, 0, 0.8f], [0, 0, 1, 1]), 1e-15);
        Assert.Throws<ArgumentException>(() => new AucRoc().Add([1, 2, 3], [0]));
    }

    [Fact]
    public void Areas_without_both_classes_or_with_NaN_have_no_value()
    {
        Assert.Equal(double.NaN, Of(new AucRoc(), [1, 2], [1f, 1]));
        Assert.Equal(double.NaN, Of(new AucRoc(), [1, 2], [0f, 0]));
        Assert.Equal(double.NaN, Of(new AucPr(), [1, 2], [0f, 0]));
        Assert.Equal(1, Of(new AucPr(), [1, 2], [1f, 1]));
        Assert.Equal(double.NaN, Of(new AucRoc(), [1, float.NaN], [0f, 1]));
        Assert.Equal(double.NaN, new AucPr().Value);
    }

    [Fact]
    public void Errors_of_regression()
    {
        // scikit-learn's examples.
        float[] outputs = [2.5f, 0, 2, 8], targets = [3, -0.5f, 2, 7];
        Assert.Equal(0.375, Of(new MeanSquaredError(), outputs, targets), 1e-15);
        Assert.Equal(0.5, Of(new MeanAbsoluteError(), outputs, targets), 1e-15);
        Assert.Equal(0.9486081370449679, Of(new R2(), outputs, targets), 1e-14);
        Assert.Equal(1, Of(new R2(), [2, 2], [2f, 2]));
        Assert.Equal(0, Of(new R2(), [2, 3], [2f, 2]));
        Assert.Equal(double.NaN, Of(new R2(), [2], [2f]));
        Assert.Equal(double.NaN, Of(new R2(), [2, float.NaN], [2f, 3]));
        Assert.Equal(double.NaN, Of(new MeanSquaredError(), [float.NaN], [1f]));

        // Large targets leave their spread: 0, 1, 2, … beside a million.
        float[] large = [.. Enumerable.Range(0, 10).Select(i => 1e6f + i)];
        Assert.Equal(1 - (10 / 82.5), Of(new R2(), [.. large.Select(value => value + 1)], large), 1e-12);
    }

    [Fact]
    public void Perplexity_of_equal_scores_is_the_number_of_classes()
    {
        Assert.Equal(4, Of(new Perplexity(), new float[8], [0, 3]), 1e-12);
        // p = e/(e + 1) for the first; the second is padding.
        Assert.Equal((Math.E + 1) / Math.E, Of(new Perplexity(ignore: 1), [1, 0, 5, 5], [0, 1]), 1e-12);
        Assert.Equal(1, Of(new Perplexity(), [1000, 0], [0]), 1e-12);
        Assert.Equal(double.NaN, new Perplexity().Value);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Accuracy().Add([1, 2, 3], [0, 1]));
        Assert.Throws<ArgumentException>(() => new Accuracy().Add([1, 2, 3], [3]));
        Assert.Throws<ArgumentException>(() => new MeanSquaredError().Add([1, 2], [1f]));
        Assert.Throws<NotSupportedException>(() => new MeanSquaredError().Add([1, 2], [1]));
        Assert.Throws<NotSupportedException>(() => new Accuracy().Add([1, 2], [1f, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Accuracy(0));
    }

    [Fact]
    public void Results_are_compared_and_printed_with_their_metrics()
    {
        Assert.Equal(Evaluation(0.25), Evaluation(0.25));
        Assert.NotEqual(Evaluation(0.25), Evaluation(0.5));
        Assert.Equal("EvaluationResult { Loss = 0.5, Accuracy = 0.75, Count = 4, f1 = 0.25 }", Evaluation(0.25).ToString());
        Assert.Equal(Epoch(0.25), Epoch(0.25));
        Assert.NotEqual(Epoch(0.25), Epoch(0.5));
        Assert.EndsWith(", Seconds = 1, LearningRate = 0.1, f1 = 0.25 }", Epoch(0.25).ToString(), StringComparison.Ordinal);

        static EvaluationResult Evaluation(double value) => new(0.5, 0.75, 4) { Metrics = [new MetricValue("f1", value)] };
        static EpochResult Epoch(double value) => new(1, 0.5, null, null, 1) { LearningRate = 0.1, Metrics = [new MetricValue("f1", value)] };
    }

    // The prediction has score 2; the label, where it is another one, 1, but for the last sample.
    private static float[] Scores()
    {
        var scores = new float[18];
        for (int i = 0; i < 6; i++)
        {
            scores[3 * i + Predictions[i]] = 2;
            if (Labels[i] != Predictions[i]) scores[3 * i + (i == 5 ? 0 : Labels[i])] = 1;
        }

        return scores;
    }

    private static double OfClasses(Metric metric) => Of(metric, Scores(), Labels);

    private static double Of(Metric metric, float[] outputs, int[] labels)
    {
        int classes = outputs.Length / labels.Length;
        metric.Add(outputs, labels);
        double whole = metric.Value;
        metric.Reset();
        for (int i = 0; i < labels.Length; i++) metric.Add(outputs.AsSpan(i * classes, classes), labels.AsSpan(i, 1));
        Assert.Equal(whole, metric.Value);
        return whole;
    }

    private static double Of(Metric metric, float[] outputs, float[] targets)
    {
        metric.Add(outputs, targets);
        double whole = metric.Value;
        metric.Reset();
        for (int i = 0; i < targets.Length; i++) metric.Add(outputs.AsSpan(i, 1), targets.AsSpan(i, 1));
        Assert.Equal(whole, metric.Value);
        return whole;
    }
}
