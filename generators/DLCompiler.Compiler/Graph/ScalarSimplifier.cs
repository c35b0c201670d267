using System;

namespace DLCompiler.Compiler.Graph;

/// <summary>
/// Algebraic simplification. Constants are folded with the exactly rounded operations of IEEE 754 doubles only, never with the host's mathematical
/// library, so that every machine compiles to the same code; rules keep NaN and infinities (x·0 stays) and may change the sign of a zero.
/// </summary>
public static class ScalarSimplifier
{
    /// <summary>An equal, simpler expression.</summary>
    public static ScalarExpression Simplify(ScalarExpression expression) => expression.WithOperands(Simplify) switch
    {
        ScalarExpression.Unary unary => Unary(unary),
        ScalarExpression.Binary binary => Binary(binary),
        ScalarExpression.Compare { Left: ScalarExpression.Constant left, Right: ScalarExpression.Constant right } compare =>
            Truth(Holds(compare.Comparison, left.Value, right.Value)),
        ScalarExpression.Select select => Select(select),
        var other => other,
    };

    private static ScalarExpression Unary(ScalarExpression.Unary unary) => (unary.Function, unary.Operand) switch
    {
        (UnaryFunction.Negate, ScalarExpression.Constant constant) => -constant.Value,
        (UnaryFunction.Negate, ScalarExpression.Unary { Function: UnaryFunction.Negate } inner) => inner.Operand,
        (UnaryFunction.Negate, ScalarExpression.Binary { Function: BinaryFunction.Multiply, Left: ScalarExpression.Constant factor } product) =>
            Binary(new(BinaryFunction.Multiply, -factor.Value, product.Right)),
        (UnaryFunction.Not, ScalarExpression.Constant constant) => Truth(constant.Value == 0),
        (UnaryFunction.Not, ScalarExpression.Unary { Function: UnaryFunction.Not } inner) => inner.Operand,
        (UnaryFunction.Abs, ScalarExpression.Constant constant) => Math.Abs(constant.Value),
        (UnaryFunction.Abs, ScalarExpression.Unary { Function: UnaryFunction.Negate or UnaryFunction.Abs } inner) => unary with { Operand = inner.Operand },
        (UnaryFunction.Floor, ScalarExpression.Constant constant) => Math.Floor(constant.Value),
        _ => unary,
    };

    private static ScalarExpression Binary(ScalarExpression.Binary binary)
    {
        if (binary is { Left: ScalarExpression.Constant left, Right: ScalarExpression.Constant right }
            && Fold(binary.Function, left.Value, right.Value) is double value)
            return value;
        return binary.Function switch
        {
            BinaryFunction.Add => Add(binary),
            BinaryFunction.Subtract => Subtract(binary),
            BinaryFunction.Multiply => Multiply(binary),
            BinaryFunction.Divide => Divide(binary),
            BinaryFunction.Power when IsConstant(binary.Right, 1) => binary.Left,
            BinaryFunction.Power when IsConstant(binary.Right, 2) => Multiply(new(BinaryFunction.Multiply, binary.Left, binary.Left)),
            BinaryFunction.Max or BinaryFunction.Min when binary.Left == binary.Right => binary.Left,
            BinaryFunction.And or BinaryFunction.Or => Logic(binary),
            _ => binary,
        };
    }

    private static ScalarExpression Add(ScalarExpression.Binary sum) => (sum.Left, sum.Right) switch
    {
        (var x, ScalarExpression.Constant { Value: 0 }) => x,
        (ScalarExpression.Constant { Value: 0 }, var x) => x,
        (var x, ScalarExpression.Unary { Function: UnaryFunction.Negate } negative) => Subtract(new(BinaryFunction.Subtract, x, negative.Operand)),
        (ScalarExpression.Unary { Function: UnaryFunction.Negate } negative, var x) => Subtract(new(BinaryFunction.Subtract, x, negative.Operand)),
        (var x, var y) when x == y => Multiply(new(BinaryFunction.Multiply, 2, x)),
        _ => sum,
    };

    private static ScalarExpression Subtract(ScalarExpression.Binary difference) => (difference.Left, difference.Right) switch
    {
        (var x, ScalarExpression.Constant { Value: 0 }) => x,
        (ScalarExpression.Constant { Value: 0 }, var x) => Unary(new(UnaryFunction.Negate, x)),
        (var x, ScalarExpression.Unary { Function: UnaryFunction.Negate } negative) => Add(new(BinaryFunction.Add, x, negative.Operand)),
        _ => difference,
    };

    private static ScalarExpression Multiply(ScalarExpression.Binary product) => (product.Left, product.Right) switch
    {
        // Constants stand on the left from here on.
        (not ScalarExpression.Constant, ScalarExpression.Constant constant) => Multiply(new(BinaryFunction.Multiply, constant, product.Left)),
        (ScalarExpression.Constant { Value: 1 }, var x) => x,
        (ScalarExpression.Constant { Value: -1 }, var x) => Unary(new(UnaryFunction.Negate, x)),
        (ScalarExpression.Constant outer, ScalarExpression.Binary { Function: BinaryFunction.Multiply, Left: ScalarExpression.Constant inner } rest) =>
            Multiply(new(BinaryFunction.Multiply, outer.Value * inner.Value, rest.Right)),
        (ScalarExpression.Constant factor, ScalarExpression.Unary { Function: UnaryFunction.Negate } negative) =>
            Multiply(new(BinaryFunction.Multiply, -factor.Value, negative.Operand)),
        (ScalarExpression.Unary { Function: UnaryFunction.Negate } x, ScalarExpression.Unary { Function: UnaryFunction.Negate } y) =>
            Multiply(new(BinaryFunction.Multiply, x.Operand, y.Operand)),

        // Constant factors gather at the front, where they meet each other: x·(c·y) = c·(x·y).
        (not ScalarExpression.Constant, ScalarExpression.Binary { Function: BinaryFunction.Multiply, Left: ScalarExpression.Constant factor } rest) =>
            Multiply(new(BinaryFunction.Multiply, factor, Multiply(new(BinaryFunction.Multiply, product.Left, rest.Right)))),
        (ScalarExpression.Binary { Function: BinaryFunction.Multiply, Left: ScalarExpression.Constant factor } rest, not ScalarExpression.Constant) =>
            Multiply(new(BinaryFunction.Multiply, factor, Multiply(new(BinaryFunction.Multiply, rest.Right, product.Right)))),
        _ => product,
    };

    private static ScalarExpression Divide(ScalarExpression.Binary quotient) => (quotient.Left, quotient.Right) switch
    {
        (var x, ScalarExpression.Constant { Value: 1 }) => x,
        (var x, ScalarExpression.Constant { Value: -1 }) => Unary(new(UnaryFunction.Negate, x)),
        (var x, ScalarExpression.Constant divisor) when IsPowerOfTwo(divisor.Value) => Multiply(new(BinaryFunction.Multiply, 1 / divisor.Value, x)),
        (ScalarExpression.Unary { Function: UnaryFunction.Negate } x, ScalarExpression.Unary { Function: UnaryFunction.Negate } y) =>
            Divide(new(BinaryFunction.Divide, x.Operand, y.Operand)),
        _ => quotient,
    };

    private static ScalarExpression Logic(ScalarExpression.Binary binary)
    {
        bool neutral = binary.Function == BinaryFunction.And;
        return (binary.Left, binary.Right) switch
        {
            (ScalarExpression.Constant constant, var x) => constant.Value != 0 == neutral ? x : Truth(!neutral),
            (var x, ScalarExpression.Constant constant) => constant.Value != 0 == neutral ? x : Truth(!neutral),
            (var x, var y) => x == y ? x : binary,
        };
    }

    private static ScalarExpression Select(ScalarExpression.Select select) => select switch
    {
        { Condition: ScalarExpression.Constant condition } => condition.Value != 0 ? select.IfTrue : select.IfFalse,
        { Condition: ScalarExpression.Unary { Function: UnaryFunction.Not } not } => Select(new(not.Operand, select.IfFalse, select.IfTrue)),
        _ when select.IfTrue == select.IfFalse => select.IfTrue,

        // A branch that asks the same question again.
        { IfTrue: ScalarExpression.Select inner } when inner.Condition == select.Condition => Select(select with { IfTrue = inner.IfTrue }),
        { IfFalse: ScalarExpression.Select inner } when inner.Condition == select.Condition => Select(select with { IfFalse = inner.IfFalse }),
        _ => select,
    };

    private static double? Fold(BinaryFunction function, double left, double right) => function switch
    {
        BinaryFunction.Add => left + right,
        BinaryFunction.Subtract => left - right,
        BinaryFunction.Multiply => left * right,
        BinaryFunction.Divide => left / right,
        BinaryFunction.Max => double.IsNaN(left) || left > right ? left : right,
        BinaryFunction.Min => double.IsNaN(left) || left < right ? left : right,
        _ => null,
    };

    private static bool Holds(Comparison comparison, double left, double right) => comparison switch
    {
        Comparison.Equal => left == right,
        Comparison.NotEqual => left != right,
        Comparison.Less => left < right,
        Comparison.LessOrEqual => left <= right,
        Comparison.Greater => left > right,
        _ => left >= right,
    };

    private static bool IsConstant(ScalarExpression expression, double value) => expression is ScalarExpression.Constant constant && constant.Value == value;

    private static ScalarExpression Truth(bool value) => value ? 1 : 0;

    /// <summary>Whether the reciprocal is exact, also in single precision.</summary>
    private static bool IsPowerOfTwo(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF) - 1023;
        return (bits & 0xF_FFFF_FFFF_FFFF) == 0 && exponent is > -126 and < 126;
    }
}
