using System;
using System.Collections.Generic;
using System.Threading;
using DLCompiler.Compiler.Diagnostics;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>From a model's program to its graph: runs the bodies, checks every shape, and says where and why something is wrong.</summary>
public static class ModelEvaluation
{
    /// <summary>Evaluates a model.</summary>
    /// <param name="model">The class with <c>[Model]</c>.</param>
    /// <param name="blocks">Finds the programs of blocks and of nested models by metadata name; null where there is none.</param>
    /// <param name="cancellation">Ends the evaluation, at its next step or so.</param>
    public static EvaluationResult Evaluate(ClassProgram model, Func<string, ClassProgram?> blocks, CancellationToken cancellation = default) =>
        ModelEvaluator.Evaluate(model, blocks, new EvaluationLimits(), [], null, cancellation);

    /// <summary>What each call of a layer or block in a model's own code does to shapes: findings of the rule DLC0001, a place once.</summary>
    /// <param name="model">The class with <c>[Model]</c>.</param>
    /// <param name="blocks">Finds the programs of blocks and of nested models by metadata name; null where there is none.</param>
    /// <param name="cancellation">Ends the evaluation, at its next step or so.</param>
    public static EquatableArray<CompilerDiagnostic> DescribeLayers(
        ClassProgram model, Func<string, ClassProgram?> blocks, CancellationToken cancellation = default)
    {
        var uses = new LayerUses();
        ModelEvaluator.Evaluate(model, blocks, new EvaluationLimits(), [], uses, cancellation);
        return uses.Diagnostics;
    }
}
