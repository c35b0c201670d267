using System;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>The names of the members that are added to every model. Private ones start with two underscores, which C# leaves to compilers.</summary>
public static class SurfaceMembers
{
    /// <summary>Public members with fixed names; steps come in addition.</summary>
    public static EquatableArray<string> Names { get; } =
    [
        "ParameterCount", "Flops", "ActivationBytes", "Summary", "Seed", "Threads", "PredictThreads", "Parameters", "Predict", "Fit", "Evaluate", "StepTrain",
        "NextTokens", "Save", "Load", "Iteration", "SaveTrainingState", "LoadTrainingState", "Dispose", "CompileCore",
    ];

    /// <summary>The public method of a training step: <c>DiscriminatorLoss</c> becomes <c>StepDiscriminator</c>.</summary>
    public static string StepName(string method) =>
        "Step" + (method.EndsWith("Loss", StringComparison.Ordinal) && method.Length > 4 ? method.Substring(0, method.Length - 4) : method);
}
