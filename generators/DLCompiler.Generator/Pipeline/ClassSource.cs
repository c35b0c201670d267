using DLCompiler.Compiler;
using DLCompiler.Compiler.Emit;
using DLCompiler.Compiler.Programs;

namespace DLCompiler.Generator.Pipeline;

/// <summary>What the pipeline knows of a class after parsing.</summary>
/// <param name="MetadataName">The class.</param>
/// <param name="Program">Its program; null if parsing failed.</param>
/// <param name="Declaration">How to add a part to it.</param>
/// <param name="CanExtend">Whether a part can be added: it and its containers are partial, and no type parameters are in the way.</param>
/// <param name="Layers">Names of its fields that are layers.</param>
/// <param name="Problems">Ids of errors in its declaration.</param>
/// <param name="Location">Its name in the source: only diagnostics look at it, after the class's files are made from the rest.</param>
/// <param name="Failure">Why parsing failed, if it did.</param>
internal sealed record ClassSource(
    string MetadataName,
    ClassProgram? Program,
    TypeDeclaration Declaration,
    bool CanExtend,
    EquatableArray<string> Layers,
    EquatableArray<string> Problems,
    SourceLocation Location,
    string? Failure);

/// <summary>A model with everything that its compilation depends on, and nothing else: equal sources give equal files.</summary>
/// <param name="Dependencies">The programs of the blocks and models that it refers to, directly or not.</param>
internal sealed record ModelSource(
    string MetadataName,
    ClassProgram? Program,
    TypeDeclaration Declaration,
    bool CanExtend,
    EquatableArray<string> Layers,
    EquatableArray<string> Problems,
    EquatableArray<ClassProgram> Dependencies,
    string? Failure);
