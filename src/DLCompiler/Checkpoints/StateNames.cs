using System;
using System.Linq;

namespace DLCompiler.Checkpoints;

/// <summary>
/// The names, in checkpoints, of what training needs beside the weights. No parameter's name ends like one of them, so that files with them are still files
/// of weights. The optimizers' are those of PyTorch's optimizers, which have the same formulas.
/// </summary>
internal static class StateNames
{
    /// <summary>The version of what stands here and of <see cref="TrainingStateFile"/>'s metadata.</summary>
    public const int Version = 1;

    /// <summary>The metadata's key for <see cref="Version"/>: a file that has it holds a state of training.</summary>
    public const string VersionKey = "dlcompiler.training_state";

    private static readonly string[] slotNames = ["momentum_buffer", "exp_avg", "exp_avg_sq"];

    /// <summary>The optimizer's tensors, by their slots.</summary>
    public static ReadOnlySpan<string> OfOptimizer(Optimizer kind) => kind == Optimizer.Sgd ? slotNames.AsSpan(0, 1) : slotNames.AsSpan(1);

    /// <summary>What an optimizer keeps of a parameter: <c>optimizer.Train.conv1.weight.exp_avg</c>.</summary>
    public static string OptimizerTensor(string step, string parameter, string slot) => $"optimizer.{step}.{parameter}.{slot}";

    /// <summary>A parameter or running statistic in the best epoch so far: <c>early_stopping.conv1.weight.best</c>.</summary>
    public static string BestTensor(string parameter) => $"early_stopping.{parameter}.best";

    /// <summary>A number about a training step: <c>dlcompiler.step.Train.count</c>.</summary>
    public static string StepKey(string step, string what) => $"dlcompiler.step.{step}.{what}";

    /// <summary>Whether a tensor is none of the weights.</summary>
    public static bool AreOfTraining(string name)
    {
        string leaf = name[(name.LastIndexOf('.') + 1)..];
        return name.StartsWith("optimizer.", StringComparison.Ordinal) ? slotNames.Contains(leaf)
            : name.StartsWith("early_stopping.", StringComparison.Ordinal) && leaf == "best";
    }
}
