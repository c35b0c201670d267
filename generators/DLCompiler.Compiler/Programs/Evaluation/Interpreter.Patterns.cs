using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs.Evaluation.Library;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <content>Patterns, <c>is</c>, and both forms of <c>switch</c>.</content>
internal sealed partial class Interpreter
{
    private object? Is(Expression.Is test, Scope scope)
    {
        object? value = Evaluate(test.Value, scope);
        if (ElementFunctions.DependsOnElements(value)) throw OfElement(scope, test.Site, "'is'");
        return value is PoisonValue or DataValue ? value : Matches(test.Pattern, value, scope, test.Site);
    }

    private object? Switch(Expression.Switch choice, Scope scope)
    {
        object? value = Decided(Evaluate(choice.Value, scope), scope, choice.Site);
        foreach (SwitchArm arm in choice.Arms)
        {
            Scope inner = scope.Nested();
            if (!Matches(arm.Pattern, value, inner, choice.Site)) continue;
            if (arm.Guard is null || Condition(inner, Evaluate(arm.Guard, inner), arm.Guard.Site, "'when'", ElementwiseAdvice))
                return Evaluate(arm.Value, inner);
        }

        throw Stop(scope, choice.Site, DiagnosticIds.EvaluationFailed, $"no arm of the switch matches {Texts.Format(value)}; add one, or '_ => …'");
    }

    private Flow Switch(Statement.Switch choice, Scope scope)
    {
        object? value = Decided(Evaluate(choice.Value, scope), scope, choice.Site);
        SwitchSection? fallback = null;
        foreach (SwitchSection section in choice.Sections)
        {
            if (section.Patterns.Count == 0)
            {
                fallback ??= section;
                continue;
            }

            Scope inner = scope.Nested();
            if (!section.Patterns.Any(pattern => Matches(pattern, value, inner, choice.Site))) continue;
            if (section.Guard is null || Condition(inner, Evaluate(section.Guard, inner), section.Guard.Site, "'when'", ElementwiseAdvice))
                return Section(section, inner);
        }

        return fallback is null ? Flow.Next : Section(fallback, scope.Nested());
    }

    private Flow Section(SwitchSection section, Scope scope) => Execute(section.Body, scope) is var flow && flow == Flow.Break ? Flow.Next : flow;

    private object? Decided(object? value, Scope scope, int site)
    {
        if (value is PoisonValue) throw new EvaluationStopped();
        if (ElementFunctions.DependsOnElements(value)) throw OfElement(scope, site, "'switch'");
        if (value is not DataValue) return value;
        Fail(scope, site, DiagnosticIds.Unsupported, $"'switch' depends on tensor data and can't be compiled; {ElementwiseAdvice}");
        throw new EvaluationStopped();
    }

    private bool Matches(Pattern pattern, object? value, Scope scope, int site)
    {
        try
        {
            return pattern switch
            {
                Pattern.Constant constant => Equality.AreEqual(value, Known(constant.Value, scope)),
                Pattern.Relational relational => value is not null && Arithmetic.Binary(relational.Operator, value, Known(relational.Value, scope)) is true,
                Pattern.Any any => Capture(any, value, scope),
                Pattern.Combined { And: true } both => Matches(both.Left, value, scope, site) && Matches(both.Right, value, scope, site),
                Pattern.Combined either => Matches(either.Left, value, scope, site) || Matches(either.Right, value, scope, site),
                Pattern.Not not => !Matches(not.Operand, value, scope, site),
                Pattern.Positional positional => value is TupleValue tuple
                    && tuple.Items.Count == positional.Elements.Count
                    && Enumerable.Range(0, tuple.Items.Count).All(index => Matches(positional.Elements[index], tuple.Items[index], scope, site)),
                _ => false,
            };
        }
        catch (EvaluationFault fault)
        {
            Fail(scope, site, fault);
            throw new EvaluationStopped();
        }
    }

    private object? Known(Expression expression, Scope scope) =>
        Evaluate(expression, scope) is not PoisonValue and var value ? value : throw new EvaluationStopped();

    private static bool Capture(Pattern.Any pattern, object? value, Scope scope)
    {
        if (pattern.Name is not null) scope.Declare(pattern.Name, value);
        return true;
    }
}
