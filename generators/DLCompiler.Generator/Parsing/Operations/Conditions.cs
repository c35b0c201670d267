using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing.Operations;

/// <summary>Choices: conditional expressions and switches, <c>if</c> and <c>switch</c>.</summary>
internal static class Conditions
{
    /// <summary><c>c ? a : b</c>.</summary>
    public static Expression Conditional(BodyParser parser, IConditionalOperation operation)
    {
        if (operation.WhenFalse is not { } otherwise) return parser.Unsupported(operation);
        int site = parser.Site(operation);
        return new Expression.Conditional(parser.Expression(operation.Condition), parser.Expression(operation.WhenTrue), parser.Expression(otherwise), site);
    }

    /// <summary><c>if</c>.</summary>
    public static Statement If(BodyParser parser, IConditionalOperation operation)
    {
        int site = parser.Site(operation);
        return new Statement.If(
            parser.Expression(operation.Condition),
            parser.Statement(operation.WhenTrue),
            operation.WhenFalse is { } otherwise ? parser.Statement(otherwise) : null,
            site);
    }

    /// <summary>A switch expression.</summary>
    public static Expression Switch(BodyParser parser, ISwitchExpressionOperation operation)
    {
        int site = parser.Site(operation);
        Expression value = parser.Expression(operation.Value);
        return new Expression.Switch(
            value,
            operation.Arms.Where(arm => !arm.IsImplicit)
                .Select(arm => new SwitchArm(Patterns.Pattern(parser, arm.Pattern), parser.Optional(arm.Guard), parser.Expression(arm.Value)))
                    .ToEquatableArray(),
            site);
    }

    /// <summary><c>switch</c>.</summary>
    public static Statement SwitchStatement(BodyParser parser, ISwitchOperation operation)
    {
        int site = parser.Site(operation);
        Expression value = parser.Expression(operation.Value);
        return new Statement.Switch(value, operation.Cases.SelectMany(section => Sections(parser, section)).ToEquatableArray(), site);
    }

    // Labels with guards of their own become sections of their own, each with the whole body: sections end in a jump, so nothing runs twice.
    private static SwitchSection[] Sections(BodyParser parser, ISwitchCaseOperation section)
    {
        bool isDefault = section.Clauses.Any(clause => clause is IDefaultCaseClauseOperation);
        var labels = section.Clauses.Where(clause => clause is not IDefaultCaseClauseOperation)
            .Select(clause => (Pattern: Label(parser, clause), Guard: parser.Optional((clause as IPatternCaseClauseOperation)?.Guard))).ToList();
        var body = new Statement.Block(section.Body.Select(parser.Statement).ToEquatableArray(), parser.Site(section));
        if (isDefault) return [new SwitchSection([], null, body)];
        if (labels.All(label => label.Guard is null)) return [new SwitchSection(labels.Select(label => label.Pattern).ToEquatableArray(), null, body)];
        return [.. labels.Select(label => new SwitchSection([label.Pattern], label.Guard, body))];
    }

    private static Pattern Label(BodyParser parser, ICaseClauseOperation clause) => clause switch
    {
        ISingleValueCaseClauseOperation single => new Pattern.Constant(parser.Expression(single.Value)),
        IPatternCaseClauseOperation pattern => Patterns.Pattern(parser, pattern.Pattern),
        IRelationalCaseClauseOperation relational => new Pattern.Relational(Operators.Symbol(relational.Relation) ?? "==", parser.Expression(relational.Value)),
        _ => new Pattern.Constant(parser.Unsupported(clause)),
    };
}
