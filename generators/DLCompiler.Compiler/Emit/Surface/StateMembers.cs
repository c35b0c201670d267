using System.Linq;
using DLCompiler.Compiler.Optimizers;
using DLCompiler.Compiler.Programs.Evaluation;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>Prints the members about a model's storage: seed, threads, parameters, checkpoints, disposal.</summary>
internal static class StateMembers
{
    private const string EmptyPath = "/// <exception cref=\"global::System.ArgumentException\">The path is empty.</exception>";

    public static void Print(IndentedWriter writer, TypeDeclaration type, ModelSignature signature)
    {
        Member(writer, "private readonly global::DLCompiler.Runtime.ModelLink __link = new global::DLCompiler.Runtime.ModelLink("
            + CSharpText.Literal(signature.Name) + ");");

        writer.Line("/// <summary>Fixes the initial parameters, dropout and shuffling: the same seed gives the same model. Set it before the first use.</summary>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">It is set after the first use.</exception>");
        writer.Line(SurfaceSource.DisposedException);
        writer.Line(SurfaceSource.GeneratedCode);
        writer.Block("public ulong Seed", () =>
        {
            writer.Line("get => __link.Seed;");
            writer.Line("set => __link.Seed = value;");
        });
        writer.Line();

        Threads(writer, "Threads", "Threads of a training step, the caller's among them. The results are the same, bit for bit, at any number.");
        Threads(writer, "PredictThreads", "Threads of a prediction, the caller's among them; 1 unless set. The results are the same, bit for bit, at any number.");

        writer.Line("/// <summary>The parameters and running statistics by their names in checkpoints: copies go out and in, in PyTorch's layouts.</summary>");
        writer.Line(SurfaceSource.DisposedException);
        Member(writer, "public global::DLCompiler.ParameterSet Parameters => __link.Host(this).Parameters;");

        writer.Line("/// <summary>Writes the parameters and running statistics to a safetensors file, which appears whole or not at all.</summary>");
        writer.Line("/// <param name=\"path\">The file; one that exists is replaced.</param>");
        writer.Line(SurfaceSource.DisposedException);
        writer.Line(EmptyPath);
        writer.Line("/// <exception cref=\"global::System.IO.IOException\">The file can't be written; one that existed is as it was.</exception>");
        Member(writer, "public void Save(string path) => __link.Host(this).Save(path);");

        writer.Line("/// <summary>Reads the parameters and running statistics from a safetensors file. If it does not fit, the model stays as it was.</summary>");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line(SurfaceSource.DisposedException);
        writer.Line(EmptyPath);
        writer.Line("/// <exception cref=\"global::DLCompiler.CheckpointException\">The file is damaged, or its tensors are not this model's.</exception>");
        writer.Line("/// <exception cref=\"global::System.IO.IOException\">The file can't be read.</exception>");
        Member(writer, "public void Load(string path) => __link.Host(this).Load(path);");

        writer.Line("/// <summary>");
        writer.Line("/// Reads parameters and running statistics from a safetensors file in which they have other names, or which has some of them. If it does not");
        writer.Line("/// fit, the model stays as it was.");
        writer.Line("/// </summary>");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line("/// <param name=\"options\">A map of names, and what may be missing or left over.</param>");
        writer.Line("/// <returns>What was loaded, what was missing, what was left over.</returns>");
        writer.Line(SurfaceSource.DisposedException);
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The path is empty, or a name in the map is none of the model's.</exception>");
        writer.Line("/// <exception cref=\"global::DLCompiler.CheckpointException\">The file is damaged, or its tensors do not fit.</exception>");
        writer.Line("/// <exception cref=\"global::System.IO.IOException\">The file can't be read.</exception>");
        Member(writer, "public global::DLCompiler.LoadResult Load(string path, global::DLCompiler.LoadOptions options) => __link.Host(this).Load(path, options);");

        if (signature.Functions.Any(function => function.Optimizer is not null)) TrainingState(writer);
        if (signature.Functions.Any(function => function.Optimizer?.Find(CommonNumbers.AverageDecay) > 0)) Averages(writer);

        writer.Line("/// <summary>Frees the model's memory, once calls that run have returned; a Fit that runs ends with an ObjectDisposedException.</summary>");
        Member(writer, "public void Dispose() => __link.Dispose();");
    }

    private static void Threads(IndentedWriter writer, string name, string summary)
    {
        writer.Line("/// <summary>" + summary + "</summary>");
        writer.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">The number is below 1 or above 1,024.</exception>");
        writer.Line(SurfaceSource.DisposedException);
        writer.Line(SurfaceSource.GeneratedCode);
        writer.Block("public int " + name, () =>
        {
            writer.Line("get => __link." + name + ";");
            writer.Line("set => __link." + name + " = value;");
        });
        writer.Line();
    }

    private static void TrainingState(IndentedWriter writer)
    {
        writer.Line("/// <summary>Training steps taken, by all of the model's steps and those of nested models. <c>LoadTrainingState</c> sets it.</summary>");
        writer.Line(SurfaceSource.DisposedException);
        Member(writer, "public long Iteration => __link.Host(this).Iteration;");

        writer.Line("/// <summary>");
        writer.Line("/// Writes what a training loop of your own needs to go on as if it had not been interrupted: what <c>Save</c> writes, and each");
        writer.Line("/// step's optimizer and count. <c>Load</c> reads the parameters of such a file alone. <c>Fit</c> writes its own:");
        writer.Line("/// <c>FitOptions.Checkpoint</c>.");
        writer.Line("/// </summary>");
        writer.Line("/// <param name=\"path\">The safetensors file, which appears whole or not at all; one that exists is replaced.</param>");
        writer.Line(SurfaceSource.DisposedException);
        writer.Line(EmptyPath);
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">A training step or Fit of the model runs.</exception>");
        writer.Line("/// <exception cref=\"global::System.IO.IOException\">The file can't be written; one that existed is as it was.</exception>");
        Member(writer, "public void SaveTrainingState(string path) => __link.Host(this).SaveTrainingState(path);");

        writer.Line("/// <summary>");
        writer.Line("/// Reads what <c>SaveTrainingState</c> or a checkpoint of <c>Fit</c> has written: the next step gives the same bits as the one that");
        writer.Line("/// would have followed there. If the file does not fit, the model stays as it was.");
        writer.Line("/// </summary>");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line(SurfaceSource.DisposedException);
        writer.Line(EmptyPath);
        writer.Line("/// <exception cref=\"global::DLCompiler.CheckpointException\">");
        writer.Line("/// The file is damaged, has no state of training, or is that of another model, optimizer or seed.");
        writer.Line("/// </exception>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">A training step or Fit of the model runs.</exception>");
        writer.Line("/// <exception cref=\"global::System.IO.IOException\">The file can't be read.</exception>");
        Member(writer, "public void LoadTrainingState(string path) => __link.Host(this).LoadTrainingState(path);");
    }

    private static void Averages(IndentedWriter writer)
    {
        writer.Line("/// <summary>");
        writer.Line("/// Exchanges the parameters that training updates with their moving averages (AverageDecay): predictions, evaluations and <c>Save</c> then take");
        writer.Line("/// the averages. Call it again before training goes on.");
        writer.Line("/// </summary>");
        writer.Line(SurfaceSource.DisposedException);
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">A training step or Fit of the model runs.</exception>");
        Member(writer, "public void SwapAverages() => __link.Host(this).SwapAverages();");
    }

    private static void Member(IndentedWriter writer, string declaration)
    {
        writer.Line(SurfaceSource.GeneratedCode);
        writer.Line(declaration);
        writer.Line();
    }
}
