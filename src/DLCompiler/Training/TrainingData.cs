using System;
using System.Collections.Generic;
using DLCompiler.Data;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>A data set as a model with <c>[Train]</c> sees it: checked once against the model's shapes, then bound batch by batch.</summary>
internal sealed class TrainingData
{
    private readonly TrainingSignature signature;
    private readonly DataSet data;
    private readonly string name;
    private readonly int[] sizes;

    /// <param name="signature">The model's shapes.</param>
    /// <param name="data">The data.</param>
    /// <param name="name">The argument that they came as, for messages.</param>
    /// <param name="augmentation">What is done to the samples before the model sees them, if anything.</param>
    /// <exception cref="ArgumentException">The data don't fit.</exception>
    public TrainingData(TrainingSignature signature, DataSet data, string name, ImageAugmentation? augmentation = null)
    {
        ArgumentNullException.ThrowIfNull(data, name);
        (this.signature, this.data, this.name) = (signature, data, name);
        Augmenter = augmentation is null ? null : new ImageAugmenter(augmentation, data, name);
        IReadOnlyList<int> shape = Augmenter?.Shape ?? data.FeatureShape;
        sizes = SampleSizes.Of(signature, shape) ?? throw Mismatch(
            $"its samples have shape {Text(shape)}, but the model takes {SampleSizes.Text(signature, signature.InputShape)}");
        int[] output = SampleSizes.Resolve(signature.OutputShape, sizes);
        InputLength = Product(SampleSizes.Resolve(signature.InputShape, sizes));
        OutputLength = Product(output);
        Classes = output.Length > 0 ? output[^1] : 1;
        Check();
    }

    public int Count => data.Count;

    /// <summary>What is done to the samples before the model sees them, if anything.</summary>
    public ImageAugmenter? Augmenter { get; }

    /// <summary>Elements in one sample's input.</summary>
    public int InputLength { get; }

    /// <summary>Elements in one sample's output.</summary>
    public int OutputLength { get; }

    public bool HasIds => data.HasIds;

    /// <summary>Whether the target is class labels, not numbers.</summary>
    public bool HasLabels => signature.Loss == Loss.SoftmaxCrossEntropy;

    /// <summary>The number of classes; for labels only.</summary>
    public int Classes { get; }

    /// <summary>For ids: what they are below.</summary>
    public int IdLimit => signature.IdLimit;

    /// <summary>Gives a call the sizes besides the batch, before its inputs.</summary>
    public void TakeSizes(ref FunctionCall call)
    {
        for (int i = 0; i < sizes.Length; i++) call.Size(i, sizes[i], signature.Sizes[i].Bound, name, signature.Sizes[i].Symbol, signature.Sizes[i].Multiple);
    }

    /// <summary>The features as the data set has them, not augmented.</summary>
    public ReadOnlySpan<float> Features(int first, int count) => data.Features(first, count);

    public ReadOnlySpan<int> Ids(int first, int count) => data.Ids(first, count);

    public ReadOnlySpan<int> Labels(int first, int count) => data.Labels(first, count);

    public ReadOnlySpan<float> Targets(int first, int count) => data.Targets(first, count);

    /// <summary>Copies samples in the given order to a part of a batch.</summary>
    /// <param name="indices">The samples.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="start">The place in the batch of the first.</param>
    public void Gather(ReadOnlySpan<int> indices, TrainingBatch batch, int start)
    {
        if (HasIds) data.CopyIds(indices, batch.Ids.AsSpan(start * InputLength));
        else data.CopyFeatures(indices, batch.Features.AsSpan(start * InputLength));
        GatherTargets(indices, batch, start);
    }

    /// <summary>Copies the labels or targets of samples in the given order to a part of a batch.</summary>
    public void GatherTargets(ReadOnlySpan<int> indices, TrainingBatch batch, int start = 0)
    {
        if (HasLabels) data.CopyLabels(indices, batch.Labels.AsSpan(start));
        else data.CopyTargets(indices, batch.Targets.AsSpan(start * OutputLength));
    }

    /// <summary>Where the first NaN or infinite number stands, as a sentence's beginning; null where there is none.</summary>
    public string? FindNotFinite() =>
        (HasIds ? null : FindNotFinite(Features(0, Count), data.FeatureLength, "features")) ?? (HasLabels ? null
            : FindNotFinite(Targets(0, Count), OutputLength, "targets"));

    private static string? FindNotFinite(ReadOnlySpan<float> values, int perSample, string what)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"The data hold {(float.IsNaN(values[i]) ? "NaN" : "an infinite number")} among the {what} of sample {i / perSample} (counted from 0)");
            }
        }

        return null;
    }

    private static int Product(int[] shape)
    {
        int product = 1;
        foreach (int size in shape) product = checked(product * size);
        return product;
    }

    private static string Text(System.Collections.Generic.IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";

    private void Check()
    {
        if (data.Count == 0) throw new ArgumentException("The data set is empty, and at least one sample is needed. Check where it was loaded, sliced or split.", name);
        if ((Augmenter?.Length ?? data.FeatureLength) != InputLength)
        {
            string augmented = Augmenter is null ? "" : $", after augmentation {Text(Augmenter.Shape)}";
            int elements = Augmenter?.Length ?? data.FeatureLength;
            string taken = $"{SampleSizes.Text(signature, signature.InputShape)} ({InputLength})";
            throw Mismatch($"its samples have shape {Text(data.FeatureShape)}{augmented} ({elements} elements), but the model takes {taken}");
        }

        for (int i = 0; i < sizes.Length; i++)
        {
            TrainingSize size = signature.Sizes[i];
            if (sizes[i] < 1 || sizes[i] > size.Bound || sizes[i] % size.Multiple != 0)
            {
                string multiple = size.Multiple > 1 ? $", multiples of {size.Multiple}" : "";
                throw Mismatch($"{size.Symbol} is {sizes[i]} in its samples of shape {Text(data.FeatureShape)}, and the model takes {size.Multiple} to {size.Bound}{multiple}");
            }
        }

        if (data.HasIds != signature.IdLimit > 0)
        {
            throw Mismatch(data.HasIds ? "its features are ids, but the model takes numbers" : "its features are numbers, but the model takes ids");
        }

        if (HasLabels) CheckLabels();
        else CheckTargets();
        if (HasIds) CheckRange(data.Ids(0, data.Count), signature.IdLimit, "id");
    }

    private void CheckLabels()
    {
        if (!data.HasLabels) throw Mismatch("softmax cross-entropy needs a class label per sample, and it has none");
        if (OutputLength != Classes)
        {
            throw Mismatch(
                $"the model's output {SampleSizes.Text(signature, signature.OutputShape)} needs {OutputLength / Classes} labels per sample, and it has one; " +
                "call the training step with your own batches");
        }

        CheckRange(data.Labels(0, data.Count), Classes, "label");
    }

    private void CheckTargets()
    {
        if (!data.HasTargets) throw Mismatch($"the loss needs target numbers of shape {SampleSizes.Text(signature, signature.OutputShape)} per sample, and it has none");
        if (data.TargetLength != OutputLength)
        {
            throw Mismatch(
                $"its targets have shape {Text(data.TargetShape)} ({data.TargetLength} elements), but the model gives {SampleSizes.Text(signature, signature.OutputShape)} ({OutputLength})");
        }
    }

    // Compiled code uses labels and ids as indices without a check.
    private void CheckRange(ReadOnlySpan<int> values, int limit, string what)
    {
        int at = values.IndexOfAnyExceptInRange(0, limit - 1);
        if (at >= 0) throw Mismatch($"it holds the {what} {values[at]} at position {at}, but the model knows {what}s from 0 to {limit - 1}");
    }

    private ArgumentException Mismatch(string problem) => new($"The data set doesn't fit the model: {problem}.", name);
}
