using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Simplify;

/// <summary>What can be computed of uniform tensors without looking at elements.</summary>
internal static class ConstantRewrites
{
    public static IReadOnlyList<Rewrite> All { get; } =
    [
        new("a view of a uniform tensor is one of another shape", (graph, node) =>
            node.Operator is Broadcast or Reshape or Permute or Slice or Flip && Uniform.Value(node.Inputs[0]) is { } value
                ? Uniform.Make(graph, value, node.Type)
                : null),

        new("uniform tensors have one form", (graph, node) =>
            node.Operator is Map && Uniform.Value(node) is { } value ? Uniform.Make(graph, value, node.Type) : null),

        Rewrite.Of<Pad>("zeros padded by zeros", (graph, node, _) => node.Inputs[0].Operator is Constant { Value: 0 } ? graph.Constant(0, node.Type) : null),

        Rewrite.Of<Concat>("equal uniform tensors in a row", (graph, node, _) =>
            Uniform.Value(node.Inputs[0]) is { } value && node.Inputs.All(input => value.Equals(Uniform.Value(input)))
                ? Uniform.Make(graph, value, node.Type)
                : null),

        Rewrite.Of<Gather>("rows of a uniform table", (graph, node, _) =>
            Uniform.Value(node.Inputs[0]) is { } value ? Uniform.Make(graph, value, node.Type) : null),

        Rewrite.Of<Reduce>("a reduction of a uniform tensor", (graph, node, reduce) =>
        {
            if (Uniform.Value(node.Inputs[0]) is not { } value || !node.Type.Element.IsFloat()) return null;
            Dimension count = reduce.Axes.Aggregate(Dimension.One, (product, axis) => product * node.Inputs[0].Shape[axis]);
            ScalarExpression result = reduce.Kind == ReduceKind.Sum ? ScalarSimplifier.Simplify(value * ScalarExpression.Of(count)) : value;
            return Uniform.Make(graph, result, node.Type);
        }),

        Rewrite.Of<StopGradient>("after differentiation, a stopped gradient means nothing", (_, node, _) => node.Inputs[0]),
    ];
}
