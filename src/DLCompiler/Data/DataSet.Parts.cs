using System;

namespace DLCompiler.Data;

public sealed partial class DataSet
{
    /// <summary>The first <paramref name="count"/> samples (all of them, if there are fewer), without a copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public DataSet Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Slice(0, Math.Min(count, Count));
    }

    /// <summary>Consecutive samples, without a copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The samples are not all in the data set.</exception>
    public DataSet Slice(int first, int count)
    {
        if (first < 0 || first > Count) throw OutOfRange(nameof(first), first, Count);
        if (count < 0 || count > Count - first) throw OutOfRange(nameof(count), count, Count - first);
        return new DataSet(
            count, featureShape,
            HasIds ? default : features.Slice(first * FeatureLength, count * FeatureLength),
            HasIds ? ids.Slice(first * FeatureLength, count * FeatureLength) : default,
            HasLabels ? labels.Slice(first, count) : default, HasTargets ? targets.Slice(first * TargetLength, count * TargetLength) : default,
            targetShape, HasIds, HasLabels, HasTargets).WithNames(FeatureNames, ClassNames);
    }

    /// <summary>The given samples in the given order, copied.</summary>
    /// <exception cref="ArgumentException">An index is none of a sample, or there are more samples than fit in an array.</exception>
    public DataSet Select(ReadOnlySpan<int> indices)
    {
        long most = Array.MaxLength / Math.Max(1, Math.Max(FeatureLength, TargetLength));
        if (indices.Length > most)
        {
            throw new ArgumentException(Invariant($"{indices.Length} samples are more than fit in an array: at most {most} do."), nameof(indices));
        }

        float[] newFeatures = HasIds ? [] : new float[checked(indices.Length * FeatureLength)];
        int[] newIds = HasIds ? new int[checked(indices.Length * FeatureLength)] : [];
        int[] newLabels = HasLabels ? new int[indices.Length] : [];
        float[] newTargets = HasTargets ? new float[checked(indices.Length * TargetLength)] : [];
        if (HasIds) CopyIds(indices, newIds);
        else CopyFeatures(indices, newFeatures);
        if (HasLabels) CopyLabels(indices, newLabels);
        if (HasTargets) CopyTargets(indices, newTargets);
        return new DataSet(indices.Length, featureShape, newFeatures, newIds, newLabels, newTargets, targetShape, HasIds, HasLabels, HasTargets)
            .WithNames(FeatureNames, ClassNames);
    }

    /// <summary>All samples in the random order of a seed, copied.</summary>
    public DataSet Shuffle(ulong seed) => Select(Permutation.Create(Count, seed));

    /// <summary>Two random parts that share no sample, copied.</summary>
    /// <param name="fraction">The first part's share, 0 to 1, rounded to whole samples.</param>
    /// <param name="seed">Fixes the choice.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public (DataSet First, DataSet Second) Split(double fraction, ulong seed)
    {
        if (!(fraction >= 0 && fraction <= 1)) throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The first part's share is from 0 to 1.");
        int[] order = Permutation.Create(Count, seed);
        int first = (int)Math.Round(Count * fraction);
        return (Select(order.AsSpan(0, first)), Select(order.AsSpan(first)));
    }
}
