using System;
using System.Collections.Generic;
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
        List<ISymbol> written = [.. type.GetMembers().Where(UserMembers.IsWritten)];
        HashSet<string> emitted = new(SurfaceMembers.Names, StringComparer.Ordinal);
        foreach (IMethodSymbol step in written.OfType<IMethodSymbol>().Where(method => method.GetAttributes().Any(attribute => attribute.AttributeClass?.MetadataName() == KnownNames.Step)))
        {
            string name = SurfaceMembers.StepName(step.Name);
            if (!emitted.Add(name)) yield return new Finding(step.Locations[0], $"the step '{step.Name}' would be called '{name}', which another member is called already; rename it");
        }

        foreach (ISymbol member in written.Where(member => emitted.Contains(member.Name) && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet }))
            yield return new Finding(member.Locations[0], $"'{member.Name}' is the name of a member that the compiler adds to '{type.Name}'; rename it");
    }
}
