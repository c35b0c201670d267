using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs;
using DLCompiler.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace DLCompiler.Generator.Rules;

/// <summary>DLC1019 for what a program does not know of methods: a model's entry points have no type parameters, and take tensors by value.</summary>
internal sealed class SignatureRule : ClassRule
{
    /// <inheritdoc/>
    public override string Id => DiagnosticIds.EntryPoint;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(INamedTypeSymbol type, ClassKind kind)
    {
        if (kind == ClassKind.Block) yield break;
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>().Where(method => UserMembers.IsWritten(method) && IsEntry(method)))
        {
            if (method.TypeParameters.Length > 0)
            {
                string names = string.Join(", ", method.TypeParameters.Select(parameter => parameter.Name));
                yield return new Finding(method.TypeParameters[0].Locations[0],
                    $"{method.Name} takes no type parameters, because a model is compiled once; remove <{names}>");
                continue;
            }

            foreach (IParameterSymbol parameter in method.Parameters.Where(parameter => parameter.RefKind != RefKind.None))
            {
                string keyword = Keyword(parameter.RefKind);
                yield return new Finding(parameter.Locations[0],
                    $"'{parameter.Name}' of {method.Name} can't be '{keyword}'; remove '{keyword}', and return what is made of the tensors");
            }
        }
    }

    private static bool IsEntry(IMethodSymbol method) => method is { Name: "Forward", IsStatic: false } || UserMembers.IsStep(method);

    private static string Keyword(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref",
        RefKind.Out => "out",
        RefKind.In => "in",
        _ => "ref readonly",
    };
}
