using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>Elementwise functions of one tensor, and softmax; those that networks are stacked from are attributes of chains as well.</summary>
internal static class Activations
{
    private static readonly ScalarExpression IsPositive = new ScalarExpression.Compare(Comparison.Greater, X, 0.0);

    private static readonly (string Name, Func<ArgumentSet, ScalarExpression> Function, bool InChains)[] Functions =
    [
        // Max(0, x) in this order keeps a NaN.
        ("Relu", _ => Call(BinaryFunction.Max, 0.0, X), true),
        ("LeakyRelu", arguments => new ScalarExpression.Select(IsPositive, X, X * arguments.Number("slope", 0.01)), true),
        ("Tanh", _ => Call(UnaryFunction.Tanh, X), true),
        ("Sigmoid", _ => Call(UnaryFunction.Sigmoid, X), true),
        // x·Φ(x), Hendrycks and Gimpel 2016, by the error function.
        ("Gelu", _ => 0.5 * X * (1.0 + Call(UnaryFunction.Erf, X * Math.Sqrt(0.5))), true),
        ("Exp", _ => Call(UnaryFunction.Exp, X), false),
        ("Log", _ => Call(UnaryFunction.Log, X), false),
        ("Sqrt", _ => Call(UnaryFunction.Sqrt, X), false),
        ("Square", _ => X * X, false),
        ("Abs", _ => Call(UnaryFunction.Abs, X), false),
    ];

    public static IEnumerable<Operation> Operations =>
    [
        .. Functions.Select(entry => new Operation(Operation.Tensor, entry.Name, call => Apply(call, entry.Function(call.Arguments)))),
        new(Operation.Tensor, "Softmax", call => Softmax(call, call.Arguments)),
        new(Operation.Tensor, "op_UnaryNegation", call => Apply(call, -X)),
        new(Operation.Tensor, "op_UnaryPlus", call => new TensorValue(call.Input)),
    ];

    public static IEnumerable<LayerDefinition> Layers =>
    [
        .. Functions.Where(entry => entry.InChains).Select(entry =>
            new LayerDefinition(
                $"DLCompiler.{entry.Name}", _ => { }, call => Apply(call, entry.Function(call.Layer.Arguments)), HasParameters: false, HasRow: false)),
        new("DLCompiler.Softmax", _ => { }, call => Softmax(call, call.Layer.Arguments), HasParameters: false, HasRow: false),
    ];

    private static TensorValue Apply(VocabularyCall call, ScalarExpression function) => new(call.Graph.Map(function, call.Input));

    private static TensorValue Softmax(VocabularyCall call, ArgumentSet arguments)
    {
        GraphBuilder graph = call.Graph;
        Shape shape = call.Input.Shape;
        int axis = Checks.Axis(arguments, "axis", shape, -1), last = shape.Rank - 1;
        if (axis == 0 && shape.Rank > 1 && !shape[0].IsConstant)
        {
            call.Function.Warn(new VocabularyError(
                DiagnosticIds.SamplesMixed,
                arguments.OriginOf("axis"),
                $"Softmax along axis 0 of {shape} makes each sample's result depend on the others of its batch; use axis {Checks.Text(last)}"));
        }

        if (axis == last) return new TensorValue(graph.Add(new Softmax(), call.Input));

        // Along another axis: swapped with the last, there and back.
        EquatableArray<int> swap = Enumerable.Range(0, shape.Rank).Select(
            position => position == axis ? last : position == last ? axis : position).ToEquatableArray();
        return new TensorValue(graph.Add(new Permute(swap), graph.Add(new Softmax(), graph.Add(new Permute(swap), call.Input))));
    }
}
