using System;

namespace DLCompiler.Checkpoints;

/// <summary>
/// The names, in checkpoints, of what training needs beside the weights. No parameter's name ends like one of them, so that files with them are still files
/// of weights. What
/// an optimizer keeps is named as by PyTorch's, which has the same formulas.
/// </summary>
internal static class StateNames
{
    /// <summary>The version of what stands here and of <see cref="TrainingStateFile"/>'s metadata.</summary>
    public const int Version = 1;

    /// <summary>The metadata's key for <see cref="Version"/>: a file that has it holds a state of training.</summary>
    public const string VersionKey = "dlcompiler.training_state";

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
        return name.StartsWith("optimizer.", StringComparison.Ordinal) ? leaf is not ("weight" or "bias" or "running_mean" or "running_var")
            : name.StartsWith("early_stopping.", StringComparison.Ordinal) && leaf == "best";
    }
}
