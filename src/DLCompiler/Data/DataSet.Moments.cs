using System;
using System.Collections.Generic;

namespace DLCompiler.Data;

public sealed partial class DataSet
{
    /// <summary>
    /// The mean and the standard deviation of each position of the features' first dimension, over all samples: of each column of a table [columns], of each
    /// channel of pictures [channels, height, width]. What <see cref="Normalize"/> takes, also for data that the model has not been trained on.
    /// </summary>
    /// <returns>Deviations divide by the number of elements; where all are equal, the deviation is 1, so that one can divide by it.</returns>
    /// <exception cref="InvalidOperationException">The data set has no number features.</exception>
    public (float[] Means, float[] Deviations) Moments()
    {
        var values = Features(0, Count);
        int parts = featureShape.Length == 0 ? 1 : featureShape[0], length = FeatureLength / parts;
        double[] means = new double[parts], squares = new double[parts];
        double elements = Math.Max(1, (double)Count * length);
        for (int i = 0; i < values.Length; i++) means[i / length % parts] += values[i];
        for (int part = 0; part < parts; part++) means[part] /= elements;

        // A second pass: squares of large numbers would leave nothing of their spread.
        for (int i = 0; i < values.Length; i++)
        {
            double difference = values[i] - means[i / length % parts];
            squares[i / length % parts] += difference * difference;
        }

        return (
            Array.ConvertAll(means, mean => (float)mean),
            Array.ConvertAll(squares, square => square > 0 ? (float)Math.Sqrt(square / elements) : 1));
    }

    /// <summary>The samples with (x − mean)/deviation in place of each number x, copied: each position of the features' first dimension has its own two.</summary>
    /// <param name="means">One for each column of a table, or each channel of pictures.</param>
    /// <param name="deviations">As many; not 0.</param>
    /// <exception cref="ArgumentException">The numbers are not as many, or a deviation is 0 or not finite.</exception>
    /// <exception cref="InvalidOperationException">The data set has no number features.</exception>
    public DataSet Normalize(IReadOnlyList<float> means, IReadOnlyList<float> deviations)
    {
        int parts = featureShape.Length == 0 ? 1 : featureShape[0], length = FeatureLength / parts;
        float[] shifts = Numbers(means, nameof(means)), factors = Numbers(deviations, nameof(deviations));
        for (int i = 0; i < parts; i++)
        {
            factors[i] = 1 / factors[i];
            if (float.IsFinite(factors[i])) continue;
            throw new ArgumentException(
                Invariant($"Deviation {i} is {deviations[i]}: numbers are divided by it. Give one that is not 0."), nameof(deviations));
        }

        float[] values = Features(0, Count).ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            int part = i / length % parts;
            values[i] = (values[i] - shifts[part]) * factors[part];
        }

        return WithFeatures(values, featureShape);

        float[] Numbers(IReadOnlyList<float> numbers, string name)
        {
            ArgumentNullException.ThrowIfNull(numbers, name);
            return numbers.Count == parts ? [.. numbers] : throw new ArgumentException(
                Invariant($"{numbers.Count} numbers are given for features of shape [{string.Join(", ", featureShape)}]. ")
                    + Invariant($"Give {parts}, one for each position of the first dimension."), name);
        }
    }

    /// <summary>The same labels, targets and names with other features.</summary>
    internal DataSet WithFeatures(float[] values, int[] shape) =>
        new(Count, shape, values, default, labels, targets, targetShape, hasIds: false, HasLabels, HasTargets)
        {
            FeatureNames = FeatureNames,
            ClassNames = ClassNames,
        };
}
