using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers;

/// <summary>
/// A number that is computed once a step, in double precision and before the step's kernels run: of the learning rate, the step's number and the optimizer's
/// numbers. Kernels get what <see cref="RuleBuilder.Argument"/> makes of it. A type of its own, so that it is not taken for a value of each weight.
/// </summary>
/// <param name="Expression">The formula; its arguments are the names of the emitted method's variables.</param>
public readonly record struct StepNumber(ScalarExpression Expression)
{
    /// <summary>A number known at compile time.</summary>
    public static implicit operator StepNumber(double value) => new(value);

    /// <summary>The sum.</summary>
    public static StepNumber operator +(StepNumber left, StepNumber right) => new(left.Expression + right.Expression);

    /// <summary>The difference.</summary>
    public static StepNumber operator -(StepNumber left, StepNumber right) => new(left.Expression - right.Expression);

    /// <summary>The product.</summary>
    public static StepNumber operator *(StepNumber left, StepNumber right) => new(left.Expression * right.Expression);

    /// <summary>The quotient.</summary>
    public static StepNumber operator /(StepNumber left, StepNumber right) => new(left.Expression / right.Expression);

    /// <summary>The negative.</summary>
    public static StepNumber operator -(StepNumber operand) => new(-operand.Expression);

    /// <summary>A power.</summary>
    public static StepNumber Power(StepNumber basis, StepNumber exponent) =>
        new(new ScalarExpression.Binary(BinaryFunction.Power, basis.Expression, exponent.Expression));

    /// <summary>The square root.</summary>
    public static StepNumber Root(StepNumber operand) => new(new ScalarExpression.Unary(UnaryFunction.Sqrt, operand.Expression));

    /// <summary>One of two numbers.</summary>
    public static StepNumber IfGreater(StepNumber left, StepNumber right, StepNumber then, StepNumber otherwise) => new(new ScalarExpression.Select(
        new ScalarExpression.Compare(Comparison.Greater, left.Expression, right.Expression), then.Expression, otherwise.Expression));
}
