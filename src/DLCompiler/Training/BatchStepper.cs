using System;
using DLCompiler.Data;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>
/// Runs the training step on batches of a data set, in its order or in a shuffled one. Allocates nothing once both sizes of batch were seen.
/// </summary>
internal sealed class BatchStepper
{
    private readonly ModelHost host;
    private readonly int function;
    private readonly TrainingData data;
    private readonly int[] order;
    private readonly TrainingBatch? batch;
    private readonly BatchGatherer? gatherer;

    public BatchStepper(ModelHost host, int function, TrainingData data, int batchSize, bool shuffle)
    {
        (this.host, this.function, this.data) = (host, function, data);
        order = shuffle ? new int[data.Count] : [];
        if (!shuffle) return;
        batch = new TrainingBatch(data, batchSize);
        gatherer = new BatchGatherer(data, order, batch);
    }

    /// <summary>Draws the order of an epoch, where samples are shuffled.</summary>
    public void Shuffle(ulong seed, long iteration) => Permutation.Fill(order, seed, iteration);

    /// <summary>Trains on the samples from a place of the order on.</summary>
    /// <returns>The loss before the update.</returns>
    public float Step(int first, int count)
    {
        if (batch is null)
        {
            return Step(
                data.HasIds ? default : data.Features(first, count), data.HasIds ? data.Ids(first, count) : default,
                data.HasLabels ? data.Labels(first, count) : default, data.HasLabels ? default : data.Targets(first, count));
        }

        gatherer!.Gather(first, count, host.Storage.StepPool);
        return Step(
            batch.Features.AsSpan(0, data.HasIds ? 0 : count * data.InputLength), batch.Ids.AsSpan(0, data.HasIds ? count * data.InputLength : 0),
            batch.Labels.AsSpan(0, data.HasLabels ? count : 0), batch.Targets.AsSpan(0, data.HasLabels ? 0 : count * data.OutputLength));
    }

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
