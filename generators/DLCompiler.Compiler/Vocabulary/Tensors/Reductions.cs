using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary><c>Sum</c>, <c>Mean</c> and <c>Max</c>: of all elements, or along one axis, which disappears or stays with size 1.</summary>
internal static class Reductions
{
    private static readonly (string Name, Func<GraphBuilder, Node, EquatableArray<int>, Node> Reduce)[] Kinds =
    [
        ("Sum", (graph, x, axes) => graph.ReduceSum(x, axes)),
        ("Mean", (graph, x, axes) => graph.Mean(x, axes)),
        ("Max", (graph, x, axes) => graph.ReduceMax(x, axes)),
    ];

    public static IEnumerable<Operation> Operations => Kinds.Select(kind => new Operation(Operation.Tensor, kind.Name, call => Lower(call, kind.Reduce)));

    private static TensorValue Lower(VocabularyCall call, Func<GraphBuilder, Node, EquatableArray<int>, Node> reduce)
    {
        Node x = call.Input;
        if (call.Arguments.Find("axis") is null)
        {
            return new TensorValue(x.Shape.Rank == 0 ? x : reduce(call.Graph, x, Enumerable.Range(0, x.Shape.Rank).ToEquatableArray()));
        }

        int axis = Checks.Axis(call.Arguments, "axis", x.Shape);
        Node result = reduce(call.Graph, x, [axis]);
        return new TensorValue(call.Arguments.Flag("keepDimensions", false) ? call.Graph.Reshape(result, x.Shape.With(axis, Dimension.One)) : result);
    }
}
