using System;
using System.Globalization;
using DLCompiler;
using Spectre.Console;

namespace Quickstart;

/// <summary>Shows training as it runs: a bar per epoch on a terminal, a line per epoch elsewhere.</summary>
internal static class Report
{
    /// <summary>Runs a training that reports its progress.</summary>
    public static void Show(int epochs, Action<IProgress<TrainingProgress>> train)
    {
        if (Console.IsOutputRedirected) train(new Lines());
        else Live(epochs, train);
    }

    /// <summary>One epoch's figures.</summary>
    public static string Describe(EpochResult epoch, int epochs) => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {epoch.Epoch}/{epochs}  loss {epoch.Loss:F4}  test loss {epoch.ValidationLoss:F4}  accuracy {epoch.ValidationAccuracy:F4}  {epoch.Seconds:F1} s");

    private static void Live(int epochs, Action<IProgress<TrainingProgress>> train) => AnsiConsole.Progress()
        .HideCompleted(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context => train(new Bars(context, epochs)));

    private sealed class Lines : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Completed is { } epoch) Console.WriteLine(Describe(epoch, value.Epochs));
        }
    }

    private sealed class Bars(ProgressContext context, int epochs) : IProgress<TrainingProgress>
    {
        private readonly ProgressTask?[] bars = new ProgressTask?[epochs];

        public void Report(TrainingProgress value)
        {
            var bar = bars[value.Epoch - 1] ??= context.AddTask("", maxValue: value.Steps);
            bar.Value = value.Step;
            bar.Description = value.Completed is { } epoch
                ? Describe(epoch, epochs)
                : string.Create(CultureInfo.InvariantCulture, $"epoch {value.Epoch}/{value.Epochs}  loss {value.Loss:F4}");
        }
    }
}
