using System;
using System.Collections.Generic;
using DLCompiler.Data;
using DLCompiler.Metrics;

namespace DLCompiler.Runtime;

public sealed partial class ModelHost
{
    /// <summary>Trains the model; see <see cref="FitOptions"/>. Same seed, same data, same options: same parameters, bit for bit, at any number of
    /// threads.</summary>
    /// <remarks>
    /// Beside what steps need, it takes the memory of one copy of the parameters, the running statistics and the optimizer's state, from which a run that
    /// diverges is restored, and with early stopping another of the parameters and the running statistics. Copying takes place once an epoch; steps allocate
    /// nothing. What a callback of the options throws, <c>Fit</c> throws as it is; the model has the last complete step's parameters then.
    /// </remarks>
    /// <exception cref="ArgumentException">The data do not fit the model, an option is out of range, or a schedule gave a rate that is.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for so many samples at a time.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed, or was while it trained.</exception>
    /// <exception cref="InvalidOperationException">Another step or Fit of the model runs.</exception>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite; the model is as it was at the end of the last complete epoch.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. The model has the parameters of the last complete step.</exception>
    /// <exception cref="CheckpointException">The file to resume from is damaged, or is not that of this run. The model is as it was.</exception>
    /// <exception cref="System.IO.IOException">A checkpoint can't be written, or the file to resume from can't be read. The model has the last complete
    /// step's parameters.</exception>
    public TrainingHistory Fit(TrainingSignature signature, DataSet data, FitOptions? options = null) =>
        new Trainer(this, signature, data, options ?? new FitOptions()).Fit();

    /// <summary>The loss and accuracy of predictions on a data set, computed in double precision.</summary>
    /// <exception cref="ArgumentException">The data do not fit the model, or the batch size is below 1.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for so many samples at a time.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public EvaluationResult Evaluate(TrainingSignature signature, DataSet data, int batchSize = 256) =>
        new Evaluator(this, signature, data, batchSize).Evaluate();

    /// <summary>The loss, accuracy and metrics of the model's predictions on a data set.</summary>
    /// <exception cref="ArgumentException">The data do not fit the model or a metric, or the batch size is below 1.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for so many samples at a time.</exception>
    /// <exception cref="NotSupportedException">A metric takes labels where the targets are numbers, or the other way round.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public EvaluationResult Evaluate(TrainingSignature signature, DataSet data, IReadOnlyList<Metric> metrics, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        return new Evaluator(this, signature, data, batchSize, metrics: metrics).Evaluate();
    }
}
