using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Emit.Surface;
using DLCompiler.Compiler.Programs;
using DLCompiler.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace DLCompiler.Generator.Rules;

/// <summary>DLC1008: a model's own members keep clear of those that the compiler adds.</summary>
internal sealed class DuplicateNameRule : ClassRule
{
    /// <inheritdoc/>
    public override string Id => DiagnosticIds.DuplicateName;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(INamedTypeSymbol type, ClassKind kind)
    {
        if (kind == ClassKind.Block) yield break;
        foreach (ISymbol member in Taken(type))
        {
            yield return new Finding(member.Locations[0], $"'{member.Name}' is the name of a member that the compiler adds to '{type.Name}'; rename it")
            {
                Properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Name, member.Name).Add(DiagnosticProperties.Kind, "Member"),
            };
        }
    }

    /// <summary>Whether the emitted members can't even stand beside the class's own: then none are, so that the C# compiler does not report it once more.</summary>
    public static bool Clashes(INamedTypeSymbol type) => Taken(type).Any(member => member is not IMethodSymbol);

    private static IEnumerable<ISymbol> Taken(INamedTypeSymbol type)
    {
        List<ISymbol> written = [.. type.GetMembers().Where(UserMembers.IsWritten)];
        HashSet<string> emitted = new(SurfaceMembers.Names, StringComparer.Ordinal);
        // Two steps of one name are the evaluator's to report.
        emitted.UnionWith(written.OfType<IMethodSymbol>().Where(IsStep).Select(step => SurfaceMembers.StepName(step.Name)));
        return written.Where(member =>
            emitted.Contains(member.Name) && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet });
    }

    private static bool IsStep(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass?.MetadataName() == KnownNames.Step);
}
