using System.Globalization;
using DLCompiler.Checkpoints;

namespace DLCompiler;

/// <summary>The message of a run that diverged: what happened, where the model is, what to try.</summary>
internal static class Divergence
{
    /// <param name="position">Where the run stands: the batch is the last that was complete, or the one whose update did the harm.</param>
    /// <param name="batch">The batch, from 1.</param>
    /// <param name="batches">Batches in an epoch.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    /// <param name="restored">What the model was restored to.</param>
    /// <param name="data">The data, for their own NaN.</param>
    public static TrainingDivergedException Exception(
        FitPosition position, int batch, int batches, double loss, double learningRate, string restored, TrainingData data)
    {
        string what = double.IsFinite(loss) ? "a step left parameters, running statistics or the optimizer's state NaN or infinite"
            : $"the loss became {(double.IsNaN(loss) ? "NaN" : "infinite")}";
        string cause = data.FindNotFinite() is { } found
            ? $"{found}: mend or remove it."
            : "Most often the learning rate is too high (" + StateMetadata.Text(learningRate) +
              "): try a tenth of it, or a schedule that begins with small steps; or the inputs and targets are large: scale them to about -1 to 1.";
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"Training diverged in epoch {position.Epoch}, batch {batch} of {batches}: {what}. The model is as it was {restored}. {cause}");
        return new TrainingDivergedException(message, position.Epoch, batch, loss, position.History(position.Results.Count, stopped: false));
    }
}
