using System;

namespace DLCompiler.Compiler.Graph;

/// <summary>Builds expressions out of others: fusion puts a producer's expression in the place of a consumer's input.</summary>
public static class ScalarSubstitution
{
    /// <summary>The expression with every input replaced.</summary>
    /// <param name="replacement">What stands for an input, by its number.</param>
    public static ScalarExpression Substitute(this ScalarExpression expression, Func<int, ScalarExpression> replacement) => expression switch
    {
        ScalarExpression.Input input => replacement(input.Index),
        _ => expression.WithOperands(operand => operand.Substitute(replacement)),
    };

    /// <summary>The expression with other input numbers.</summary>
    public static ScalarExpression Renumber(this ScalarExpression expression, Func<int, int> number) =>
        expression.Substitute(index => new ScalarExpression.Input(number(index)));

    /// <summary>The same function of transformed operands.</summary>
    public static ScalarExpression WithOperands(this ScalarExpression expression, Func<ScalarExpression, ScalarExpression> transform) => expression switch
    {
        ScalarExpression.Unary unary => unary with { Operand = transform(unary.Operand) },
        ScalarExpression.Binary binary => binary with { Left = transform(binary.Left), Right = transform(binary.Right) },
        ScalarExpression.Compare compare => compare with { Left = transform(compare.Left), Right = transform(compare.Right) },
        ScalarExpression.Select select => new ScalarExpression.Select(transform(select.Condition), transform(select.IfTrue), transform(select.IfFalse)),
        _ => expression,
    };
}
