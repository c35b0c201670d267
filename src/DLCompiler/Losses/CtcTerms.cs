using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Connectionist temporal classification: the forward recursion of Graves et al. 2006, equations 6 and 7, on logarithms in double precision.</summary>
internal static class CtcTerms
{
    public static DenseArray<T> Ctc<T>(
        DenseArray<T> x, DenseArray<int> targets, DenseArray<int>? inputLengths, DenseArray<int>? targetLengths, int blank, bool zeroInfinity,
        DenseArray<T>? weight, Reduction reduction)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank != 3) throw new ShapeMismatchException($"the logits of a Ctc are [N, T, classes], but are {x.Shape}.");
        (int samples, int steps, int classes) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        if (targets.Rank != 2 || targets.Shape[0] != samples)
            throw new ShapeMismatchException($"the targets of a Ctc of {x.Shape} are [{samples}, labels], but are {targets.Shape}.");
        if ((uint)blank >= (uint)classes)
            throw new ArgumentOutOfRangeException(nameof(blank), blank, $"the blank is one of the {classes} classes, counted from 0.");

        int most = targets.Shape[1];
        double[] terms = new double[samples];
        for (int sample = 0; sample < samples; sample++)
        {
            int length = Length(inputLengths, sample, samples, steps, nameof(inputLengths));
            int count = Length(targetLengths, sample, samples, most, nameof(targetLengths));
            int[] labels = targets.Elements[(sample * most)..((sample * most) + count)];
            foreach (int label in labels)
            {
                if ((uint)label < (uint)classes && label != blank) continue;
                throw new ArgumentOutOfRangeException(
                    nameof(targets), label, $"label {label} of sample {sample} is no label: there are {classes} classes, counted from 0, and {blank} is the blank.");
            }

            double loss = -LogProbability(x.Elements.AsSpan(sample * steps * classes, length * classes), classes, labels, blank);
            if (double.IsPositiveInfinity(loss) && zeroInfinity) loss = 0;
            terms[sample] = reduction == Reduction.Mean ? loss / Math.Max(count, 1) : loss;
        }

        return LossFunctions.Reduce(terms, new TensorShape(samples), weight, reduction);
    }

    // The logarithm of the sum over all paths that read as the labels; −∞ where there is none.
    private static double LogProbability<T>(ReadOnlySpan<T> scores, int classes, int[] labels, int blank)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = (2 * labels.Length) + 1;
        int Class(int place) => place % 2 == 0 ? blank : labels[place / 2];
        double[] before = new double[count], after = new double[count], row = new double[classes];
        Array.Fill(before, double.NegativeInfinity);
        before[0] = 0;
        for (int start = 0; start < scores.Length; start += classes)
        {
            for (int one = 0; one < classes; one++) row[one] = double.CreateTruncating(scores[start + one]);
            double sum = Normalization.LogSumExp(row);
            for (int place = 0; place < count; place++)
            {
                double all = before[place];
                if (place > 0) all = LogSum(all, before[place - 1]);

                // The blank between equal labels can't be left out.
                if (place > 2 && place % 2 == 1 && Class(place) != Class(place - 2)) all = LogSum(all, before[place - 2]);
                after[place] = all + row[Class(place)] - sum;
            }

            (before, after) = (after, before);
        }

        return labels.Length == 0 ? before[0] : LogSum(before[count - 1], before[count - 2]);
    }

    private static double LogSum(double a, double b)
    {
        double larger = Math.Max(a, b);
        return double.IsNegativeInfinity(larger) ? larger : larger + Math.Log(1 + Math.Exp(Math.Min(a, b) - larger));
    }

    private static int Length(DenseArray<int>? lengths, int sample, int samples, int most, string name)
    {
        if (lengths is null) return most;
        if (lengths.Rank != 1 || lengths.Shape[0] != samples)
            throw new ShapeMismatchException($"{name} is [{samples}], one length for each sample, but is {lengths.Shape}.");
        int length = lengths.Elements[sample];
        return (uint)length <= (uint)most
            ? length
            : throw new ArgumentOutOfRangeException(name, length, $"length {length} of sample {sample} is not from 0 to {most}.");
    }
}
