using System.Collections.Generic;
using System.Linq;
using System.Text;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs.Evaluation.Library;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <content>Expressions: the dispatch, operators, tuples, collections, conditional expressions.</content>
internal sealed partial class Interpreter
{
    /// <summary>The value of an expression.</summary>
    private object? Evaluate(Expression expression, Scope scope)
    {
        Tick(scope, expression.Site);
        switch (expression)
        {
            case Expression.Literal literal: return literal.Value;
            case Expression.Name name: return scope.TryGet(name.Identifier, out object? value) ? value : NameOf(name, scope);
            case Expression.This: return scope.Frame.Instance;
            case Expression.Member member: return Member(member, scope);
            case Expression.Call call: return Call(call, scope);
            case Expression.Invoke invoke: return Invoke(invoke, scope);
            case Expression.New creation: return Create(creation, scope);
            case Expression.Array array: return new ListValue(Elements(array.Elements, scope, array.Site), isArray: true);
            case Expression.SizedArray array: return SizedArray(array, scope);
            case Expression.Tuple tuple: return new TupleValue([.. tuple.Elements.Select(element => Evaluate(element, scope))]);
            case Expression.TupleElement element: return TupleElement(element, scope);
            case Expression.Element element: return Element(element, scope);
            case Expression.FromEnd fromEnd: return Index(fromEnd, scope);
            case Expression.Range range: return Range(range, scope);
            case Expression.Unary unary:
                return Operate(
                scope, unary.Site, Evaluate(unary.Operand, scope), null, (operand, _) => Arithmetic.Unary(unary.Operator, operand));
            case Expression.Binary binary: return Binary(binary, scope);
            case Expression.Convert convert:
                return Operate(
                scope, convert.Site, Evaluate(convert.Operand, scope), null, (operand, _) => Arithmetic.Convert(convert.Type, operand));
            case Expression.Conditional conditional: return Conditional(conditional, scope);
            case Expression.Assign assign: return Assign(assign.Target, Evaluate(assign.Value, scope), scope);
            case Expression.CompoundAssign compound: return CompoundAssign(compound, scope);
            case Expression.Increment increment: return Increment(increment, scope);
            case Expression.Lambda lambda: return new FunctionValue(lambda.Parameters, lambda.Body, scope);
            case Expression.MethodGroup group: return new MethodValue(scope.Frame.Instance, group.Owner, group.Method);
            case Expression.Switch choice: return Switch(choice, scope);
            case Expression.Is test: return Is(test, scope);
            case Expression.Interpolated text: return Interpolated(text, scope);
            case Expression.Throw thrown: throw Thrown(thrown, scope);
            case Expression.Unsupported unsupported: return Fail(scope, unsupported.Site, DiagnosticIds.Unsupported, Advice.OnConstruct(unsupported.What));
            default: return Fail(scope, expression.Site, DiagnosticIds.Unsupported, "this expression can't be compiled here");
        }
    }

    private const string ElementwiseAdvice = "use elementwise operations such as Maximum, or decide by shapes and hyperparameters";

    private object? Conditional(Expression.Conditional conditional, Scope scope)
    {
        object? condition = Evaluate(conditional.Condition, scope);
        if (condition is not ScalarCondition choice)
        {
            return Condition(scope, condition, conditional.Site, "'?:'", ElementwiseAdvice)
                ? Evaluate(conditional.IfTrue, scope)
                : Evaluate(conditional.IfFalse, scope);
        }

        // Of elements, both sides are computed and one is taken for each.
        return Operate(
            scope, conditional.Site, Evaluate(conditional.IfTrue, scope), Evaluate(conditional.IfFalse, scope),
            (ifTrue, ifFalse) => ElementFunctions.Choose(choice, ifTrue, ifFalse));
    }

    private object? NameOf(Expression.Name name, Scope scope) =>
        Fail(scope, name.Site, DiagnosticIds.Unsupported, $"'{name.Identifier}' has no value here and can't be compiled");

    // An operator on values: poison stays poison, what is read out of tensors stays unknown.
    private object? Operate(Scope scope, int site, object? left, object? right, System.Func<object?, object?, object?> compute)
    {
        if (left is PoisonValue || right is PoisonValue) return Poison;
        if (left is DataValue) return left;
        if (right is DataValue) return right;
        try
        {
            object? result = compute(left, right);
            if (result is string text) Allocate(scope, site, text.Length);
            return result;
        }
        catch (SizeRequirement requirement) when (requirement.Origin is null)
        {
            if (Function?.CanRequire(requirement) ?? false) throw requirement.At(scope.Frame.At(site));
            return Fail(scope, site, (EvaluationFault)requirement.Otherwise);
        }
        catch (EvaluationFault fault)
        {
            return Fail(scope, site, fault);
        }
    }

    private object? Binary(Expression.Binary binary, Scope scope)
    {
        object? left = Evaluate(binary.Left, scope);
        switch (binary.Operator)
        {
            case "&&" or "||":
                if (left is bool known && known == (binary.Operator == "||")) return known;
                object? right = Evaluate(binary.Right, scope);
                if (left is ScalarCondition || (right is ScalarCondition && left is bool))
                    return Operate(scope, binary.Site, left, right, (a, b) => ElementFunctions.Logic(binary.Operator, a, b));
                return left is bool ? right : left is PoisonValue || right is PoisonValue ? Poison : left;
            case "??":
                return left ?? Evaluate(binary.Right, scope);
            default:
                return Operate(scope, binary.Site, left, Evaluate(binary.Right, scope), (a, b) => Arithmetic.Binary(binary.Operator, a, b));
        }
    }

    private List<object?> Elements(EquatableArray<Expression> expressions, Scope scope, int site)
    {
        var items = new List<object?>();
        foreach (Expression expression in expressions)
        {
            if (expression is not Expression.Spread spread) items.Add(Evaluate(expression, scope));
            else items.AddRange(Sequence(Evaluate(spread.Operand, scope), scope, spread.Site, "'..'"));
        }

        Allocate(scope, site, items.Count);
        return items;
    }

    // The elements of something that is gone through.
    private IReadOnlyList<object?> Sequence(object? value, Scope scope, int site, string construct)
    {
        switch (value)
        {
            case ListValue list:
                return list.Items;
            case ShapeValue shape:
                return [.. shape.Shape.Select(SizeValue.Of)];
            case string text:
                return [.. text.Select(letter => letter.ToString())];
            case PoisonValue:
                throw new EvaluationStopped();
            case DataValue or TensorValue:
                Fail(scope, site, DiagnosticIds.Unsupported, $"{construct} depends on tensor data and can't be compiled; use operations on whole tensors");
                throw new EvaluationStopped();
            case null:
                throw Stop(scope, site, DiagnosticIds.EvaluationFailed, $"what {construct} goes through is null");
            default:
                Fail(scope, site, DiagnosticIds.Unsupported, $"{construct} over this value can't be compiled");
                throw new EvaluationStopped();
        }
    }

    private object? SizedArray(Expression.SizedArray array, Scope scope)
    {
        object? length = Evaluate(array.Length, scope);
        if (length is PoisonValue) return Poison;
        if (length is not (int or long))
            return Fail(scope, array.Length.Site, DiagnosticIds.Unsupported,
                "an array whose length is known at run time only can't be compiled; use a constant dimension or a hyperparameter");
        long count = System.Convert.ToInt64(length, System.Globalization.CultureInfo.InvariantCulture);
        if (count < 0) return Fail(scope, array.Length.Site, new EvaluationFault(DiagnosticIds.EvaluationFailed,
            $"an array can't have {count} elements; use 0 or more"));
        Allocate(scope, array.Site, count);
        object? zero = array.ElementType switch
        {
            "int" or "short" or "byte" or "sbyte" or "ushort" => 0,
            "long" or "uint" => 0L,
            "float" => 0f,
            "double" => 0.0,
            "bool" => false,
            _ => null,
        };
        return new ListValue([.. Enumerable.Repeat(zero, (int)count)], isArray: true);
    }

    private object? TupleElement(Expression.TupleElement element, Scope scope) => Evaluate(element.Operand, scope) switch
    {
        TupleValue tuple when element.Index >= 0 && element.Index < tuple.Items.Count => tuple.Items[element.Index],
        PoisonValue => Poison,
        DataValue value => value,
        _ => Fail(scope, element.Site, DiagnosticIds.Unsupported, "this element of a tuple can't be compiled"),
    };

    private object? Interpolated(Expression.Interpolated text, Scope scope)
    {
        var result = new StringBuilder();
        foreach (Expression part in text.Parts)
        {
            object? value = Evaluate(part, scope);
            if (value is PoisonValue or DataValue) return value;
            result.Append(Texts.Format(value));
        }

        Allocate(scope, text.Site, result.Length);
        return result.ToString();
    }

    private EvaluationStopped Thrown(Expression.Throw thrown, Scope scope)
    {
        string message = thrown.Exception is Expression.New { Arguments.Count: > 0 } exception
            && Evaluate(exception.Arguments[0].Value, scope) is string text && text.Length > 0
            ? $"the model refuses: {text}"
            : "the model throws an exception here";
        return Stop(scope, thrown.Site, DiagnosticIds.EvaluationFailed, message);
    }
}
