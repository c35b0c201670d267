using System;
using DLCompiler.Data;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>
/// Runs the training step on batches of a data set, in its order or in a shuffled one, as they are or augmented. Allocates nothing once both sizes of batch were
/// seen.
/// </summary>
internal sealed class BatchStepper : IDisposable
{
    private readonly ModelHost host;
    private readonly int function;
    private readonly TrainingData data;
    private readonly int batchSize;
    private readonly bool shuffle;
    private readonly int[] order;
    private readonly TrainingBatch? batch;
    private readonly BatchGatherer? gatherer;
    private readonly AugmentingLoader? loader;

    public BatchStepper(ModelHost host, int function, TrainingData data, int batchSize, bool shuffle)
    {
        (this.host, this.function, this.data, this.batchSize, this.shuffle) = (host, function, data, batchSize, shuffle);
        order = shuffle || data.Augmenter is not null ? new int[data.Count] : [];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        if (data.Augmenter is { } augmenter)
        {
            loader = new AugmentingLoader(data, augmenter, order, batchSize);
        }
        else if (shuffle)
        {
            batch = new TrainingBatch(data, batchSize);
            gatherer = new BatchGatherer(data, order, batch);
        }
    }

    /// <summary>Draws the order of an epoch, where samples are shuffled, and what augments them.</summary>
    public void Begin(ulong seed, long iteration)
    {
        if (shuffle) Permutation.Fill(order, seed, iteration);
        loader?.Begin(seed, iteration);
    }

    /// <summary>Trains on the samples from a place of the order on.</summary>
    /// <returns>The loss before the update.</returns>
    public float Step(int first, int count)
    {
        if (loader is not null)
        {
            int following = Math.Min(batchSize, data.Count - first - count);
            return Step(loader.Load(first, count, following, host.Storage.StepPool), count);
        }

        if (batch is null)
        {
            return Step(
                data.HasIds ? default : data.Features(first, count), data.HasIds ? data.Ids(first, count) : default,
                data.HasLabels ? data.Labels(first, count) : default, data.HasLabels ? default : data.Targets(first, count));
        }

        gatherer!.Gather(first, count, host.Storage.StepPool);
        return Step(batch, count);
    }

    public void Dispose() => loader?.Dispose();

    private float Step(TrainingBatch samples, int count) => Step(
        samples.Features.AsSpan(0, data.HasIds ? 0 : count * data.InputLength), samples.Ids.AsSpan(0, data.HasIds ? count * data.InputLength : 0),
        samples.Labels.AsSpan(0, data.HasLabels ? count : 0), samples.Targets.AsSpan(0, data.HasLabels ? 0 : count * data.OutputLength));

    // Labels and ids have been checked for the whole set, but its arrays are the caller's: compiled code takes what they hold now as indices.
    private float Step(ReadOnlySpan<float> features, ReadOnlySpan<int> ids, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets)
    {
        var call = host.CallWithinTraining(function);
        data.TakeSizes(ref call);
        if (data.HasIds) call.Indices(0, ids, data.InputLength, data.IdLimit, "ids");
        else call.Input(0, features, data.InputLength, "features");
        if (data.HasLabels) call.Indices(1, labels, 1, data.Classes, "labels");
        else call.Input(1, targets, data.OutputLength, "targets");
        return call.RunStep();
    }
}
