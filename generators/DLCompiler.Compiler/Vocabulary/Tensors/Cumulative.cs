using System.Collections.Generic;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>Cumulative sums and products along an axis.</summary>
internal static class Cumulative
{
    public static IEnumerable<Operation> Operations =>
    [
        new(Operation.Tensor, "CumSum", call =>
        {
            (int axis, _) = Axes.Constant(call, "sum along");
            return new TensorValue(call.Graph.Add(new Recurrence(axis, Reverse: false), call.Input));
        }),
        new(Operation.Tensor, "CumProd", call =>
        {
            (int axis, int size) = Axes.Constant(call, "multiply along");
            return new TensorValue(Product(call.Graph, call.Input, axis, size));
        }),
    ];

    /// <summary>The products of the first elements: yₜ = xₜ·yₜ₋₁ + 0, but the first is x₀ itself.</summary>
    public static Node Product(GraphBuilder graph, Node x, int axis, int size)
    {
        if (size == 1) return x;
        Node position = graph.Add(new Iota(x.Shape, axis, x.Type.Element));
        var first = new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Equal, Y, 0), X, 0);
        return graph.Add(new Recurrence(axis, Reverse: false), graph.Map(first, x, position), x);
    }
}
