using System.Collections.Generic;
using DLCompiler.Checkpoints;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>A call of <c>Fit</c> as its callbacks see it.</summary>
public sealed class FitRun
{
    private readonly ModelHost host;
    private readonly FitPosition position;

    internal FitRun(ModelHost host, FitPosition position, int lastEpoch) => (this.host, this.position, LastEpoch) = (host, position, lastEpoch);

    /// <summary>The figures of the complete epochs, in order; those of earlier calls that this one resumes among them.</summary>
    public IReadOnlyList<EpochResult> Epochs => position.Results;

    /// <summary>The epoch to train to: <see cref="FitOptions.Epochs"/>.</summary>
    public int LastEpoch { get; }

    /// <summary>Steps of the run that are done.</summary>
    public long Steps => position.Steps;

    /// <summary>The loss of the last step, before its update.</summary>
    public double Loss { get; internal set; } = double.NaN;

    /// <summary>The learning rate of the last step; NaN before the first.</summary>
    public double LearningRate { get; internal set; } = double.NaN;

    /// <summary>The epoch with the lowest watched loss so far: of validation, or of training without a validation set. 0 before there is one.</summary>
    public int BestEpoch => position.BestEpoch;

    /// <summary>The model's parameters and running statistics.</summary>
    public ParameterSet Parameters => host.Parameters;

    internal bool IsStopped { get; private set; }

    /// <summary>Ends training after the epoch that is in progress; the history says that it stopped early.</summary>
    public void Stop() => IsStopped = true;

    /// <summary>Writes the parameters and running statistics to a safetensors file, as the model's <c>Save</c> does.</summary>
    /// <param name="path">The file, which appears whole or not at all.</param>
    /// <exception cref="System.IO.IOException">The file can't be written; one that existed is as it was.</exception>
    public void Save(string path) => Checkpoint.Save(host, path);
}
