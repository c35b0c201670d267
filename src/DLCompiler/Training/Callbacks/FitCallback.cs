namespace DLCompiler;

/// <summary>
/// Something that is done while <c>Fit</c> trains, on its thread. Derive from it for your own; see <see cref="SaveBest"/> and <see cref="CsvLog"/>. What a
/// method throws ends training: <c>Fit</c> throws it as it is, and the model has the last complete step's parameters. Callbacks are called in their order.
/// </summary>
public abstract class FitCallback
{
    /// <summary>Before the first step, and when a run is resumed: <see cref="FitRun.Epochs"/> are the epochs that are complete.</summary>
    /// <param name="run">The run.</param>
    public virtual void OnBegin(FitRun run)
    {
    }

    /// <summary>After each step. Allocating here means allocating once a step.</summary>
    /// <param name="run">The run.</param>
    public virtual void OnStep(FitRun run)
    {
    }

    /// <summary>After each epoch and its validation.</summary>
    /// <param name="run">The run.</param>
    /// <param name="epoch">The epoch's figures.</param>
    public virtual void OnEpoch(FitRun run, EpochResult epoch)
    {
    }

    /// <summary>After the last epoch, once early stopping has restored the best one's parameters. Not where training ends with an exception.</summary>
    /// <param name="run">The run.</param>
    /// <param name="history">What <c>Fit</c> returns.</param>
    public virtual void OnEnd(FitRun run, TrainingHistory history)
    {
    }
}
