using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>Turns <c>model.Forward(x)</c> outside a model into <c>model.Predict(x.ToArray())</c> (DLC3002).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UsePredictCodeFix)), Shared]
public sealed class UsePredictCodeFix : CodeFixProvider
{
    private const string Title = "Use Predict";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["DLC3002"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            InvocationExpressionSyntax? call = root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>();
            if (call?.Expression is not MemberAccessExpressionSyntax access) continue;
            context.RegisterCodeFix(
                CodeAction.Create(Title, cancellation => Apply(context.Document, root!, call, access, cancellation), equivalenceKey: Title),
                diagnostic);
        }
    }

    private static async Task<Document> Apply(
        Document document, SyntaxNode root, InvocationExpressionSyntax call, MemberAccessExpressionSyntax access, CancellationToken cancellation)
    {
        SemanticModel? semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        SimpleNameSyntax name = SyntaxFactory.IdentifierName("Predict").WithTriviaFrom(access.Name);
        ArgumentListSyntax arguments = call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(
            call.ArgumentList.Arguments.Select(argument =>
                IsTensor(semantics?.GetTypeInfo(argument.Expression, cancellation).Type) ? ToArray(argument) : argument),
            call.ArgumentList.Arguments.GetSeparators()));
        return document.WithSyntaxRoot(root.ReplaceNode(call, call.WithExpression(access.WithName(name)).WithArgumentList(arguments)));
    }

    private static bool IsTensor(ITypeSymbol? type) =>
        type is { Name: "Tensor", ContainingNamespace: { Name: "DLCompiler", ContainingNamespace.IsGlobalNamespace: true } };

    private static ArgumentSyntax ToArray(ArgumentSyntax argument)
    {
        ExpressionSyntax tensor = argument.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax
            ? argument.Expression.WithoutTrivia()
            : SyntaxFactory.ParenthesizedExpression(argument.Expression.WithoutTrivia());
        return argument.WithExpression(
            SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, tensor,
                SyntaxFactory.IdentifierName("ToArray")))
                .WithTriviaFrom(argument.Expression));
    }
}
