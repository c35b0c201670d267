using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Turns the scalar expression of an elementwise map into kernel operations on vectors or elements.</summary>
public sealed class ScalarTranslation(ElementEmitter emitter, Func<int, Value> input, ValueKind pack)
{
    // Costly parts that occur more than once, with their names once they are computed.
    private readonly Dictionary<ScalarExpression, Value?> repeated = [];

    /// <summary>The expression's value.</summary>
    public Value Translate(ScalarExpression expression)
    {
        FindRepeated(expression);
        return Part(expression);
    }

    private Value Part(ScalarExpression expression)
    {
        if (!repeated.TryGetValue(expression, out Value? named)) return Compute(expression);
        if (named is null) repeated[expression] = named = Named(Compute(expression));
        return named;
    }

    // Functions of the library are inlined where they are called: the C# compiler would compute each occurrence anew.
    private void FindRepeated(ScalarExpression root)
    {
        var seen = new HashSet<ScalarExpression>();
        Visit(root);

        void Visit(ScalarExpression part)
        {
            if (IsCostly(part) && !seen.Add(part))
            {
                repeated[part] = null;
                return;
            }

            foreach (ScalarExpression operand in part.Operands()) Visit(operand);
        }
    }

    private static bool IsCostly(ScalarExpression expression) => expression switch
    {
        ScalarExpression.Unary { Function: UnaryFunction.Negate or UnaryFunction.Abs or UnaryFunction.Not } => false,
        ScalarExpression.Unary or ScalarExpression.Binary { Function: BinaryFunction.Divide or BinaryFunction.Power } => true,
        _ => false,
    };

    private Value Named(Value value) => value is Value.Variable or Value.Literal || value.Kind == ValueKind.Mask ? value : emitter.Kernel.Let("part", value);

    private Value Compute(ScalarExpression expression) => expression switch
    {
        ScalarExpression.Input operand => input(operand.Index),
        ScalarExpression.Constant constant => new Value.Literal(constant.Value, pack),
        ScalarExpression.Size size => Packed(new Value.ToReal(emitter.Size(size.Dimension))),
        ScalarExpression.Argument argument => Packed(emitter.Number(argument.Index, argument.Name)),
        ScalarExpression.Unary unary => Unary(unary),
        ScalarExpression.Binary binary => Binary(binary),
        ScalarExpression.Compare compare => Apply(Comparison(compare.Comparison), ValueKind.Mask, Part(compare.Left), Part(compare.Right)),
        ScalarExpression.Select select => Apply(Operation.Select, pack, Part(select.Condition), Part(select.IfTrue), Part(select.IfFalse)),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "not a scalar expression"),
    };

    private static Value Apply(Operation operation, ValueKind kind, params Value[] operands) => new Value.Apply(operation, operands.ToEquatableArray(), kind);

    private Value Packed(Value value) => pack == ValueKind.Vector ? new Value.Splat(value) : value;

    private Value Unary(ScalarExpression.Unary unary)
    {
        Value operand = Part(unary.Operand);
        if (ScalarFunctions.Find(unary.Function) is { } defined)
        {
            Value named = Named(operand);
            return new ScalarTranslation(emitter, _ => named, pack).Translate(defined.Definition(new ScalarExpression.Input(0)));
        }

        return unary.Function switch
        {
            UnaryFunction.Negate => Apply(Operation.Negate, pack, operand),
            UnaryFunction.Abs => Apply(Operation.Abs, pack, operand),
            UnaryFunction.Sign => Apply(Operation.Sign, pack, operand),
            UnaryFunction.Floor => Apply(Operation.Floor, pack, operand),
            UnaryFunction.Exp => Apply(Operation.Exp, pack, operand),
            UnaryFunction.Log => Apply(Operation.Log, pack, operand),
            UnaryFunction.Sqrt => Apply(Operation.Sqrt, pack, operand),
            UnaryFunction.Sin => Apply(Operation.Sin, pack, operand),
            UnaryFunction.Cos => Apply(Operation.Cos, pack, operand),
            UnaryFunction.Tanh => Apply(Operation.Tanh, pack, operand),
            UnaryFunction.Sigmoid => Apply(Operation.Sigmoid, pack, operand),
            UnaryFunction.Erf => Apply(Operation.Erf, pack, operand),
            UnaryFunction.Softplus => Apply(Operation.Softplus, pack, operand),
            _ => Apply(Operation.Not, ValueKind.Mask, operand),
        };
    }

    private Value Binary(ScalarExpression.Binary binary)
    {
        switch (binary)
        {
            case { Function: BinaryFunction.Max, Left: ScalarExpression.Constant { Value: 0 } }:
                return Apply(Operation.Relu, pack, Part(binary.Right));
            case { Function: BinaryFunction.Max, Right: ScalarExpression.Constant { Value: 0 } }:
                return Apply(Operation.Relu, pack, Part(binary.Left));
            case { Function: BinaryFunction.Add, Left: ScalarExpression.Binary { Function: BinaryFunction.Multiply } product }:
                return Apply(Operation.MultiplyAdd, pack, Part(product.Left), Part(product.Right), Part(binary.Right));
            case { Function: BinaryFunction.Add, Right: ScalarExpression.Binary { Function: BinaryFunction.Multiply } product }:
                return Apply(Operation.MultiplyAdd, pack, Part(product.Left), Part(product.Right), Part(binary.Left));
            case { Function: BinaryFunction.Subtract, Right: ScalarExpression.Binary { Function: BinaryFunction.Multiply } product }:
                return Apply(Operation.NegatedMultiplyAdd, pack, Part(product.Left), Part(product.Right), Part(binary.Left));
        }

        Value left = Part(binary.Left), right = Part(binary.Right);
        return binary.Function switch
        {
            BinaryFunction.Add => Apply(Operation.Add, pack, left, right),
            BinaryFunction.Subtract => Apply(Operation.Subtract, pack, left, right),
            BinaryFunction.Multiply => Apply(Operation.Multiply, pack, left, right),
            BinaryFunction.Divide => Apply(Operation.Divide, pack, left, right),
            BinaryFunction.Max => Apply(Operation.Max, pack, left, right),
            BinaryFunction.Min => Apply(Operation.Min, pack, left, right),
            BinaryFunction.Power => Apply(Operation.Power, pack, left, right),
            BinaryFunction.And => Apply(Operation.And, ValueKind.Mask, left, right),
            _ => Apply(Operation.Or, ValueKind.Mask, left, right),
        };
    }

    private static Operation Comparison(Comparison comparison) => comparison switch
    {
        Graph.Comparison.Equal => Operation.Equal,
        Graph.Comparison.NotEqual => Operation.NotEqual,
        Graph.Comparison.Less => Operation.Less,
        Graph.Comparison.LessOrEqual => Operation.LessOrEqual,
        Graph.Comparison.Greater => Operation.Greater,
        _ => Operation.GreaterOrEqual,
    };
}
