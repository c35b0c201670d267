using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>Short forms for the scalar expressions that lowerings are written with.</summary>
internal static class Building
{
    /// <summary>The element of the first operand.</summary>
    public static ScalarExpression X { get; } = new ScalarExpression.Input(0);

    /// <summary>The element of the second operand.</summary>
    public static ScalarExpression Y { get; } = new ScalarExpression.Input(1);

    public static ScalarExpression Call(UnaryFunction function, ScalarExpression operand) => new ScalarExpression.Unary(function, operand);

    public static ScalarExpression Call(BinaryFunction function, ScalarExpression left, ScalarExpression right) =>
        new ScalarExpression.Binary(function, left, right);
}
