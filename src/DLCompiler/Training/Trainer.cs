using System;
using System.Collections.Generic;
using System.Diagnostics;
using DLCompiler.Data;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>One call of <c>Fit</c>: epochs of steps over a data set.</summary>
internal sealed class Trainer
{
    private readonly ModelHost host;
    private readonly TrainingSignature signature;
    private readonly TrainingData data;
    private readonly FitOptions options;
    private readonly Evaluator? validation;
    private readonly TrainingBatch? batch;
    private readonly BatchGatherer? gatherer;
    private readonly ParameterSnapshot? best;
    private readonly int[] order;
    private readonly int batchSize;
    private readonly ProgressReporter progress;
    private long steps;

    public Trainer(ModelHost host, TrainingSignature signature, DataSet data, FitOptions options)
    {
        Check(options);
        this.host = host;
        this.signature = signature;
        this.options = options;
        this.data = new TrainingData(signature, data, nameof(data));
        batchSize = Math.Min(options.BatchSize, this.data.Count);
        validation = options.Validation is { } set ? new Evaluator(host, signature, set, Math.Max(batchSize, 256), nameof(FitOptions.Validation)) : null;
        best = options.EarlyStopping is null ? null : new ParameterSnapshot(host.Parameters);
        order = options.Shuffle ? new int[this.data.Count] : [];
        if (options.Shuffle)
        {
            batch = new TrainingBatch(this.data, batchSize);
            gatherer = new BatchGatherer(this.data, order, batch);
        }

        progress = new ProgressReporter(options.Progress, options.Epochs, (this.data.Count + batchSize - 1) / batchSize, this.data.Count);
    }

    public TrainingHistory Fit()
    {
        host.Enter();
        bool began = false;
        double learningRate = host.GetLearningRate(signature.TrainFunction);
        int threads = host.Threads;
        try
        {
            host.Storage.BeginTraining();
            began = true;
            if (options.Threads is { } count && count != threads) host.Threads = count;
            if (options.LearningRate is { } rate) host.SetLearningRate(signature.TrainFunction, rate);
            return Epochs();
        }
        finally
        {
            if (began)
            {
                host.SetLearningRate(signature.TrainFunction, learningRate);
                if (host.Threads != threads) host.Threads = threads;
                host.Storage.EndTraining();
            }

            host.Leave();
        }
    }

    private static void Check(FitOptions options)
    {
        Require(options.Epochs >= 1, nameof(options.Epochs), options.Epochs, "at least 1");
        Require(options.BatchSize >= 1, nameof(options.BatchSize), options.BatchSize, "at least 1");
        Require(options.Threads is null or >= 1, nameof(options.Threads), options.Threads, "at least 1");
        Require(options.LearningRate is null || (double.IsFinite(options.LearningRate.Value) && options.LearningRate >= 0),
            nameof(options.LearningRate), options.LearningRate, "a finite number, not negative");
        if (options.EarlyStopping is { } stopping)
        {
            Require(stopping.Patience >= 1, nameof(stopping.Patience), stopping.Patience, "at least 1");
            Require(stopping.MinDelta >= 0, nameof(stopping.MinDelta), stopping.MinDelta, "not negative");
        }
    }

    private static void Require(bool condition, string name, object? value, string expected)
    {
        if (!condition) throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");
    }

    private TrainingHistory Epochs()
    {
        var results = new List<EpochResult>(options.Epochs);
        double bestLoss = double.PositiveInfinity;
        int bestEpoch = 0;
        // Early stopping has its own notion of progress: a fall by less than MinDelta is none.
        double reference = double.PositiveInfinity;
        int stale = 0;
        bool stopped = false;
        for (int epoch = 1; epoch <= options.Epochs && !stopped; epoch++)
        {
            long start = Stopwatch.GetTimestamp();
            double loss = Epoch(epoch);
            var evaluation = validation?.Evaluate(options.CancellationToken);
            var result = new EpochResult(epoch, loss, evaluation?.Loss, evaluation?.Accuracy, Stopwatch.GetElapsedTime(start).TotalSeconds);
            results.Add(result);

            double watched = evaluation?.Loss ?? loss;
            if (watched < bestLoss)
            {
                (bestLoss, bestEpoch) = (watched, epoch);
                best?.Take();
            }

            if (options.EarlyStopping is { } stopping)
            {
                bool improved = watched < reference - stopping.MinDelta || (double.IsPositiveInfinity(reference) && double.IsFinite(watched));
                (reference, stale) = improved ? (watched, 0) : (reference, stale + 1);
                stopped = stale >= stopping.Patience;
            }

            progress.Epoch(result);
        }

        if (bestEpoch > 0 && bestEpoch < results.Count) best?.Restore();
        return new TrainingHistory(results, bestEpoch, stopped && results.Count < options.Epochs);
    }

    // Returns the mean loss over the samples.
    private double Epoch(int epoch)
    {
        // Steps so far number the orders: a second call of Fit goes on with new ones, and the whole is still a function of the seed.
        if (options.Shuffle) Permutation.Fill(order, options.Seed ?? host.Seed, host.Iteration);
        double sum = 0;
        int step = 0;
        for (int first = 0; first < data.Count; first += batchSize)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(batchSize, data.Count - first);
            if (options.LearningRateSchedule is { } schedule) host.SetLearningRate(signature.TrainFunction, schedule(steps));
            sum += (double)Step(first, count) * count;
            steps++;
            step++;
            progress.Step(epoch, step, first + count, sum / (first + count));
        }

        return sum / data.Count;
    }

    private float Step(int first, int count)
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

    // Labels and ids have been checked for the whole set.
    private float Step(ReadOnlySpan<float> features, ReadOnlySpan<int> ids, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets)
    {
        var call = host.CallWithinTraining(signature.TrainFunction);
        if (data.HasIds) call.Input(0, ids, data.InputLength, "ids");
        else call.Input(0, features, data.InputLength, "features");
        if (data.HasLabels) call.Input(1, labels, 1, "labels");
        else call.Input(1, targets, data.OutputLength, "targets");
        return call.RunStep();
    }
}
