using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>Reductions of all elements, or along some axes, which disappear or stay with size 1.</summary>
internal static class Reductions
{
    private static readonly ScalarExpression Zeros = new ScalarExpression.Compare(Comparison.Equal, X, 0);

    private static readonly (string Name, Func<VocabularyCall, EquatableArray<int>, Node> Reduce)[] Kinds =
    [
        ("Sum", (call, axes) => call.Graph.ReduceSum(call.Input, axes)),
        ("Mean", (call, axes) => call.Graph.Mean(call.Input, axes)),
        ("Max", (call, axes) => call.Graph.ReduceMax(call.Input, axes)),
        ("Min", (call, axes) => call.Graph.ReduceMin(call.Input, axes)),
        ("Prod", (call, axes) => Product(call, axes)),
        ("Variance", (call, axes) => Variance(call, axes)),
        ("StandardDeviation", (call, axes) => call.Graph.Sqrt(Variance(call, axes))),
        ("LogSumExp", (call, axes) => LogSumExp(call.Graph, call.Input, axes)),
        ("Norm", (call, axes) => Norm(call, axes)),
        ("ArgMax", (call, axes) => Extreme(call.Graph, call.Input, axes, call.Graph.ReduceMax(call.Input, axes))),
        ("ArgMin", (call, axes) => Extreme(call.Graph, call.Input, axes, call.Graph.ReduceMin(call.Input, axes))),
    ];

    public static IEnumerable<Operation> Operations =>
    [
        .. Kinds.Select(kind => new Operation(Operation.Tensor, kind.Name, call => Lower(call, kind.Reduce))),
        new(Operation.Masks, "Any", call => Lower(call, (mask, axes) => Truth(mask, axes, ReduceKind.Max))),
        new(Operation.Masks, "All", call => Lower(call, (mask, axes) => Truth(mask, axes, ReduceKind.Min))),
    ];

    private static TensorValue Lower(VocabularyCall call, Func<VocabularyCall, EquatableArray<int>, Node> reduce)
    {
        EquatableArray<int> axes = Axes.Named(call);
        Node result = reduce(call, axes);
        Shape kept = axes.Aggregate(call.Input.Shape, (shape, axis) => shape.With(axis, Dimension.One));
        return new TensorValue(call.Arguments.Flag("keepDimensions", false) ? call.Graph.Reshape(result, kept) : result);
    }

    // The last of the cumulative products along the axes, merged into one.
    private static Node Product(VocabularyCall call, EquatableArray<int> axes)
    {
        (GraphBuilder graph, Node x) = (call.Graph, call.Input);
        EquatableArray<int> others = Operands.Except(x.Shape.Rank, axes);
        Dimension count = axes.Aggregate(Dimension.One, (product, axis) => product * x.Shape[axis]);
        if (!count.IsConstant) throw Axes.NotConstant(call.Origin, "multiply along", axes.First(axis => !x.Shape[axis].IsConstant), x.Shape);
        if (axes.Count == 0) return x;
        var kept = new Shape(others.Select(axis => x.Shape[axis]));
        Node line = graph.Reshape(graph.Permute(x, others.Concat(axes).ToEquatableArray()), new Shape(kept.Append(count)));
        Node products = Cumulative.Product(graph, line, kept.Rank, (int)count.Value);
        return graph.Reshape(graph.Slice(products, kept.Rank, (int)count.Value - 1, 1), kept);
    }

    private static Node Variance(VocabularyCall call, EquatableArray<int> axes)
    {
        int correction = call.Arguments.Integer("correction", 1);
        Node biased = call.Graph.Variance(call.Input, axes);
        if (correction == 0) return biased;
        ScalarExpression count = ScalarExpression.Of(axes.Aggregate(Dimension.One, (product, axis) => product * call.Input.Shape[axis]));
        return call.Graph.Map(X * (count / (count - correction)), biased);
    }

    // Shifted by the largest element, but not by an infinite one: exp(∞ − ∞) is no number.
    private static Node LogSumExp(GraphBuilder graph, Node x, EquatableArray<int> axes)
    {
        var isFinite = new ScalarExpression.Compare(Comparison.Less, Call(UnaryFunction.Abs, X), double.PositiveInfinity);
        Node shift = graph.Add(new StopGradient(), graph.Map(new ScalarExpression.Select(isFinite, X, 0), graph.ReduceMax(x, axes)));
        Node shifted = graph.Subtract(x, graph.BroadcastAlong(shift, x.Shape, Operands.Except(x.Shape.Rank, axes)));
        return graph.Add(graph.Log(graph.ReduceSum(graph.Exp(shifted), axes)), shift);
    }

    // The root of 0 is taken apart: its slope is infinite, and the gradient of a norm at 0 is 0.
    private static Node Norm(VocabularyCall call, EquatableArray<int> axes)
    {
        (GraphBuilder graph, Node x) = (call.Graph, call.Input);
        double order = call.Arguments.Number("order", 2);
        ScalarExpression size = Call(UnaryFunction.Abs, X);
        return order switch
        {
            2 => graph.Map(new ScalarExpression.Select(Zeros, 0, Call(UnaryFunction.Sqrt, X)), graph.ReduceSum(graph.Square(x), axes)),
            1 => graph.ReduceSum(graph.Abs(x), axes),
            0 => graph.ReduceSum(graph.Map(new ScalarExpression.Select(Zeros, 0, 1), x), axes),
            double.PositiveInfinity => graph.ReduceMax(graph.Abs(x), axes),
            double.NegativeInfinity => graph.ReduceMin(graph.Abs(x), axes),
            _ => graph.Map(
                new ScalarExpression.Select(Zeros, 0, Call(BinaryFunction.Power, X, 1 / order)),
                graph.ReduceSum(graph.Map(Call(BinaryFunction.Power, size, order), x), axes)),
        };
    }

    // The first position where the extreme stands, or a NaN.
    private static Node Extreme(GraphBuilder graph, Node x, EquatableArray<int> axes, Node extreme)
    {
        Node position = graph.Add(new Iota(x.Shape, axes[0], ElementType.Int32));
        Node repeated = graph.BroadcastAlong(extreme, x.Shape, Operands.Except(x.Shape.Rank, axes));
        ScalarExpression found = Call(
            BinaryFunction.Or, new ScalarExpression.Compare(Comparison.Equal, X, Y), new ScalarExpression.Compare(Comparison.NotEqual, X, X));
        var candidate = new ScalarExpression.Select(found, new ScalarExpression.Input(2), ScalarExpression.Of(x.Shape[axes[0]]));
        return graph.ReduceMin(graph.Map(candidate, ElementType.Int32, x, repeated, position), axes);
    }

    private static Node Truth(VocabularyCall call, EquatableArray<int> axes, ReduceKind kind)
    {
        Node numbers = call.Graph.Map(new ScalarExpression.Select(X, 1.0, 0.0), ElementType.Float32, call.Input);
        Node reduced = call.Graph.Reduce(kind, numbers, axes, keepDimensions: false);
        return call.Graph.Map(new ScalarExpression.Compare(Comparison.NotEqual, X, 0), ElementType.Bool, reduced);
    }
}
