using System;
using DLCompiler.Operations;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>
/// The losses and accuracies of predictions, in double precision on the host: <see cref="Evaluator"/> sums them over batches. The formulas are those that
/// <see cref="Loss"/> names; training computes its own in compiled code.
/// </summary>
internal static class HostLoss
{
    /// <summary>Whether right and wrong answers can be told apart.</summary>
    public static bool HasAccuracy(Loss loss) => loss is Loss.SoftmaxCrossEntropy or Loss.SigmoidCrossEntropy or Loss.BinaryCrossEntropy;

    /// <summary>
    /// Softmax cross-entropy log Σ exp(x) − x[label], shifted by the maximum, summed over the rows; and the number of rows whose largest logit (the first, of
    /// equals)
    /// is the label's.
    /// </summary>
    /// <param name="logits">Row-major [rows, classes].</param>
    /// <param name="labels">One per row.</param>
    /// <param name="classes">The number of classes.</param>
    public static (double Loss, long Right) SoftmaxCrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, int classes)
    {
        double loss = 0;
        long right = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            var values = logits.Slice(row * classes, classes);
            int best = 0;
            for (int i = 1; i < values.Length; i++)
            {
                // NaN wins: a row with NaN is never right by accident.
                if (values[i] > values[best] || float.IsNaN(values[i])) best = i;
            }

            double sum = 0;
            foreach (float value in values) sum += Math.Exp((double)value - values[best]);
            loss += Math.Log(sum) + values[best] - values[labels[row]];
            if (best == labels[row] && !float.IsNaN(values[best])) right++;
        }

        return (loss, right);
    }

    /// <summary>A loss of single elements, with its default numbers, summed over the elements.</summary>
    public static double OfElements(Loss loss, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        Func<double, double, double> term = LossTerms.Of(loss);
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++) sum += term(outputs[i], targets[i]);
        return sum;
    }

    /// <summary>Binary cross-entropy of logits, max(x, 0) − x·t + log(1 + exp(−|x|)), summed; and the number of elements on the target's side of 0.</summary>
    public static (double Loss, long Right) SigmoidCrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets)
    {
        double loss = 0;
        long right = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            double x = logits[i], target = targets[i];
            loss += Math.Max(x, 0) - x * target + Math.Log(1 + Math.Exp(-Math.Abs(x)));
            if (x > 0 == target > 0.5 && !double.IsNaN(x)) right++;
        }

        return (loss, right);
    }

    /// <summary>
    /// Binary cross-entropy of probabilities, −t·log p − (1 − t)·log(1 − p) with logarithms of at least −100, summed; and the number of elements on the
    /// target's side
    /// of one half.
    /// </summary>
    public static (double Loss, long Right) BinaryCrossEntropy(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> targets)
    {
        double loss = 0;
        long right = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            double p = probabilities[i], target = targets[i];
            loss -= target * Math.Max(Math.Log(p), -100) + (1 - target) * Math.Max(Math.Log(1 - p), -100);
            if (p > 0.5 == target > 0.5 && !double.IsNaN(p)) right++;
        }

        return (loss, right);
    }
}
