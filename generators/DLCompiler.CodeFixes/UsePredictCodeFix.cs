using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.CodeFixes.Edits;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>Turns <c>model.Forward(x)</c> outside a model into <c>model.Predict(x.ToArray())</c> (DLC3002).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UsePredictCodeFix)), Shared]
public sealed class UsePredictCodeFix() : RemedyCodeFix(DiagnosticIds.EagerCall)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Around<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax or MemberBindingExpressionSyntax } call) yield break;
        yield return new Remedy("Use Predict", "UsePredict", (session, cancellation) => ApplyAsync(session, finding, call, cancellation));
    }

    private static async Task ApplyAsync(EditSession session, Finding finding, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        session.Claim(call);
        List<bool> tensors = [.. call.ArgumentList.Arguments.Select(argument => finding.IsTensor(argument.Expression))];
        List<ExpressionSyntax> before = [.. call.ArgumentList.Arguments.Select(argument => argument.Expression)];
        InvocationExpressionSyntax Predict(InvocationExpressionSyntax current) => current
            .WithExpression(Renamed(current.Expression))
            .WithArgumentList(current.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(
                // What another model predicts is an array already, if that call is changed with this one.
                current.ArgumentList.Arguments.Select((argument, i) => tensors[i] && !session.IsClaimed(before[i]) ? Numbers(argument) : argument),
                current.ArgumentList.Arguments.GetSeparators())));

        // Predict gives what ToArray gave.
        if (call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray", Parent: InvocationExpressionSyntax array })
        {
            await session.Change(array, current => Predict(
                (InvocationExpressionSyntax)((MemberAccessExpressionSyntax)current.Expression).Expression).WithTrailingTrivia(current.GetTrailingTrivia()),
                cancellation).ConfigureAwait(false);
            return;
        }

        await session.Change(call, Predict, cancellation).ConfigureAwait(false);
        if (call.Parent is EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Variables.Count: 1, Type: { IsVar: false } type } }
            && finding.IsTensor(type))
            await session.Change(type, written => SyntaxFactory.ParseTypeName("float[]").WithTriviaFrom(written), cancellation).ConfigureAwait(false);
    }

    private static ExpressionSyntax Renamed(ExpressionSyntax forward)
    {
        SimpleNameSyntax name = SyntaxFactory.IdentifierName("Predict");
        return forward is MemberAccessExpressionSyntax access
            ? access.WithName(name.WithTriviaFrom(access.Name))
            : ((MemberBindingExpressionSyntax)forward).WithName(name);
    }

    // The numbers of a tensor; those that it was made from, where it is made here.
    private static ArgumentSyntax Numbers(ArgumentSyntax argument)
    {
        ExpressionSyntax tensor = argument.Expression;
        if (tensor is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromArray" } } made)
            return argument.WithExpression(made.ArgumentList.Arguments[0].Expression.WithTriviaFrom(tensor));
        return argument.WithExpression(Expressions.Call(tensor, "ToArray()"));
    }
}
