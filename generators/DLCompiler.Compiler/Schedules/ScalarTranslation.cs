using System;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Turns the scalar expression of an elementwise map into kernel operations on vectors or elements.</summary>
public sealed class ScalarTranslation(ElementEmitter emitter, Func<int, Value> input, ValueKind pack)
{
    /// <summary>The expression's value.</summary>
    public Value Translate(ScalarExpression expression) => expression switch
    {
        ScalarExpression.Input operand => input(operand.Index),
        ScalarExpression.Constant constant => new Value.Literal(constant.Value, pack),
        ScalarExpression.Size size => Packed(new Value.ToReal(emitter.Size(size.Dimension))),
        ScalarExpression.Argument argument => Packed(emitter.Number(argument.Index, argument.Name)),
        ScalarExpression.Unary unary => Unary(unary),
        ScalarExpression.Binary binary => Binary(binary),
        ScalarExpression.Compare compare => Apply(Comparison(compare.Comparison), ValueKind.Mask, Translate(compare.Left), Translate(compare.Right)),
        ScalarExpression.Select select => Apply(Operation.Select, pack, Translate(select.Condition), Translate(select.IfTrue), Translate(select.IfFalse)),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "not a scalar expression"),
    };

    private static Value Apply(Operation operation, ValueKind kind, params Value[] operands) => new Value.Apply(operation, operands.ToEquatableArray(), kind);

    private Value Packed(Value value) => pack == ValueKind.Vector ? new Value.Splat(value) : value;

    private Value Unary(ScalarExpression.Unary unary)
    {
        Value operand = Translate(unary.Operand);
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
                return Apply(Operation.Relu, pack, Translate(binary.Right));
            case { Function: BinaryFunction.Max, Right: ScalarExpression.Constant { Value: 0 } }:
                return Apply(Operation.Relu, pack, Translate(binary.Left));
            case { Function: BinaryFunction.Add, Left: ScalarExpression.Binary { Function: BinaryFunction.Multiply } product }:
                return Apply(Operation.MultiplyAdd, pack, Translate(product.Left), Translate(product.Right), Translate(binary.Right));
            case { Function: BinaryFunction.Add, Right: ScalarExpression.Binary { Function: BinaryFunction.Multiply } product }:
                return Apply(Operation.MultiplyAdd, pack, Translate(product.Left), Translate(product.Right), Translate(binary.Left));
            case { Function: BinaryFunction.Subtract, Right: ScalarExpression.Binary { Function: BinaryFunction.Multiply } product }:
                return Apply(Operation.NegatedMultiplyAdd, pack, Translate(product.Left), Translate(product.Right), Translate(binary.Left));
        }

        Value left = Translate(binary.Left), right = Translate(binary.Right);
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
