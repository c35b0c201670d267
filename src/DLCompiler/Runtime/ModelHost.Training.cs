using System;
using DLCompiler.Data;

namespace DLCompiler.Runtime;

public sealed partial class ModelHost
{
    /// <summary>Trains the model; see <see cref="FitOptions"/>. Same seed, same data, same options: same parameters, bit for bit, at any number of
    /// threads.</summary>
    /// <exception cref="ArgumentException">The data do not fit the model, or an option is out of range.</exception>
    /// <exception cref="InvalidOperationException">Another step or Fit of the model runs.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. The model has the parameters of the last complete step.</exception>
    public TrainingHistory Fit(TrainingSignature signature, DataSet data, FitOptions? options = null) =>
        new Trainer(this, signature, data, options ?? new FitOptions()).Fit();

    /// <summary>The loss and accuracy of predictions on a data set, computed in double precision.</summary>
    /// <exception cref="ArgumentException">The data do not fit the model.</exception>
    public EvaluationResult Evaluate(TrainingSignature signature, DataSet data, int batchSize = 256) =>
        new Evaluator(this, signature, data, batchSize).Evaluate();
}
