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
    public override bool TakesMembers => true;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(INamedTypeSymbol type, ClassKind kind)
    {
        if (kind == ClassKind.Block) yield break;
        if (Emitted(type).Contains(type.Name))
        {
            yield return new Finding(ClassParser.NameLocation(type),
                $"'{type.Name}' is the name of a member that the compiler adds, and no member is called as its class; rename the class");
        }

        // Overloads are renamed together.
        foreach (ISymbol member in Taken(type).GroupBy(member => member.Name, StringComparer.Ordinal).Select(group => group.First()))
        {
            yield return new Finding(member.Locations[0], $"'{member.Name}' is the name of a member that the compiler adds to '{type.Name}'; rename it")
            {
                Properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Name, member.Name).Add(DiagnosticProperties.Kind, "Member"),
            };
        }
    }

    /// <summary>Whether the emitted members can't even stand beside the class's own: then none are, so that the C# compiler does not report it once
    /// more.</summary>
    public static bool Clashes(INamedTypeSymbol type) =>
        Taken(type).Any(member => member is not IMethodSymbol) || Emitted(type).Contains(type.Name);

    private static IEnumerable<ISymbol> Taken(INamedTypeSymbol type)
    {
        HashSet<string> emitted = Emitted(type);
        return type.GetMembers().Where(member => UserMembers.IsWritten(member)
            && emitted.Contains(member.Name) && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet });
    }

    private static HashSet<string> Emitted(INamedTypeSymbol type)
    {
        HashSet<string> names = new(SurfaceMembers.Names, StringComparer.Ordinal);
        // Two steps of one name are the evaluator's to report.
        names.UnionWith(type.GetMembers().OfType<IMethodSymbol>().Where(UserMembers.IsStep).Select(step => SurfaceMembers.StepName(step.Name)));
        return names;
    }
}
