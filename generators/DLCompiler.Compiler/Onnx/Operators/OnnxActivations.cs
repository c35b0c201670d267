using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Graph;
using static DLCompiler.Compiler.Onnx.Operators.OnnxElementwise;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Activations: formulas as in the standard's operator pages.</summary>
internal static class OnnxActivations
{
    private const double RootHalf = 0.70710678118654752, RootTwoOverPi = 0.79788456080286536;

    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["Relu"] = Unary(Max(0, X)),
        ["LeakyRelu"] = call => Map(call, Positive(X, call.Number("alpha", 0.01) * X), call.Value(0)),
        ["PRelu"] = PRelu,
        ["Elu"] = call => Map(call, Positive(X, call.Number("alpha", 1) * ExpM1(X)), call.Value(0)),
        ["Celu"] = call => Celu(call, call.Number("alpha", 1)),
        ["Selu"] = Selu,
        ["Gelu"] = Gelu,
        ["Sigmoid"] = Unary(Call(UnaryFunction.Sigmoid)),
        ["HardSigmoid"] = call => Map(call, Max(0, Min(1, (call.Number("alpha", 0.2) * X) + call.Number("beta", 0.5))), call.Value(0)),
        ["HardSwish"] = Unary(X * Max(0, Min(1, (X / 6) + 0.5))),
        ["Swish"] = call => Map(call, X * new ScalarExpression.Unary(UnaryFunction.Sigmoid, call.Number("alpha", 1) * X), call.Value(0)),
        ["Mish"] = Unary(X * new ScalarExpression.Unary(UnaryFunction.Tanh, Call(UnaryFunction.Softplus))),
        ["Softplus"] = Unary(Call(UnaryFunction.Softplus)),
        ["Softsign"] = Unary(X / (1 + Call(UnaryFunction.Abs))),
        ["ThresholdedRelu"] = call => Map(call, If(Comparison.Greater, X, call.Number("alpha", 1), X, 0), call.Value(0)),
        ["Shrink"] = Shrink,
    };

    // Before version 7 a list of slopes counts channels.
    private static IReadOnlyList<OnnxValue> PRelu(OnnxCall call)
    {
        (Node x, OnnxValue slope) = (call.Node(0), call.Value(1));
        if (call.Opset < 7 && call.ShapeOf(1) is { Rank: 1 } shape && shape[0] == x.Shape[1])
            slope = call.Graph.BroadcastAlong(call.Node(1), x.Shape, [1]);
        return Map(call, Positive(X, Y * X), x, slope);
    }

    private static IReadOnlyList<OnnxValue> Selu(OnnxCall call)
    {
        double alpha = call.Number("alpha", 1.6732632423543772), gamma = call.Number("gamma", 1.0507009873554805);
        return Map(call, gamma * Positive(X, alpha * ExpM1(X)), call.Value(0));
    }

    private static IReadOnlyList<OnnxValue> Celu(OnnxCall call, double alpha) => Map(call, Positive(X, alpha * ExpM1(X / alpha)), call.Value(0));

    private static IReadOnlyList<OnnxValue> Gelu(OnnxCall call) => call.Text("approximate", "none") switch
    {
        "none" => Map(call, 0.5 * X * (1 + new ScalarExpression.Unary(UnaryFunction.Erf, RootHalf * X)), call.Value(0)),
        _ => Map(call, 0.5 * X * (1 + new ScalarExpression.Unary(UnaryFunction.Tanh, RootTwoOverPi * (X + (0.044715 * X * X * X)))), call.Value(0)),
    };

    private static IReadOnlyList<OnnxValue> Shrink(OnnxCall call)
    {
        double limit = call.Number("lambd", 0.5), bias = call.Number("bias", 0);
        return Map(call, If(Comparison.Less, X, -limit, X + bias, If(Comparison.Greater, X, limit, X - bias, 0)), call.Value(0));
    }

    private static ScalarExpression Positive(ScalarExpression x, ScalarExpression negative) => If(Comparison.GreaterOrEqual, x, 0, x, negative);

    private static ScalarExpression ExpM1(ScalarExpression x) => new ScalarExpression.Unary(UnaryFunction.ExpM1, x);

    private static ScalarExpression Max(ScalarExpression left, ScalarExpression right) => new ScalarExpression.Binary(BinaryFunction.Max, left, right);

    private static ScalarExpression Min(ScalarExpression left, ScalarExpression right) => new ScalarExpression.Binary(BinaryFunction.Min, left, right);

    private static ScalarExpression If(Comparison comparison, ScalarExpression left, ScalarExpression right, ScalarExpression yes, ScalarExpression no) =>
        new ScalarExpression.Select(new ScalarExpression.Compare(comparison, left, right), yes, no);
}
