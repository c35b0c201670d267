using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>
/// Writes the shape of an input: <c>[Shape("N", 784)]</c> on a parameter, <c>[Input("N", 784)]</c> on a chain (DLC1005). A size that no layer declares is
/// written as 0, which the compiler asks to replace, and which the caret is put on: a guess might compile.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingShapeCodeFix)), Shared]
public sealed class MissingShapeCodeFix() : RemedyCodeFix(DiagnosticIds.MissingShape)
{
    // What Roslyn's editors put the caret on after a code action.
    private static readonly SyntaxAnnotation caret = new("CodeAction_Navigation");

    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Fact(DiagnosticProperties.MissingAttribute) is not { } attribute || finding.Class() is not { } type) yield break;
        string batch = finding.Fact(DiagnosticProperties.Batch) ?? "N";
        if (attribute == "Input")
        {
            if (finding.Around<ClassDeclarationSyntax>() is { AttributeLists.Count: > 0 } chain)
                yield return Adding(finding, chain, "Input", batch, InputShape.OfChain(type));
            yield break;
        }

        // A model that derives from a block has the block's Forward.
        var written = finding.Node as ParameterSyntax;
        IParameterSymbol? parameter = written is null
            ? EntryPoints.Forward(type)?.Parameters.FirstOrDefault(candidate => candidate.Name == finding.Fact(DiagnosticProperties.Name))
            : finding.Semantics.GetDeclaredSymbol(written, finding.Cancellation) as IParameterSymbol;
        written ??= parameter?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(finding.Cancellation) as ParameterSyntax;
        Compilation compilation = finding.Semantics.Compilation;
        if (parameter is null || written?.Parent?.Parent is not MethodDeclarationSyntax method
            || !compilation.ContainsSyntaxTree(method.SyntaxTree)) yield break;
        yield return Adding(finding, written, "Shape", batch, InputShape.Of(parameter, method, compilation, finding.Cancellation));
    }

    private static Remedy Adding(Finding finding, SyntaxNode place, string attribute, string batch, int[] sizes)
    {
        SemanticModel semantics = finding.Semantics.Compilation.GetSemanticModel(place.SyntaxTree);
        string name = LibraryTypes.Written(attribute + "Attribute", semantics, place.SpanStart);
        string arguments = $"(\"{batch}\", {string.Join(", ", sizes.Select(Numbers.Text))})";
        return new Remedy(
            sizes.Contains(0) ? $"Add [{attribute}(\"{batch}\", …)], sizes to fill in" : $"Add [{attribute}{arguments}]",
            "AddShape",
            (session, cancellation) => session.Claim(place)
                ? session.Change(place, current => With(current, name, arguments), cancellation)
                : Task.CompletedTask);
    }

    private static SyntaxNode With(SyntaxNode place, string name, string arguments)
    {
        AttributeArgumentListSyntax list = SyntaxFactory.ParseAttributeArgumentList(arguments)!;
        if (list.Arguments.FirstOrDefault(argument => argument.ToString() == "0") is { } size)
            list = list.ReplaceNode(size, size.WithAdditionalAnnotations(caret));
        AttributeSyntax attribute = SyntaxFactory.Attribute(SyntaxFactory.ParseName(name), list);
        if (place is ParameterSyntax parameter)
        {
            AttributeListSyntax own = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute)).WithTrailingTrivia(SyntaxFactory.Space);
            return parameter.AttributeLists.Count > 0
                ? parameter.AddAttributeLists(own)
                : parameter.WithoutLeadingTrivia().AddAttributeLists(own).WithLeadingTrivia(parameter.GetLeadingTrivia());
        }

        // Beside [Model].
        var type = (ClassDeclarationSyntax)place;
        AttributeListSyntax first = type.AttributeLists.FirstOrDefault(list =>
            list.Attributes.Any(item => item.Name.ToString() is "Model" or "DLCompiler.Model")) ?? type.AttributeLists[0];
        return type.WithAttributeLists(type.AttributeLists.Replace(first, Attributes.Insert(first, 1, attribute)));
    }
}
