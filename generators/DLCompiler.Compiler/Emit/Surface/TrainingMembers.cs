using System.Globalization;
using System.Linq;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>Prints the training loop's methods.</summary>
internal static class TrainingMembers
{
    public static void Print(IndentedWriter writer, TrainingSurface training)
    {
        writer.Line(SurfaceSource.GeneratedCode);
        writer.Line("private static readonly global::DLCompiler.Runtime.TrainingSignature __training = new global::DLCompiler.Runtime.TrainingSignature(");
        writer.Line($"    {Number(training.TrainFunction)}, {Number(training.PredictFunction)}, global::DLCompiler.Loss.{training.Loss}, "
            + $"{Array(training.InputShape)}, {Array(training.OutputShape)}, {Number(training.IdLimit)}){Sizes(training)};");
        writer.Line();

        writer.Line("/// <summary>");
        writer.Line("/// Trains the model on a data set. The same seed, data and options give the same parameters, bit for bit, at any number of threads.");
        writer.Line("/// </summary>");
        writer.Line("/// <remarks>");
        writer.Line("/// What a callback of the options throws is thrown as it is. The model has the last complete step's parameters then.");
        writer.Line("/// </remarks>");
        writer.Line("/// <param name=\"data\">The samples to train on.</param>");
        writer.Line("/// <param name=\"options\">Epochs, batch size, validation and the rest; null for their defaults.</param>");
        writer.Line("/// <returns>The losses of every epoch.</returns>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The data do not fit the model, or an option is out of range.</exception>");
        writer.Line("/// <exception cref=\"global::System.ObjectDisposedException\">The model is disposed, or was while it trained.</exception>");
        writer.Line(SurfaceSource.MemoryException);
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">Another step or Fit of the model runs.</exception>");
        writer.Line("/// <exception cref=\"global::DLCompiler.TrainingDivergedException\">");
        writer.Line("/// The loss became NaN or infinite; the model is as it was at the end of the last complete epoch.");
        writer.Line("/// </exception>");
        writer.Line("/// <exception cref=\"global::System.OperationCanceledException\">The options' token was cancelled; the last step is complete.</exception>");
        writer.Line("/// <exception cref=\"global::DLCompiler.CheckpointException\">The file to resume from is damaged, or is not that of this run.</exception>");
        writer.Line("/// <exception cref=\"global::System.IO.IOException\">A checkpoint can't be written, or the file to resume from can't be read.</exception>");
        writer.Line("/// <exception cref=\"global::DLCompiler.ModelNotCompiledException\">The model had errors when the project was built.</exception>");
        writer.Line(SurfaceSource.GeneratedCode);
        writer.Line("public global::DLCompiler.TrainingHistory Fit(global::DLCompiler.Data.DataSet data, global::DLCompiler.FitOptions? options = null) =>");
        writer.Line("    __link.Host(this).Fit(__training, data, options);");
        writer.Line();

        writer.Line("/// <summary>The loss and accuracy of the model's predictions on a data set.</summary>");
        writer.Line("/// <param name=\"data\">The samples to predict.</param>");
        writer.Line("/// <param name=\"batchSize\">Samples predicted at a time; the result does not depend on it.</param>");
        writer.Line("/// <returns>The mean loss, and the accuracy where there are classes.</returns>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The data do not fit the model, or the batch size is below 1.</exception>");
        writer.Line(SurfaceSource.DisposedException);
        writer.Line(SurfaceSource.MemoryException);
        writer.Line("/// <exception cref=\"global::DLCompiler.ModelNotCompiledException\">The model had errors when the project was built.</exception>");
        writer.Line(SurfaceSource.GeneratedCode);
        writer.Line("public global::DLCompiler.EvaluationResult Evaluate(global::DLCompiler.Data.DataSet data, int batchSize = 256) =>");
        writer.Line("    __link.Host(this).Evaluate(__training, data, batchSize);");
        writer.Line();

        writer.Line("/// <summary>The loss, accuracy and metrics of the model's predictions on a data set.</summary>");
        writer.Line("/// <param name=\"data\">The samples to predict.</param>");
        writer.Line("/// <param name=\"metrics\">What to compute beside the loss; their values are in the result, in their order.</param>");
        writer.Line("/// <param name=\"batchSize\">Samples predicted at a time; the result does not depend on it.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The data do not fit the model or a metric, or the batch size is below 1.</exception>");
        writer.Line("/// <exception cref=\"global::System.NotSupportedException\">A metric takes labels where the targets are numbers, or numbers for labels.</exception>");
        writer.Line(SurfaceSource.DisposedException);
        writer.Line(SurfaceSource.MemoryException);
        writer.Line("/// <exception cref=\"global::DLCompiler.ModelNotCompiledException\">The model had errors when the project was built.</exception>");
        writer.Line(SurfaceSource.GeneratedCode);
        writer.Line("public global::DLCompiler.EvaluationResult Evaluate(");
        writer.Line("    global::DLCompiler.Data.DataSet data, global::System.Collections.Generic.IReadOnlyList<global::DLCompiler.Metrics.Metric> metrics, int batchSize = 256) =>");
        writer.Line("    __link.Host(this).Evaluate(__training, data, metrics, batchSize);");
        writer.Line();
    }

    private static string Sizes(TrainingSurface training) => training.Sizes.Count == 0 ? ""
        : $" {{ Sizes = new global::DLCompiler.Runtime.TrainingSize[] {{ {string.Join(", ", training.Sizes.Select(Size))} }} }}";

    private static string Size(SurfaceSize size) =>
        $"new({CSharpText.Literal(size.Written)}, {Number(size.Bound)}{(size.Multiple > 1 ? ", " + Number(size.Multiple) : "")})";

    private static string Array(EquatableArray<string> sizes) => $"new int[] {{ {string.Join(", ", sizes)} }}";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
