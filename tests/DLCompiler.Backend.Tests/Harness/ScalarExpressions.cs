using DLCompiler.Compiler.Graph;

namespace DLCompiler.Backend.Tests.Harness;

/// <summary>Functions of one input.</summary>
public static class ScalarExpressions
{
    public static ScalarExpression Tanh { get; } = new ScalarExpression.Unary(UnaryFunction.Tanh, new ScalarExpression.Input(0));

    public static ScalarExpression Square { get; } = new ScalarExpression.Input(0) * new ScalarExpression.Input(0);
}
