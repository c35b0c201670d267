using System.Collections.Generic;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>A function that is compiled, as declared.</summary>
/// <param name="Name">The graph function's name.</param>
/// <param name="Owner">The class that declares it: the model, or a block that it derives from.</param>
/// <param name="Created">Where the model creates that block; null for the model itself.</param>
/// <param name="Method">The method; null for a chain.</param>
/// <param name="Inputs">The tensors that it takes, without Train's target.</param>
/// <param name="Site">The number of its declaration in <paramref name="Owner"/>, or of the attribute that asks for it in the model.</param>
internal sealed record EntryPoint(
    string Name,
    FunctionKind Kind,
    ClassProgram Owner,
    Origin? Created,
    MethodProgram? Method,
    IReadOnlyList<InputSignature> Inputs,
    OptimizerSpecification? Optimizer,
    EquatableArray<UpdatedField> Updates,
    Origin Site)
{
    /// <summary>The user's name for it.</summary>
    public string MethodName => Method?.Name ?? "Forward";
}
