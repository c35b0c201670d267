using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace DLCompiler;

/// <summary>
/// Writes a line of comma-separated values for each epoch: its number, loss, learning rate, validation loss and accuracy, metrics, and seconds. Numbers read back as
/// the same bits. A resumed run writes the lines of the epochs before anew, so that the file is that of the whole run.
/// </summary>
public sealed class CsvLog : FitCallback
{
    private readonly string path;

    /// <summary>Creates the callback.</summary>
    /// <param name="path">The file; one that exists is replaced when training begins.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public CsvLog(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.path = path;
    }

    /// <inheritdoc/>
    public override void OnBegin(FitRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        File.WriteAllText(path, string.Concat(run.Epochs.Select((epoch, index) => (index == 0 ? Head(epoch) : "") + Line(epoch))));
    }

    /// <inheritdoc/>
    public override void OnEpoch(FitRun run, EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        File.AppendAllText(path, (epoch.Epoch == 1 ? Head(epoch) : "") + Line(epoch));
    }

    private static string Head(EpochResult epoch) =>
        Joined(["epoch", "loss", "learning_rate", "validation_loss", "validation_accuracy", .. epoch.Metrics.Select(metric => metric.Name), "seconds"]);

    private static string Line(EpochResult epoch) => Joined(
    [
        epoch.Epoch.ToString(CultureInfo.InvariantCulture), Number(epoch.Loss), Number(epoch.LearningRate), Number(epoch.ValidationLoss),
        Number(epoch.ValidationAccuracy), .. epoch.Metrics.Select(metric => Number(metric.Value)), Number(epoch.Seconds),
    ]);

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Joined(IEnumerable<string> values) => string.Join(',', values) + "\n";
}
