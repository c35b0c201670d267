using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs;
using DLCompiler.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.Generator.Rules;

/// <summary>DLC1007: a model is a partial class in partial types, so that the emitted part can be added.</summary>
internal sealed class PartialRule : ClassRule
{
    /// <inheritdoc/>
    public override string Id => DiagnosticIds.NotPartial;

    /// <inheritdoc/>
    public override bool TakesMembers => true;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(INamedTypeSymbol type, ClassKind kind)
    {
        // Blocks are inlined: nothing is added to them.
        if (kind == ClassKind.Block) yield break;
        Location name = ClassParser.NameLocation(type);
        // What is no ordinary class is told to become a partial one: one message, whether it is partial or not.
        if (type is { IsRecord: false, IsStatic: false, IsFileLocal: false } && !IsPartial(type)) yield return new Finding(name,
            $"'{type.Name}' must be partial: the compiler adds its members. Write 'partial class {type.Name}'");
        if (type.IsRecord)
            yield return new Finding(name, $"'{type.Name}' is a record: a model has an identity and storage of its own. Write 'partial class {type.Name}'");
        if (type.IsStatic) yield return new Finding(name, $"'{type.Name}' is static: a model has storage of its own. Write 'partial class {type.Name}'");
        if (type.IsFileLocal)
            yield return new Finding(name,
                $"'{type.Name}' is local to its file, and the members that are added stand in another. Write 'partial class {type.Name}'");
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (!IsPartial(outer))
                yield return new Finding(ClassParser.NameLocation(outer), $"'{outer.Name}' must be partial, because it contains the model '{type.Name}'");
        }
    }

    private static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<TypeDeclarationSyntax>()
            .All(declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
