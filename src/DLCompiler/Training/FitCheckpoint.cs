using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Checkpoints;
using DLCompiler.Data;
using DLCompiler.Metrics;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>A run of <c>Fit</c> in a file: its position and what makes it this run and no other, beside the model's state of training.</summary>
internal sealed class FitCheckpoint
{
    private const string Prefix = "dlcompiler.fit.";

    private readonly ModelHost host;
    private readonly FitOptions options;
    private readonly ModelSnapshot? best;
    private readonly Identity[] identity;

    /// <param name="host">The model.</param>
    /// <param name="loss">The loss that the step minimises.</param>
    /// <param name="data">The samples to train on.</param>
    /// <param name="batchSize">Samples in a step.</param>
    /// <param name="options">The options.</param>
    /// <param name="best">The best epoch's numbers, with early stopping.</param>
    public FitCheckpoint(ModelHost host, Loss loss, DataSet data, int batchSize, FitOptions options, ModelSnapshot? best)
    {
        (this.host, this.options, this.best) = (host, options, best);
        identity =
        [
            new("loss", "Loss.", $"{loss}", "another loss", "Give [Train] the loss of the file"),
            new("data", "", DataFingerprint.Of(data), "other data", "Train on the same samples in the same order"),
            new("batch_size", "BatchSize = ", StateMetadata.Text(batchSize), "another batch size", "Resume with the batch size of the file"),
            new("shuffle", "Shuffle = ", options.Shuffle ? "true" : "false", "another order of samples", "Resume with Shuffle as in the file"),
            new("seed", "Seed = ", StateMetadata.Text(options.Seed ?? host.Seed), "another seed of the order of samples", "Resume with the seed of the file"),
            new("augmentation", "", options.Augmentation?.Identity() ?? "none", "another augmentation", "Resume with Augmentation as in the file", Absent: "none"),
            new("validation", "", options.Validation is { } set ? DataFingerprint.Of(set) : "none", "other validation data", "Resume with the same Validation"),
            new("early_stopping", "", options.EarlyStopping is null ? "none" : "used", "another early stopping", "Resume with EarlyStopping as in the file"),
        ];
    }

    /// <summary>Writes the model and the position.</summary>
    public void Write(string path, FitPosition position)
    {
        var tensors = best is not null && position.BestEpoch > 0
            ? host.Parameters.Select(view => best.Tensor(view, StateNames.BestTensor(view.Name)))
            : [];
        TrainingStateFile.Write(host, path, tensors, Texts(position));
    }

    /// <summary>Gives the model the state of a file, and returns the position.</summary>
    /// <param name="path">The file.</param>
    /// <param name="batches">Batches in an epoch.</param>
    /// <exception cref="CheckpointException">The file is damaged, or is not this run's.</exception>
    public FitPosition Read(string path, int batches)
    {
        using var state = TrainingStateFile.Open(host, path);
        var metadata = state.Metadata;
        if (!metadata.Has(Prefix + "epoch"))
        {
            throw new CheckpointException(
                path, null, "the file has no position of Fit.", "a checkpoint of Fit", "a state that SaveTrainingState wrote",
                "Load it with LoadTrainingState, and call Fit without ResumeFrom.");
        }

        foreach (var one in identity)
        {
            string found = one.Absent is { } absent && !metadata.Has(Prefix + one.Key) ? absent : metadata.String(Prefix + one.Key);
            metadata.Require(one.What, one.Label + one.Value, one.Label + found, one.Remedy);
        }

        var position = Position(metadata, batches);
        if (position.Results.Count > options.Epochs || (position.Results.Count == options.Epochs && position.Batch > 0))
        {
            metadata.Require(
                "done more epochs", $"Epochs = {StateMetadata.Text(options.Epochs)}",
                $"{StateMetadata.Text(position.Results.Count)} epochs and {StateMetadata.Text(position.Batch)} batches",
                $"Resume with Epochs = {StateMetadata.Text(position.Results.Count + (position.Batch > 0 ? 1 : 0))} or more");
        }

        var bestValues = best is not null && position.BestEpoch > 0
            ? host.Parameters.Select(view => (View: view, Values: state.Read(StateNames.BestTensor(view.Name), view.Shape))).ToList()
            : [];
        state.Apply();
        foreach (var (view, values) in bestValues) best!.Tensor(view, view.Name).CopyFrom(values);
        return position;
    }

    private static FitPosition Position(StateMetadata metadata, int batches)
    {
        var position = new FitPosition
        {
            Epoch = Int(metadata, "epoch"),
            Batch = Int(metadata, "batch"),
            LossSum = metadata.Number(Prefix + "loss_sum"),
            Seconds = metadata.Number(Prefix + "seconds"),
            Steps = metadata.Count(Prefix + "steps"),
            Results = History.Parse(metadata, Prefix + "history"),
            BestEpoch = Int(metadata, "best_epoch"),
            BestLoss = metadata.Number(Prefix + "best_loss"),
            ReferenceLoss = metadata.Number(Prefix + "reference_loss"),
            StaleEpochs = Int(metadata, "stale_epochs"),
        };
        if (position.Epoch != position.Results.Count + 1)
        {
            throw metadata.Damaged(Prefix + "epoch", StateMetadata.Text(position.Results.Count + 1), StateMetadata.Text(position.Epoch));
        }

        if (position.Batch > batches)
            throw metadata.Damaged(Prefix + "batch", $"at most {StateMetadata.Text(batches)}", StateMetadata.Text(position.Batch));
        return position;
    }

    private static int Int(StateMetadata metadata, string key)
    {
        long value = metadata.Count(Prefix + key);
        return value <= int.MaxValue ? (int)value : throw metadata.Damaged(Prefix + key, "a number of 31 bits", StateMetadata.Text(value));
    }

    private IEnumerable<KeyValuePair<string, string>> Texts(FitPosition position)
    {
        foreach (var one in identity) yield return new(Prefix + one.Key, one.Value);
        yield return new(Prefix + "epoch", StateMetadata.Text(position.Epoch));
        yield return new(Prefix + "batch", StateMetadata.Text(position.Batch));
        yield return new(Prefix + "loss_sum", StateMetadata.Text(position.LossSum));
        yield return new(Prefix + "seconds", StateMetadata.Text(position.Seconds));
        yield return new(Prefix + "steps", StateMetadata.Text(position.Steps));
        yield return new(Prefix + "best_epoch", StateMetadata.Text(position.BestEpoch));
        yield return new(Prefix + "best_loss", StateMetadata.Text(position.BestLoss));
        yield return new(Prefix + "reference_loss", StateMetadata.Text(position.ReferenceLoss));
        yield return new(Prefix + "stale_epochs", StateMetadata.Text(position.StaleEpochs));
        yield return new(Prefix + "history", History.Format(position.Results));
    }

    /// <summary>Something that decides about a run's bits: it must be in a file as it is here.</summary>
    /// <param name="Key">Its name in the file.</param>
    /// <param name="Label">What stands before the value in messages.</param>
    /// <param name="Value">Its text.</param>
    /// <param name="What">What the file has where it differs.</param>
    /// <param name="Remedy">What to do then.</param>
    /// <param name="Absent">What files of versions that did not know it stand for.</param>
    private sealed record Identity(string Key, string Label, string Value, string What, string Remedy, string? Absent = null);

    /// <summary>
    /// The figures of epochs as text: a line an epoch, with its number, loss, validation loss, validation accuracy (a dash for
    /// none), seconds and learning rate, and the metrics, each with its name.
    /// </summary>
    private static class History
    {
        public static string Format(IEnumerable<EpochResult> results) => string.Join('\n', results.Select(result => string.Join(
            ' ', StateMetadata.Text(result.Epoch), StateMetadata.Text(result.Loss), Optional(result.ValidationLoss),
            Optional(result.ValidationAccuracy), StateMetadata.Text(result.Seconds), StateMetadata.Text(result.LearningRate),
            string.Join(' ', result.Metrics.Select(metric => $"{metric.Name}={StateMetadata.Text(metric.Value)}"))).TrimEnd()));

        public static List<EpochResult> Parse(StateMetadata metadata, string key)
        {
            var results = new List<EpochResult>();
            foreach (string line in metadata.String(key).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] parts = line.Split(' ');
                int epoch = results.Count + 1;
                if (parts.Length < 6 || parts[0] != StateMetadata.Text(epoch)) throw metadata.Damaged(key, "six numbers for each epoch, in order", line);
                results.Add(new EpochResult(
                    epoch, metadata.Number(key, parts[1]), Optional(metadata, key, parts[2]), Optional(metadata, key, parts[3]),
                    metadata.Number(key, parts[4]))
                {
                    LearningRate = metadata.Number(key, parts[5]),
                    Metrics = [.. parts[6..].Select(part => Metric(metadata, key, part))],
                });
            }

            return results;
        }

        private static MetricValue Metric(StateMetadata metadata, string key, string text) => text.Split('=') is [var name, var value]
            ? new MetricValue(name, metadata.Number(key, value))
            : throw metadata.Damaged(key, "metrics as name=value", text);

        private static string Optional(double? value) => value is { } number ? StateMetadata.Text(number) : "-";

        private static double? Optional(StateMetadata metadata, string key, string text) => text == "-" ? null : metadata.Number(key, text);
    }
}
