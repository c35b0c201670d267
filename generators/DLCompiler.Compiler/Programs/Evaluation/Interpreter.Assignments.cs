using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs.Evaluation.Library;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <content>Assignments.</content>
internal sealed partial class Interpreter
{
    private object? Assign(Expression target, object? value, Scope scope)
    {
        switch (target)
        {
            case Expression.Name name:
                scope.Assign(name.Identifier, value);
                return value;
            case Expression.Discard:
                return value;
            case Expression.Element element:
                return AssignElement(element, value, scope);
            case Expression.Tuple tuple:
                return Destructure(tuple, value, scope);
            case Expression.Unsupported unsupported:
                // What follows may rest on the value.
                Fail(scope, unsupported.Site, DiagnosticIds.Unsupported, Advice.OnConstruct(unsupported.What));
                throw new EvaluationStopped();
            default:
                return Fail(scope, target.Site, DiagnosticIds.Unsupported, "an assignment to this can't be compiled; use a local variable");
        }
    }

    private object? Destructure(Expression.Tuple target, object? value, Scope scope)
    {
        if (value is PoisonValue or DataValue)
        {
            foreach (Expression element in target.Elements) Assign(element, value, scope);
            return value;
        }

        if (value is not TupleValue tuple || tuple.Items.Count != target.Elements.Count)
        {
            return Fail(scope, target.Site, DiagnosticIds.Unsupported, "only tuples can be taken apart");
        }

        for (int index = 0; index < tuple.Items.Count; index++) Assign(target.Elements[index], tuple.Items[index], scope);
        return value;
    }

    private object? AssignElement(Expression.Element element, object? value, Scope scope)
    {
        object? receiver = Evaluate(element.Receiver, scope), position = Evaluate(element.Position, scope);
        if (receiver is PoisonValue || position is PoisonValue) return Poison;
        if (receiver is TensorValue or DataValue)
        {
            return Fail(
                scope,
                element.Site,
                DiagnosticIds.Unsupported,
                "an assignment to an element of a tensor can't be compiled; build tensors with operations such as Concat");
        }
        if (receiver is not ListValue list || position is not (int or IndexValue))
            return Fail(scope, element.Site, DiagnosticIds.Unsupported, "an assignment to this element can't be compiled");
        int index = position is IndexValue relative ? relative.In(list.Items.Count) : (int)position;
        if (index < 0 || index >= list.Items.Count)
        {
            return Fail(
                scope,
                element.Position.Site,
                new EvaluationFault(
                    DiagnosticIds.EvaluationFailed,
                    $"index {Checks.Text(index)} is outside {Describe(list)}; {Positions(list.Items.Count)}"));
        }

        list.Items[index] = value;
        return value;
    }

    private object? CompoundAssign(Expression.CompoundAssign compound, Scope scope)
    {
        object? before = Evaluate(compound.Target, scope), value = Evaluate(compound.Value, scope);
        object? after;
        if (compound is { Owner: { } owner, Method: { } method })
        {
            Origin left = scope.Frame.At(compound.Target.Site), right = scope.Frame.At(compound.Value.Site);
            after = CallLibrary(
                scope, compound.Site, owner, method, null, left,
                [
                    new ArgumentValue("left", before, false, left, []),
                    new ArgumentValue("right", value, false, right, [])
                ]);
        }
        else
        {
            after = Operate(scope, compound.Site, before, value, (a, b) => Back(a, Arithmetic.Binary(compound.Operator, a, b)));
        }

        return Assign(compound.Target, after, scope);
    }

    // `i += 0.5` on an int computes a double and converts it back.
    private static object? Back(object? before, object? after) => (before, after) switch
    {
        (int, long or float or double) => Arithmetic.Convert("int", after),
        (long, float or double) => Arithmetic.Convert("long", after),
        (float, double) => Arithmetic.Convert("float", after),
        _ => after,
    };

    private object? Increment(Expression.Increment increment, Scope scope)
    {
        object? before = Evaluate(increment.Target, scope);
        object? after = Operate(scope, increment.Site, before, increment.Delta, (a, b) => Arithmetic.Binary("+", a, b));
        Assign(increment.Target, after, scope);
        return increment.Postfix ? before : after;
    }
}
