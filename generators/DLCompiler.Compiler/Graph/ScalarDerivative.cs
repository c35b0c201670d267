using System;

namespace DLCompiler.Compiler.Graph;

/// <summary>
/// Symbolic differentiation of expressions. A gradient is pushed from the result to the inputs (as in reverse mode), so that it ends up inside of the
/// branches of selections: a branch that isn't taken contributes no NaN.
/// </summary>
public static class ScalarDerivative
{
    /// <summary>2/√π, of the derivative of erf.</summary>
    private const double TwoOverRootPi = 1.1283791670955126;

    /// <summary>∂expression/∂input; null where the expression does not depend on the input, or only piecewise constantly.</summary>
    public static ScalarExpression? Of(ScalarExpression expression, int input) => Simplified(Push(expression, input, 1));

    /// <summary>
    /// ∂expression/∂input · gradient. Where the outermost function's derivative follows from its value, <paramref name="result"/> is used instead of its
    /// operand.
    /// </summary>
    /// <param name="expression">The function.</param>
    /// <param name="input">The number of the input to differentiate by.</param>
    /// <param name="result">Stands for the value of the whole expression.</param>
    /// <param name="gradient">The gradient with respect to the value.</param>
    public static ScalarExpression? OfResult(ScalarExpression expression, int input, ScalarExpression result, ScalarExpression gradient) =>
        Simplified(expression switch
        {
            ScalarExpression.Unary { Function: UnaryFunction.Exp or UnaryFunction.Sqrt or UnaryFunction.Tanh or UnaryFunction.Sigmoid } unary =>
                Push(unary.Operand, input, gradient * FromResult(unary.Function, result)),
            ScalarExpression.Binary { Function: BinaryFunction.Max, Left: ScalarExpression.Constant { Value: 0 } } relu =>
                Push(relu.Right, input, new ScalarExpression.Select(IsPositive(result), gradient, 0)),
            ScalarExpression.Binary { Function: BinaryFunction.Max, Right: ScalarExpression.Constant { Value: 0 } } relu =>
                Push(relu.Left, input, new ScalarExpression.Select(IsPositive(result), gradient, 0)),
            ScalarExpression.Select select when TryLeakyRelu(select, out ScalarExpression operand, out double slope) =>
                Push(operand, input, new ScalarExpression.Select(IsPositive(result), gradient, gradient * slope)),
            _ => Push(expression, input, gradient),
        });

    /// <summary>Recognises <c>select(x &gt; 0, x, x·slope)</c> with a positive slope, whose result has its operand's sign.</summary>
    private static bool TryLeakyRelu(ScalarExpression.Select select, out ScalarExpression operand, out double slope)
    {
        operand = select.IfTrue;
        slope = 0;
        if (select.Condition != IsPositive(operand)) return false;
        if (select.IfFalse is not ScalarExpression.Binary { Function: BinaryFunction.Multiply } product) return false;
        (ScalarExpression factor, ScalarExpression other) =
            product.Left is ScalarExpression.Constant ? (product.Left, product.Right) : (product.Right, product.Left);
        if (factor is not ScalarExpression.Constant { Value: > 0 } constant || other != operand) return false;
        slope = constant.Value;
        return true;
    }

    /// <summary>The derivative of a function by its operand, in terms of its value y.</summary>
    private static ScalarExpression FromResult(UnaryFunction function, ScalarExpression y) => function switch
    {
        UnaryFunction.Exp => y,
        UnaryFunction.Sqrt => 0.5 / y,
        UnaryFunction.Tanh => 1 - (y * y),
        UnaryFunction.Sigmoid => y * (1 - y),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    /// <summary>The share of <paramref name="gradient"/> that reaches the input through the expression; null where none does.</summary>
    private static ScalarExpression? Push(ScalarExpression expression, int input, ScalarExpression gradient) => expression switch
    {
        ScalarExpression.Input leaf => leaf.Index == input ? gradient : null,
        ScalarExpression.Unary unary => PushUnary(unary, input, gradient),
        ScalarExpression.Binary binary => PushBinary(binary, input, gradient),
        ScalarExpression.Select select => Choose(select.Condition, Push(select.IfTrue, input, gradient), Push(select.IfFalse, input, gradient)),
        _ => null,
    };

    private static ScalarExpression? PushUnary(ScalarExpression.Unary unary, int input, ScalarExpression gradient)
    {
        ScalarExpression x = unary.Operand;
        ScalarExpression? slope = unary.Function switch
        {
            UnaryFunction.Negate => -1.0,
            UnaryFunction.Abs => new ScalarExpression.Unary(UnaryFunction.Sign, x),
            UnaryFunction.Exp or UnaryFunction.Tanh or UnaryFunction.Sigmoid or UnaryFunction.Sqrt => FromResult(unary.Function, unary),
            UnaryFunction.Log => null,
            UnaryFunction.Sin => new ScalarExpression.Unary(UnaryFunction.Cos, x),
            UnaryFunction.Cos => -new ScalarExpression.Unary(UnaryFunction.Sin, x),
            UnaryFunction.Erf => TwoOverRootPi * new ScalarExpression.Unary(UnaryFunction.Exp, -(x * x)),
            UnaryFunction.Softplus => new ScalarExpression.Unary(UnaryFunction.Sigmoid, x),
            _ => ScalarFunctions.Find(unary.Function)?.Slope(x),
        };
        if (unary.Function == UnaryFunction.Log) return Push(x, input, gradient / x);
        return slope is null ? null : Push(x, input, gradient * slope);
    }

    private static ScalarExpression? PushBinary(ScalarExpression.Binary binary, int input, ScalarExpression gradient)
    {
        (ScalarExpression x, ScalarExpression y) = (binary.Left, binary.Right);
        return binary.Function switch
        {
            BinaryFunction.Add => Sum(Push(x, input, gradient), Push(y, input, gradient)),
            BinaryFunction.Subtract => Sum(Push(x, input, gradient), Push(y, input, -gradient)),
            BinaryFunction.Multiply => Sum(Push(x, input, gradient * y), Push(y, input, gradient * x)),
            BinaryFunction.Divide => Sum(Push(x, input, gradient / y), Push(y, input, -(gradient * binary / y))),
            BinaryFunction.Max => PushExtreme(x, y, Comparison.Greater, input, gradient),
            BinaryFunction.Min => PushExtreme(x, y, Comparison.Less, input, gradient),
            BinaryFunction.Power => Sum(Push(x, input, PowerSlope(x, y, gradient)), Push(y, input, ExponentSlope(binary, gradient))),
            _ => null,
        };
    }

    private static ScalarExpression PowerSlope(ScalarExpression x, ScalarExpression y, ScalarExpression gradient) => y switch
    {
        ScalarExpression.Constant { Value: 0 } => 0,
        ScalarExpression.Constant { Value: 2 } => gradient * (2 * x),
        ScalarExpression.Constant exponent => gradient * (exponent.Value * new ScalarExpression.Binary(BinaryFunction.Power, x, exponent.Value - 1)),
        _ => new ScalarExpression.Select(
            new ScalarExpression.Compare(Comparison.Equal, y, 0), 0, gradient * (y * new ScalarExpression.Binary(BinaryFunction.Power, x, y - 1))),
    };

    /// <summary>xʸ·log x; none at x = 0, where the power stays 0 for all y above 0, not 0·∞.</summary>
    private static ScalarExpression ExponentSlope(ScalarExpression.Binary power, ScalarExpression gradient)
    {
        var isFlat = new ScalarExpression.Binary(
            BinaryFunction.And,
            new ScalarExpression.Compare(Comparison.Equal, power.Left, 0),
            new ScalarExpression.Compare(Comparison.GreaterOrEqual, power.Right, 0));
        return new ScalarExpression.Select(isFlat, 0, gradient * power * new ScalarExpression.Unary(UnaryFunction.Log, power.Left));
    }

    /// <summary>A maximum or minimum passes the gradient to the operand that it takes, half to each of two equal ones; none at the kink to a
    /// constant.</summary>
    private static ScalarExpression? PushExtreme(ScalarExpression x, ScalarExpression y, Comparison wins, int input, ScalarExpression gradient)
    {
        bool oneIsConstant = x is ScalarExpression.Constant || y is ScalarExpression.Constant;
        ScalarExpression tie = oneIsConstant ? 0 : new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Equal, x, y), gradient * 0.5, 0);
        ScalarExpression? left = Push(x, input, new ScalarExpression.Select(new ScalarExpression.Compare(wins, x, y), gradient, tie));
        ScalarExpression? right = Push(y, input, new ScalarExpression.Select(new ScalarExpression.Compare(wins, y, x), gradient, tie));
        return Sum(left, right);
    }

    private static ScalarExpression.Compare IsPositive(ScalarExpression value) => new(Comparison.Greater, value, 0);

    private static ScalarExpression? Sum(ScalarExpression? left, ScalarExpression? right) => left is null ? right : right is null ? left : left + right;

    private static ScalarExpression? Choose(ScalarExpression condition, ScalarExpression? ifTrue, ScalarExpression? ifFalse) =>
        ifTrue is null && ifFalse is null ? null : new ScalarExpression.Select(condition, ifTrue ?? 0, ifFalse ?? 0);

    private static ScalarExpression? Simplified(ScalarExpression? expression) => expression is null ? null : ScalarSimplifier.Simplify(expression);
}
