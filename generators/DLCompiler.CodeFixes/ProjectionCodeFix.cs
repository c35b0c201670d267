using System.Collections.Generic;
using System.Composition;
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

/// <summary>
/// Sends an operand of a residual sum through a projection that makes it fit: a new 1×1 convolution, or a new dense layer (DLC1004).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ProjectionCodeFix)), Shared]
public sealed class ProjectionCodeFix() : RemedyCodeFix(DiagnosticIds.Broadcast)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        // A layer of the model can stand in the model's own methods only, and where it is reached once: in a loop it would share its weights.
        if (finding.Fact(DiagnosticProperties.Projection) is not { } layer || finding.Number(DiagnosticProperties.RightSize) is not { } size
            || Operand(finding) is not { } operand || !finding.IsTensor(operand) || !EntryPoints.IsReachedOnce(finding, operand)
            || finding.Around<TypeDeclarationSyntax>() is not { } declaration || finding.Class() is not { } type) yield break;
        int stride = finding.Number(DiagnosticProperties.Stride) ?? 1;
        string window = (layer == "Conv2D" ? ", kernel: 1" : "") + (stride == 1 ? "" : $", stride: {Numbers.Text(stride)}");
        string arguments = $"({Numbers.Text(size)}{window}, bias: false)";
        string what = LibraryTypes.Written(layer, finding.Semantics, declaration.Members[0].SpanStart);
        yield return new Remedy(
            $"Project '{operand}' with {layer}{arguments}",
            "InsertProjection",
            (session, cancellation) =>
                ApplyAsync(session, operand, declaration, session.Reserve(type, "project", cancellation), what, arguments, cancellation));
    }

    private static async Task ApplyAsync(
        EditSession session, ExpressionSyntax operand, TypeDeclarationSyntax type, string name, string layer, string arguments, CancellationToken cancellation)
    {
        // x += y keeps what is added to where it stands.
        if (operand.Parent is AssignmentExpressionSyntax assignment && assignment.Left == operand)
        {
            await session.Change(assignment, current => Written(current, name), cancellation).ConfigureAwait(false);
        }
        else await session.Change(operand, current => Expressions.Forward(name, current), cancellation).ConfigureAwait(false);
        await session.Change(type, current => Fields.Add(current, layer, name, arguments), cancellation).ConfigureAwait(false);
    }

    // x += y as x = project.Forward(x) + y.
    private static AssignmentExpressionSyntax Written(AssignmentExpressionSyntax compound, string name)
    {
        ExpressionSyntax right = compound.Right is BinaryExpressionSyntax or ConditionalExpressionSyntax
            ? SyntaxFactory.ParenthesizedExpression(compound.Right)
            : compound.Right;
        SyntaxToken plus = SyntaxFactory.Token(SyntaxKind.PlusToken).WithTriviaFrom(compound.OperatorToken);
        return SyntaxFactory.AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            compound.Left,
            SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTriviaFrom(compound.OperatorToken),
            SyntaxFactory.BinaryExpression(SyntaxKind.AddExpression, Expressions.Forward(name, compound.Left), plus, right));
    }

    // Of a sum: what is subtracted from a prediction, say, is a target, which no layer belongs before.
    private static ExpressionSyntax? Operand(Finding finding)
    {
        bool onLeft = finding.Fact(DiagnosticProperties.Operand) == "left";
        return finding.Node switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } binary => onLeft ? binary.Left : binary.Right,
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } assignment => onLeft ? assignment.Left : assignment.Right,
            _ => null,
        };
    }
}
