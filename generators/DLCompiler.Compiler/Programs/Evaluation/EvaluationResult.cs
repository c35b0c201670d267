using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>What evaluating a model gives.</summary>
/// <param name="Model">The graph; null if there is an error.</param>
/// <param name="Diagnostics">Errors and warnings, in the order of evaluation, each mistake once.</param>
/// <param name="Signature">What the surface is printed from; there for wrong models too.</param>
public sealed record EvaluationResult(ModelGraph? Model, EquatableArray<CompilerDiagnostic> Diagnostics, ModelSignature Signature);
