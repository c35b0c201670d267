using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs;
using DLCompiler.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.Generator.Rules;

/// <summary>DLC1006: a model is one network, so it takes no parameters of any kind.</summary>
internal sealed class ConstructorRule : ClassRule
{
    /// <inheritdoc/>
    public override string Id => DiagnosticIds.ModelParameters;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(INamedTypeSymbol type, ClassKind kind)
    {
        if (kind == ClassKind.Block) yield break;
        for (INamedTypeSymbol? generic = type; generic is not null; generic = generic.ContainingType)
        {
            if (generic.TypeParameters.Length > 0)
                yield return new Finding(generic.TypeParameters[0].Locations[0], $"a [Model] takes no type parameters, so '{type.Name}' can't be compiled");
        }

        foreach (IMethodSymbol constructor in type.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared))
        {
            SyntaxNode? syntax = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
            bool isPrimary = syntax is TypeDeclarationSyntax;
            // `class Net() : Base(64)` has a primary constructor without parameters: that is how a base's hyperparameters are given.
            if (isPrimary && constructor.Parameters.IsEmpty) continue;
            Location place = syntax switch
            {
                TypeDeclarationSyntax { ParameterList: { } parameters } => parameters.GetLocation(),
                ConstructorDeclarationSyntax declaration => declaration.Identifier.GetLocation(),
                _ => ClassParser.NameLocation(type),
            };
            yield return new Finding(place, constructor.Parameters.IsEmpty
                ? "a [Model] declares no constructor of its own; give its fields their values where they are declared"
                : "a [Model] takes no constructor parameters; give them to a [Block] and derive");
        }
    }
}
