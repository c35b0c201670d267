using System;
using System.Collections.Generic;
using System.Globalization;

namespace DLCompiler.Data;

/// <summary>
/// Samples in memory: features (numbers, or ids such as tokens) and, for each sample, a class label or target numbers. Immutable; parts of a data set share its
/// arrays, so the arrays that it was made from must not change.
/// </summary>
public sealed partial class DataSet
{
    private readonly int[] featureShape;
    private readonly int[] targetShape = [];

    private readonly ReadOnlyMemory<float> features;
    private readonly ReadOnlyMemory<int> ids;
    private readonly ReadOnlyMemory<int> labels;
    private readonly ReadOnlyMemory<float> targets;

    private DataSet(
        int count, int[] featureShape, ReadOnlyMemory<float> features, ReadOnlyMemory<int> ids, ReadOnlyMemory<int> labels, ReadOnlyMemory<float> targets,
        int[] targetShape, bool hasIds, bool hasLabels, bool hasTargets)
    {
        Count = count;
        this.featureShape = featureShape;
        this.targetShape = targetShape;
        FeatureLength = Length(featureShape);
        TargetLength = hasTargets ? Length(targetShape) : 0;
        this.features = features;
        this.ids = ids;
        this.labels = labels;
        this.targets = targets;
        (HasIds, HasLabels, HasTargets) = (hasIds, hasLabels, hasTargets);
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>One sample's shape, without the batch dimension: [1, 28, 28].</summary>
    public IReadOnlyList<int> FeatureShape => featureShape;

    /// <summary>Elements in one sample.</summary>
    public int FeatureLength { get; }

    /// <summary>One sample's target shape, without the batch dimension; empty where targets are single numbers or missing.</summary>
    public IReadOnlyList<int> TargetShape => targetShape;

    /// <summary>Elements in one sample's target; 0 without targets.</summary>
    public int TargetLength { get; }

    /// <summary>Whether features are ids (<see cref="Ids"/>), not numbers (<see cref="Features"/>).</summary>
    public bool HasIds { get; }

    /// <summary>Whether each sample has a class label.</summary>
    public bool HasLabels { get; }

    /// <summary>Whether each sample has target numbers.</summary>
    public bool HasTargets { get; }

    /// <summary>The names of the classes that labels index, where they are known; otherwise empty.</summary>
    public IReadOnlyList<string> ClassNames { get; private init; } = [];

    /// <summary>The names of the features, where they are known; otherwise empty.</summary>
    public IReadOnlyList<string> FeatureNames { get; private init; } = [];

    /// <summary>Samples with a class label each.</summary>
    /// <param name="features">Sample after sample, row-major.</param>
    /// <param name="featureShape">One sample's shape.</param>
    /// <param name="labels">One label a sample, from 0.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a label is negative.</exception>
    public static DataSet Create(float[] features, int[] featureShape, int[] labels)
    {
        int count = CountSamples(features, featureShape, nameof(features));
        RequireLabels(labels, count);
        return new DataSet(count, [.. featureShape], features, default, labels, default, [], hasIds: false, hasLabels: true, hasTargets: false);
    }

    /// <summary>Samples with target numbers each.</summary>
    /// <param name="features">Sample after sample, row-major.</param>
    /// <param name="featureShape">One sample's shape.</param>
    /// <param name="targets">Target after target, row-major.</param>
    /// <param name="targetShape">One target's shape; empty for single numbers.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static DataSet Create(float[] features, int[] featureShape, float[] targets, int[] targetShape)
    {
        int count = CountSamples(features, featureShape, nameof(features));
        RequireTargets(targets, targetShape, count);
        return new DataSet(count, [.. featureShape], features, default, default, targets, [.. targetShape], hasIds: false, hasLabels: false, hasTargets: true);
    }

    /// <summary>Samples without labels or targets.</summary>
    /// <param name="features">Sample after sample, row-major.</param>
    /// <param name="featureShape">One sample's shape.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of a sample's.</exception>
    public static DataSet Create(float[] features, int[] featureShape) =>
        new(CountSamples(features, featureShape, nameof(features)), [.. featureShape], features, default, default, default, [],
            hasIds: false, hasLabels: false, hasTargets: false);

    /// <summary>Samples of ids, such as tokens, with a class label each.</summary>
    /// <param name="ids">Sample after sample, row-major.</param>
    /// <param name="idShape">One sample's shape.</param>
    /// <param name="labels">One label a sample, from 0.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a label is negative.</exception>
    public static DataSet Create(int[] ids, int[] idShape, int[] labels)
    {
        int count = CountSamples(ids, idShape, nameof(ids));
        RequireLabels(labels, count);
        return new DataSet(count, [.. idShape], default, ids, labels, default, [], hasIds: true, hasLabels: true, hasTargets: false);
    }

    /// <summary>Samples of ids, such as tokens, with target numbers each.</summary>
    /// <param name="ids">Sample after sample, row-major.</param>
    /// <param name="idShape">One sample's shape.</param>
    /// <param name="targets">Target after target, row-major.</param>
    /// <param name="targetShape">One target's shape; empty for single numbers.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static DataSet Create(int[] ids, int[] idShape, float[] targets, int[] targetShape)
    {
        int count = CountSamples(ids, idShape, nameof(ids));
        RequireTargets(targets, targetShape, count);
        return new DataSet(count, [.. idShape], default, ids, default, targets, [.. targetShape], hasIds: true, hasLabels: false, hasTargets: true);
    }

    /// <summary>The features of consecutive samples, in place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The samples are not all in the data set.</exception>
    /// <exception cref="InvalidOperationException">The data set has no number features.</exception>
    public ReadOnlySpan<float> Features(int first, int count) => Part(features, FeatureLength, first, count, !HasIds, "number features");

    /// <summary>The ids of consecutive samples, in place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The samples are not all in the data set.</exception>
    /// <exception cref="InvalidOperationException">The data set has no ids.</exception>
    public ReadOnlySpan<int> Ids(int first, int count) => Part(ids, FeatureLength, first, count, HasIds, "id features");

    /// <summary>The labels of consecutive samples, in place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The samples are not all in the data set.</exception>
    /// <exception cref="InvalidOperationException">The data set has no labels.</exception>
    public ReadOnlySpan<int> Labels(int first, int count) => Part(labels, 1, first, count, HasLabels, "labels");

    /// <summary>The targets of consecutive samples, in place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The samples are not all in the data set.</exception>
    /// <exception cref="InvalidOperationException">The data set has no targets.</exception>
    public ReadOnlySpan<float> Targets(int first, int count) => Part(targets, TargetLength, first, count, HasTargets, "targets");

    /// <summary>Copies the features of the given samples, one after the other.</summary>
    /// <exception cref="ArgumentException">The destination is too short, or an index is none of a sample.</exception>
    /// <exception cref="InvalidOperationException">The data set has no number features.</exception>
    public void CopyFeatures(ReadOnlySpan<int> indices, Span<float> destination) =>
        Copy(Features(0, Count), FeatureLength, indices, destination);

    /// <summary>Copies the ids of the given samples, one after the other.</summary>
    /// <exception cref="ArgumentException">The destination is too short, or an index is none of a sample.</exception>
    /// <exception cref="InvalidOperationException">The data set has no ids.</exception>
    public void CopyIds(ReadOnlySpan<int> indices, Span<int> destination) => Copy(Ids(0, Count), FeatureLength, indices, destination);

    /// <summary>Copies the labels of the given samples.</summary>
    /// <exception cref="ArgumentException">The destination is too short, or an index is none of a sample.</exception>
    /// <exception cref="InvalidOperationException">The data set has no labels.</exception>
    public void CopyLabels(ReadOnlySpan<int> indices, Span<int> destination) => Copy(Labels(0, Count), 1, indices, destination);

    /// <summary>Copies the targets of the given samples, one after the other.</summary>
    /// <exception cref="ArgumentException">The destination is too short, or an index is none of a sample.</exception>
    /// <exception cref="InvalidOperationException">The data set has no targets.</exception>
    public void CopyTargets(ReadOnlySpan<int> indices, Span<float> destination) => Copy(Targets(0, Count), TargetLength, indices, destination);

    /// <summary>The same samples with names for features and classes.</summary>
    /// <param name="featureNames">One name a feature, or none.</param>
    /// <param name="classNames">The classes' names in the order of labels, or none.</param>
    public DataSet WithNames(IReadOnlyList<string> featureNames, IReadOnlyList<string> classNames) =>
        new(Count, featureShape, features, ids, labels, targets, targetShape, HasIds, HasLabels, HasTargets)
        {
            FeatureNames = featureNames ?? throw new ArgumentNullException(nameof(featureNames)),
            ClassNames = classNames ?? throw new ArgumentNullException(nameof(classNames)),
        };

    private static ReadOnlySpan<T> Part<T>(ReadOnlyMemory<T> all, int length, int first, int count, bool present, string what)
    {
        if (!present) throw new InvalidOperationException($"The data set has no {what}. HasIds, HasLabels and HasTargets tell what it has.");
        int samples = length == 0 ? 0 : all.Length / length;
        if (first < 0 || first > samples) throw OutOfRange(nameof(first), first, samples);
        if (count < 0 || count > samples - first) throw OutOfRange(nameof(count), count, samples - first);
        return all.Span.Slice(first * length, count * length);
    }

    private static ArgumentOutOfRangeException OutOfRange(string name, int value, int most) =>
        new(name, value, Invariant($"The samples are not all in the data set: from 0 to {most} is possible."));

    private static void Copy<T>(ReadOnlySpan<T> source, int length, ReadOnlySpan<int> indices, Span<T> destination)
    {
        if (destination.Length < (long)indices.Length * length)
        {
            throw new ArgumentException(
                Invariant($"{indices.Length} samples of {length} elements do not fit in {destination.Length}. Pass {(long)indices.Length * length} or more."),
                nameof(destination));
        }

        int samples = length == 0 ? 0 : source.Length / length;
        int wrong = samples > 0 ? indices.IndexOfAnyExceptInRange(0, samples - 1) : indices.Length - 1;
        if (wrong >= 0)
        {
            throw new ArgumentException(
                Invariant($"Index {wrong} is {indices[wrong]}, and the data set has {samples} samples. Samples are numbered from 0."), nameof(indices));
        }

        for (int i = 0; i < indices.Length; i++) source.Slice(indices[i] * length, length).CopyTo(destination.Slice(i * length, length));
    }

    private static int Length(int[] shape)
    {
        int length = 1;
        foreach (int size in shape) length = checked(length * size);
        return length;
    }

    private static int CountSamples<T>(T[] elements, int[] shape, string name)
    {
        ArgumentNullException.ThrowIfNull(elements, name);
        RequireShape(shape, name);
        int length = Length(shape);
        if (elements.Length % length != 0)
        {
            throw new ArgumentException(
                Invariant($"{elements.Length} elements are not a whole number of samples of shape [{string.Join(", ", shape)}]. Pass a multiple of {length}."), name);
        }

        return elements.Length / length;
    }

    private static void RequireShape(int[] shape, string name)
    {
        ArgumentNullException.ThrowIfNull(shape);
        long length = 1;
        foreach (int size in shape)
        {
            if (size <= 0) throw new ArgumentException(Invariant($"[{string.Join(", ", shape)}] is not a shape: sizes are positive. Give one sample's shape, without the number of samples."), name);
            length *= size;
            if (length > Array.MaxLength)
            {
                throw new ArgumentException(Invariant($"A sample of shape [{string.Join(", ", shape)}] is larger than an array can be."), name);
            }
        }
    }

    private static void RequireLabels(int[] labels, int count)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length != count) throw new ArgumentException(Invariant($"{count} samples have {labels.Length} labels. Pass one for each sample."), nameof(labels));
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0) throw new ArgumentException(Invariant($"Label {i} is {labels[i]}: labels count from 0. Number the classes."), nameof(labels));
        }
    }

    private static void RequireTargets(float[] targets, int[] targetShape, int count)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireShape(targetShape, nameof(targetShape));
        if (targets.Length != (long)count * Length(targetShape))
        {
            throw new ArgumentException(
                Invariant($"{targets.Length} elements are not {count} targets of shape [{string.Join(", ", targetShape)}]. Pass {(long)count * Length(targetShape)}."), nameof(targets));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
