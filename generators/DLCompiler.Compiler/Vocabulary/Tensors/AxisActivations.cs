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

/// <summary>Activations along an axis: <c>LogSoftmax</c>, and the gated units <c>Glu</c> and <c>SwiGlu</c> of the halves of an axis.</summary>
internal static class AxisActivations
{
    private static readonly (string Name, Func<VocabularyCall, ArgumentSet, TensorValue> Lower)[] Kinds =
    [
        ("LogSoftmax", LogSoftmax),
        // Dauphin et al. 2017; Shazeer, "GLU variants improve transformer", 2020.
        ("Glu", (call, arguments) => Gate(call, arguments, "Glu", X * Call(UnaryFunction.Sigmoid, Y))),
        ("SwiGlu", (call, arguments) => Gate(call, arguments, "SwiGlu", X * Call(UnaryFunction.Sigmoid, X) * Y)),
    ];

    public static IEnumerable<Operation> Operations =>
        Kinds.Select(kind => new Operation(Operation.Tensor, kind.Name, call => kind.Lower(call, call.Arguments)));

    public static IEnumerable<LayerDefinition> Layers => Kinds.Select(kind => new LayerDefinition(
        $"DLCompiler.{kind.Name}", _ => { }, call => kind.Lower(call, call.Layer.Arguments), HasParameters: false, HasRow: false));

    /// <summary>x − log Σ exp(x) along an axis, shifted by the largest element, which has no part in the gradient.</summary>
    public static Node LogSoftmax(GraphBuilder graph, Node x, int axis)
    {
        Node largest = graph.Broadcast(graph.Add(new StopGradient(), graph.ReduceMax(x, [axis], keepDimensions: true)), x.Shape);
        Node shifted = graph.Subtract(x, largest);
        return graph.Subtract(shifted, graph.Log(graph.ReduceSum(graph.Exp(shifted), [axis], keepDimensions: true)));
    }

    private static TensorValue LogSoftmax(VocabularyCall call, ArgumentSet arguments)
    {
        Shape shape = call.Input.Shape;
        int axis = Checks.Axis(arguments, "axis", shape, -1);
        if (axis == 0 && shape.Rank > 1 && !shape[0].IsConstant)
        {
            call.Function.Warn(new VocabularyError(
                DiagnosticIds.SamplesMixed,
                arguments.OriginOf("axis"),
                $"LogSoftmax along axis 0 of {shape} makes each sample's result depend on the others of its batch; use axis {Checks.Text(shape.Rank - 1)}"));
        }

        return new TensorValue(LogSoftmax(call.Graph, call.Input, axis));
    }

    private static TensorValue Gate(VocabularyCall call, ArgumentSet arguments, string name, ScalarExpression gate)
    {
        Shape shape = call.Input.Shape;
        int axis = Checks.Axis(arguments, "axis", shape, -1);
        long size = Checks.Constant(call, axis, name);
        if (size % 2 != 0)
        {
            throw new VocabularyError(
                DiagnosticIds.Divisibility,
                arguments.OriginOf("axis"),
                $"{name} splits dimension {Checks.Text(axis)} of {shape} in two halves, and {Checks.Text(size)} is odd; "
                    + $"give it {Checks.Text(size + 1)}: two for each of the result");
        }

        int half = (int)(size / 2);
        return new TensorValue(call.Graph.Map(gate, call.Graph.Slice(call.Input, axis, 0, half), call.Graph.Slice(call.Input, axis, half, half)));
    }
}
