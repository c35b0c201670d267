using System;
using System.Diagnostics;
using System.IO;
using DLCompiler.Checkpoints;
using DLCompiler.Data;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>One call of <c>Fit</c>: epochs of steps over a data set.</summary>
internal sealed class Trainer
{
    private readonly ModelHost host;
    private readonly int function;
    private readonly Loss loss;
    private readonly DataSet set;
    private readonly TrainingData data;
    private readonly FitOptions options;
    private readonly Evaluator? validation;
    private readonly BatchStepper stepper;
    private readonly ProgressReporter progress;
    private readonly int batchSize;
    private readonly int batches;
    private readonly int accumulate;
    private readonly double ownRate;
    private FitPosition position = new();
    private FitRun run = null!;
    private int reductions;
    private FitCheckpoint? checkpoint;
    private ModelSnapshot? best;
    private ModelSnapshot? lastEpoch;
    private string lastEpochText = "when Fit was called";
    private float batchLoss;

    public Trainer(ModelHost host, TrainingSignature signature, DataSet data, FitOptions options)
    {
        FitOptionsCheck.Check(options);
        (this.host, function, loss, set, this.options) = (host, signature.TrainFunction, signature.Loss, data, options);
        this.data = new TrainingData(signature, data, nameof(data), options.Augmentation);
        batchSize = Math.Min(options.BatchSize, this.data.Count);
        batches = (this.data.Count + batchSize - 1) / batchSize;
        validation = options.Validation is { } samples
            ? new Evaluator(host, signature, samples, Math.Max(batchSize, 256), nameof(FitOptions.Validation), options.Metrics) : null;
        accumulate = host.Slot(function).Optimizer!.Accumulate;
        ownRate = options.LearningRate ?? host.GetLearningRate(function);
        if (options.MomentumSchedule is not null) host.Slot(function).RequireMomentum();
        stepper = new BatchStepper(host, function, this.data, batchSize, options.Shuffle);
        progress = new ProgressReporter(options.Progress, options.Epochs, batches, this.data.Count);
    }

    private bool IsStopped => run.IsStopped || (options.EarlyStopping is { } stopping && position.StaleEpochs >= stopping.Patience);

    public TrainingHistory Fit()
    {
        host.ThrowIfAverages();
        host.Enter();
        bool began = false;
        int? threads = null;
        try
        {
            host.Storage.BeginTraining();
            began = true;
            if (options.Threads is { } count && count != host.Threads) (threads, host.Threads) = (host.Threads, count);
            host.SetStepLearningRate(function, options.LearningRate);
            best = options.EarlyStopping is null ? null : new ModelSnapshot(host);
            lastEpoch = new ModelSnapshot(host, host.Slot(function));
            Resume();
            lastEpoch.Take();
            run = new FitRun(host, position, options.Epochs);
            reductions = options.ReduceOnPlateau?.Reductions(position.Results) ?? 0;
            foreach (var callback in options.Callbacks) callback.OnBegin(run);
            return Epochs();
        }
        finally
        {
            stepper.Dispose();
            best?.Dispose();
            lastEpoch?.Dispose();
            if (began)
            {
                host.SetStepLearningRate(function, null);
                host.Slot(function).StepMomentum = null;
                if (threads is { } before) host.Threads = before;
                host.Storage.EndTraining();
            }

            host.Leave();
        }
    }

    private void Resume()
    {
        if (options.Checkpoint is null && options.ResumeFrom is null) return;
        // Hours of training should not end with a path that is wrong.
        if (options.Checkpoint is { } writes) ReplacedFile.CheckWritable(writes.Path);
        checkpoint = new FitCheckpoint(host, loss, set, batchSize, options, best);
        string? path = options.ResumeFrom ?? (options.Checkpoint is { Resume: true } own && File.Exists(own.Path) ? own.Path : null);
        if (path is null) return;
        position = checkpoint.Read(path, batches);
        if (position.Batch > 0) lastEpochText = $"in the checkpoint '{path}'";
        else if (position.Results.Count > 0) lastEpochText = EndOfEpoch(position.Results.Count);
    }

    private TrainingHistory Epochs()
    {
        while (position.Epoch <= options.Epochs && !IsStopped) Epoch(position.Epoch);
        if (position.HasBetterEpoch) best?.Restore();
        var history = position.History(options.Epochs, IsStopped);
        foreach (var callback in options.Callbacks) callback.OnEnd(run, history);
        return history;
    }

    private void Epoch(int epoch)
    {
        long start = Stopwatch.GetTimestamp();
        double before = position.Seconds;
        Steps(epoch, start, before);

        // The loss is taken before a step's update, so that of the last step says nothing about the parameters.
        if (!lastEpoch!.TryTake()) throw Diverged(position.Batch);
        lastEpochText = EndOfEpoch(epoch);

        var evaluation = Evaluate();
        var result = new EpochResult(
            epoch, position.LossSum / data.Count, evaluation?.Loss, evaluation?.Accuracy, before + Stopwatch.GetElapsedTime(start).TotalSeconds)
        {
            LearningRate = double.IsNaN(run.LearningRate) ? Rate(position.Steps - 1) : run.LearningRate,
            Metrics = evaluation?.Metrics ?? [],
        };
        if (position.Complete(result, options.EarlyStopping)) best?.Take();
        reductions = options.ReduceOnPlateau?.Reductions(position.Results) ?? 0;
        foreach (var callback in options.Callbacks) callback.OnEpoch(run, result);
        bool last = epoch == options.Epochs || IsStopped;
        if (options.Checkpoint?.EveryEpochs is { } every && (epoch % every == 0 || last)) checkpoint!.Write(options.Checkpoint.Path, position);
        progress.Epoch(result);
    }

    private void Steps(int epoch, long start, double before)
    {
        // Steps so far number the orders: a second call of Fit goes on with new ones, and the whole is still a function of the seed.
        stepper.Begin(options.Seed ?? host.Seed, host.Iteration - position.Batch);
        for (long first = (long)position.Batch * batchSize; first < data.Count; first += batchSize)
        {
            if (options.CancellationToken.IsCancellationRequested) Cancel();
            int count = (int)Math.Min(batchSize, data.Count - first);
            SetNumbers();
            batchLoss = stepper.Step((int)first, count);
            if (!float.IsFinite(batchLoss)) throw Diverged(position.Batch + 1);
            position.LossSum += (double)batchLoss * count;
            position.Steps++;
            position.Batch++;
            run.Loss = batchLoss;
            foreach (var callback in options.Callbacks) callback.OnStep(run);
            if (options.Checkpoint?.EverySteps is { } every && position.Steps % every == 0)
            {
                position.Seconds = before + Stopwatch.GetElapsedTime(start).TotalSeconds;
                Save();
            }

            progress.Step(epoch, position.Batch, (int)first + count, position.LossSum / (first + count));
        }

        position.Seconds = before + Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // Schedules count updates: steps, unless gradients are accumulated.
    private void SetNumbers()
    {
        run.LearningRate = Rate(position.Steps);
        host.SetStepLearningRate(function, run.LearningRate);
        if (options.MomentumSchedule is not { } momentum) return;
        long update = position.Steps / accumulate;
        double value = momentum(update);
        host.Slot(function).StepMomentum = value is >= 0 and < 1 ? value : throw new ArgumentException(
            FormattableString.Invariant($"MomentumSchedule gave {value} for step {update}. Return a number that is at least 0 and less than 1 for every step."),
            nameof(FitOptions.MomentumSchedule));
    }

    private double Rate(long step)
    {
        double rate = options.LearningRateSchedule is { } schedule ? Scheduled(schedule(step / accumulate)) : ownRate;
        return options.ReduceOnPlateau?.Reduced(rate, reductions) ?? rate;
    }

    private double Scheduled(double rate) => double.IsFinite(rate) && rate >= 0 ? rate : throw new ArgumentException(
        FormattableString.Invariant($"LearningRateSchedule gave {rate} for step {position.Steps / accumulate}. Return a finite number that is not negative for every step."),
        nameof(FitOptions.LearningRateSchedule));

    private EvaluationResult? Evaluate()
    {
        try
        {
            return validation?.Evaluate(options.CancellationToken);
        }
        catch (OperationCanceledException) when (options.CancellationToken.IsCancellationRequested)
        {
            // All steps of the epoch are done: a resumed run evaluates first.
            Cancel();
            throw;
        }
    }

    private void Cancel()
    {
        if (options.Checkpoint is { SaveOnCancel: true }) Save();
        options.CancellationToken.ThrowIfCancellationRequested();
    }

    // Within an epoch: a step may have left numbers that the next loss would show.
    private void Save()
    {
        if (!lastEpoch!.IsModelFinite()) throw Diverged(position.Batch);
        checkpoint!.Write(options.Checkpoint!.Path, position);
    }

    private static string EndOfEpoch(int epoch) => $"at the end of epoch {epoch}";

    private TrainingDivergedException Diverged(int batch)
    {
        double rate = host.Slot(function).StepLearningRate ?? host.GetLearningRate(function);
        lastEpoch!.Restore();
        return Divergence.Exception(position, batch, batches, batchLoss, rate, lastEpochText, data);
    }
}
