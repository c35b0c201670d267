using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DLCompiler.Tests.PublicApi;

/// <summary>What a public member throws itself, or in private methods of its class that it calls, its documentation names.</summary>
public sealed class ExceptionDocumentationTests
{
    private const int MaximumDepth = 4;

    [Fact]
    public void Every_exception_that_a_public_member_throws_is_documented()
    {
        var missing = from member in Members()
                      from type in Thrown(member.Node, member.Model)
                      where !IsDocumented(member.Symbol, type, member.Model.Compilation)
                      select $"{member.Symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)} throws {type.Name}";
        string[] lines = [.. missing.Distinct().Order(StringComparer.Ordinal)];
        Assert.True(lines.Length == 0, "Without an <exception> in their documentation:\n" + string.Join('\n', lines));
    }

    [Fact]
    public void The_search_sees_throws()
    {
        // Otherwise the test above would pass for having found nothing.
        var found = Members().Where(member => Thrown(member.Node, member.Model).Any()).Select(member => member.Symbol.ToDisplayString()).ToList();
        Assert.Contains(found, name => name.StartsWith("DLCompiler.ParameterView.CopyTo", StringComparison.Ordinal));
        Assert.Contains(found, name => name.StartsWith("DLCompiler.Data.DataSet.Take", StringComparison.Ordinal));
        Assert.InRange(found.Count, 30, 1000);
    }

    // Methods, constructors, properties and primary constructors that users see, with the syntax of their bodies.
    private static IEnumerable<(ISymbol Symbol, SyntaxNode Node, SemanticModel Model)> Members()
    {
        foreach (var tree in Library.Sources.SyntaxTrees)
        {
            var model = Library.Sources.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>())
            {
                if (node is not (BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax)) continue;
                if (model.GetDeclaredSymbol(node) is { } symbol && IsPublic(symbol)) yield return (symbol, node, model);
            }
        }
    }

    private static bool IsPublic(ISymbol symbol)
    {
        for (var at = symbol; at is not null and not INamespaceSymbol; at = at.ContainingSymbol)
        {
            if (!Library.IsVisible(at)) return false;
        }

        return true;
    }

    private static IEnumerable<INamedTypeSymbol> Thrown(SyntaxNode node, SemanticModel model, int depth = 0)
    {
        foreach (var inner in node.DescendantNodes(child => child is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)))
        {
            var expression = (inner as ThrowStatementSyntax)?.Expression ?? (inner as ThrowExpressionSyntax)?.Expression;
            if (expression is not null && model.GetTypeInfo(expression).Type is INamedTypeSymbol type) yield return type;
            if (inner is not InvocationExpressionSyntax call || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method) continue;
            if (method.Name.StartsWith("ThrowIf", StringComparison.Ordinal) && method.ContainingType.Name.EndsWith("Exception", StringComparison.Ordinal))
            {
                yield return method.ContainingType;
            }
            else if (method.DeclaredAccessibility == Accessibility.Private && depth < MaximumDepth)
            {
                foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
                {
                    var body = reference.GetSyntax();
                    foreach (var further in Thrown(body, model.Compilation.GetSemanticModel(body.SyntaxTree), depth + 1)) yield return further;
                }
            }
        }
    }

    // A documented base class will do, what <inheritdoc> refers to is documented there, and annotations say where null is refused.
    private static bool IsDocumented(ISymbol symbol, INamedTypeSymbol exception, Compilation compilation)
    {
        if (exception.Name == nameof(ArgumentNullException)) return true;
        var documented = Documented(symbol, compilation);
        for (var type = exception; type is not null && type.Name != nameof(Exception); type = type.BaseType)
        {
            if (documented.Contains(type, SymbolEqualityComparer.Default)) return true;
        }

        return false;
    }

    private static List<ISymbol?> Documented(ISymbol symbol, Compilation compilation)
    {
        var documented = References(symbol, compilation, "exception").ToList();
        foreach (var origin in References(symbol, compilation, "inheritdoc").OfType<ISymbol>()) documented.AddRange(Documented(origin, compilation));
        return documented;
    }

    private static IEnumerable<ISymbol?> References(ISymbol symbol, Compilation compilation, string element) =>
        from reference in symbol.DeclaringSyntaxReferences
        from trivia in reference.GetSyntax().GetLeadingTrivia()
        where trivia.HasStructure
        from attribute in trivia.GetStructure()!.DescendantNodes().OfType<XmlCrefAttributeSyntax>()
        let name = attribute.Parent switch { XmlElementStartTagSyntax start => start.Name, XmlEmptyElementSyntax empty => empty.Name, _ => null }
        where name?.LocalName.Text == element
        select compilation.GetSemanticModel(attribute.SyntaxTree).GetSymbolInfo(attribute.Cref).Symbol;
}
