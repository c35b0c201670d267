using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph;

/// <summary>Shorthands for the basic operators: constants, maps, views and reductions. Operations that change nothing return their operand.</summary>
public static class GraphBuilderExtensions
{
    /// <summary>A tensor with equal elements.</summary>
    public static Node Constant(this GraphBuilder graph, double value, TensorType type) => graph.Add(new Constant(type, value));

    /// <summary>A scalar.</summary>
    public static Node Scalar(this GraphBuilder graph, double value, ElementType element = ElementType.Float32) =>
        graph.Constant(value, new TensorType(element, Shape.Scalar));

    /// <summary>An elementwise function with the first operand's element type; all operands have equal shapes.</summary>
    public static Node Map(this GraphBuilder graph, ScalarExpression expression, params IReadOnlyList<Node> inputs) =>
        graph.Map(expression, inputs[0].Type.Element, inputs);

    /// <summary>
    /// An elementwise function; all operands have equal shapes. The expression is simplified, and operands that it does not use are dropped.
    /// </summary>
    public static Node Map(this GraphBuilder graph, ScalarExpression expression, ElementType element, params IReadOnlyList<Node> inputs)
    {
        // Equal operands count once: the expression may simplify further.
        ScalarExpression simple = ScalarSimplifier.Simplify(expression.Renumber(index => IndexOf(inputs, inputs[index])));
        if (simple is ScalarExpression.Constant constant) return graph.Constant(constant.Value, new TensorType(element, inputs[0].Shape));
        if (simple is ScalarExpression.Input only && inputs[only.Index].Type.Element == element) return inputs[only.Index];

        List<int> used = [.. simple.UsedInputs()];

        // An expression of sizes and arguments only still takes its shape from an operand.
        Node[] operands = used.Count == 0 ? [inputs[0]] : [.. used.Select(index => inputs[index])];
        return graph.Add(new Map(simple.Renumber(used.IndexOf), element), operands);
    }

    /// <summary>Repeats a tensor to a larger shape by NumPy's rule: axes are aligned at the last one.</summary>
    public static Node Broadcast(this GraphBuilder graph, Node node, Shape result) =>
        graph.BroadcastAlong(node, result, Enumerable.Range(Math.Max(0, result.Rank - node.Shape.Rank), node.Shape.Rank).ToEquatableArray());

    /// <summary>Repeats a tensor: its axis i becomes axis <paramref name="axes"/>[i] of the result.</summary>
    public static Node BroadcastAlong(this GraphBuilder graph, Node node, Shape result, EquatableArray<int> axes) =>
        node.Shape == result && axes.SequenceEqual(Enumerable.Range(0, result.Rank)) ? node : graph.Add(new Broadcast(result, axes), node);

    /// <summary>The same elements under another shape.</summary>
    public static Node Reshape(this GraphBuilder graph, Node node, Shape result)
    {
        if (node.Shape == result) return node;
        Node source = node.Operator is Reshape ? node.Inputs[0] : node;
        return source.Shape == result ? source : graph.Add(new Reshape(result), source);
    }

    /// <summary>All axes from the given one on merged into one: <c>[N, C, H, W]</c> → <c>[N, C·H·W]</c>.</summary>
    public static Node Flatten(this GraphBuilder graph, Node node, int firstAxis = 1)
    {
        node.Type.RequireAxis("Flatten", firstAxis);
        Dimension rest = node.Shape.Dimensions.Skip(firstAxis).Aggregate(Dimension.One, (product, size) => product * size);
        return graph.Reshape(node, new Shape(node.Shape.Dimensions.Take(firstAxis).Append(rest)));
    }

    /// <summary>Reorders axes: axis i of the result is axis <paramref name="axes"/>[i] of the operand.</summary>
    public static Node Permute(this GraphBuilder graph, Node node, EquatableArray<int> axes) =>
        axes.SequenceEqual(Enumerable.Range(0, node.Shape.Rank)) ? node : graph.Add(new Permute(axes), node);

    /// <summary>Exchanges two axes.</summary>
    public static Node Transpose(this GraphBuilder graph, Node node, int axis1, int axis2)
    {
        node.Type.RequireAxis("Transpose", axis1);
        node.Type.RequireAxis("Transpose", axis2);
        IEnumerable<int> axes = Enumerable.Range(0, node.Shape.Rank).Select(axis => axis == axis1 ? axis2 : axis == axis2 ? axis1 : axis);
        return graph.Permute(node, axes.ToEquatableArray());
    }

    /// <summary>Elements along one axis.</summary>
    public static Node Slice(this GraphBuilder graph, Node node, int axis, int start, int length, int step = 1)
    {
        bool whole = start == 0 && step == 1 && axis >= 0 && axis < node.Shape.Rank && node.Shape[axis] == (Dimension)length;
        return whole ? node : graph.Add(new Slice(axis, start, length, step), node);
    }

    /// <summary>Zeros before and after along one axis.</summary>
    public static Node Pad(this GraphBuilder graph, Node node, int axis, int before, int after) =>
        before == 0 && after == 0 ? node : graph.Add(new Pad(axis, before, after), node);

    /// <summary>Tensors one after the other along an axis.</summary>
    public static Node Concat(this GraphBuilder graph, int axis, params IReadOnlyList<Node> nodes) =>
        nodes.Count == 1 ? nodes[0] : graph.Add(new Concat(axis), nodes);

    /// <summary>Reverses an axis.</summary>
    public static Node Flip(this GraphBuilder graph, Node node, int axis) => graph.Add(new Flip(axis), node);

    /// <summary>The sum over axes (ascending).</summary>
    public static Node ReduceSum(this GraphBuilder graph, Node node, EquatableArray<int> axes, bool keepDimensions = false) =>
        graph.Reduce(ReduceKind.Sum, node, axes, keepDimensions);

    /// <summary>The largest element over axes (ascending).</summary>
    public static Node ReduceMax(this GraphBuilder graph, Node node, EquatableArray<int> axes, bool keepDimensions = false) =>
        graph.Reduce(ReduceKind.Max, node, axes, keepDimensions);

    /// <summary>The smallest element over axes (ascending).</summary>
    public static Node ReduceMin(this GraphBuilder graph, Node node, EquatableArray<int> axes, bool keepDimensions = false) =>
        graph.Reduce(ReduceKind.Min, node, axes, keepDimensions);

    /// <summary>Combines the elements along axes (ascending).</summary>
    /// <param name="keepDimensions">Leaves the axes in the shape, with size 1.</param>
    public static Node Reduce(this GraphBuilder graph, ReduceKind kind, Node node, EquatableArray<int> axes, bool keepDimensions)
    {
        Node reduced = axes.Count == 0 ? node : graph.Add(new Reduce(kind, axes), node);
        return keepDimensions ? graph.Reshape(reduced, axes.Aggregate(node.Shape, (shape, axis) => shape.With(axis, Dimension.One))) : reduced;
    }

    /// <summary>The mean over axes (ascending); symbolic sizes are counted at run time.</summary>
    public static Node Mean(this GraphBuilder graph, Node node, EquatableArray<int> axes, bool keepDimensions = false)
    {
        ScalarExpression count = ScalarExpression.Of(axes.Aggregate(Dimension.One, (product, axis) => product * node.Shape[axis]));
        return graph.Map(new ScalarExpression.Input(0) * (1 / count), graph.ReduceSum(node, axes, keepDimensions));
    }

    /// <summary>The mean of all elements: a scalar.</summary>
    public static Node Mean(this GraphBuilder graph, Node node) => graph.Mean(node, Enumerable.Range(0, node.Shape.Rank).ToEquatableArray());

    /// <summary>
    /// Mean and biased variance over axes (ascending). Where samples are an axis among others, each sample's sum and squared deviations come first, in one pass
    /// over what is at hand where the sample was computed, and are then combined (Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for
    /// computing sample variances", 1979).
    /// </summary>
    /// <remarks>
    /// A sample's elements are taken relative to its first one. That one is among them, so the variance is at least a share of 1/elements of what is subtracted
    /// in the end, whatever the mean: no more than that is lost.
    /// </remarks>
    public static (Node Mean, Node Variance) Moments(this GraphBuilder graph, Node node, EquatableArray<int> axes)
    {
        ScalarExpression x = new ScalarExpression.Input(0), y = new ScalarExpression.Input(1);
        if (axes.Count < 2 || axes[0] != 0)
        {
            Node all = graph.Mean(node, axes);
            return (all, graph.Mean(SquaredDeviations(node, all, axes), axes));
        }

        EquatableArray<int> within = axes.Items.Skip(1).ToEquatableArray(), samplesAxis = new[] { 0 }.ToEquatableArray();
        ScalarExpression count = ScalarExpression.Of(within.Aggregate(Dimension.One, (product, axis) => product * node.Shape[axis]));
        ScalarExpression samples = ScalarExpression.Of(node.Shape[0]);
        Node first = within.Aggregate(node, (part, axis) => graph.Slice(part, axis, 0, 1)), repeated = graph.Broadcast(first, node.Shape);
        Node sums = graph.ReduceSum(graph.Map(x - y, node, repeated), within);
        Node squares = graph.ReduceSum(graph.Map((x - y) * (x - y), node, repeated), within);
        Node means = graph.Map(x + (y * (1 / count)), graph.Reshape(first, sums.Shape), sums);
        Node deviations = graph.Map(x - (y * y * (1 / count)), squares, sums);
        Node mean = graph.Mean(means, samplesAxis);
        Node between = graph.ReduceSum(SquaredDeviations(means, mean, samplesAxis), samplesAxis);
        return (mean, graph.Map((x * (1 / (samples * count))) + (y * (1 / samples)), graph.ReduceSum(deviations, samplesAxis), between));

        Node SquaredDeviations(Node of, Node from, EquatableArray<int> over) =>
            graph.Square(graph.Subtract(of, graph.BroadcastAlong(from, of.Shape, Operands.Except(of.Shape.Rank, over))));
    }

    /// <summary>The biased variance over axes (ascending).</summary>
    /// <param name="keepDimensions">Leaves the axes in the shape, with size 1.</param>
    public static Node Variance(this GraphBuilder graph, Node node, EquatableArray<int> axes, bool keepDimensions = false)
    {
        Node variance = graph.Moments(node, axes).Variance;
        return keepDimensions ? graph.Reshape(variance, axes.Aggregate(node.Shape, (shape, axis) => shape.With(axis, Dimension.One))) : variance;
    }

    /// <summary>1 where the last axis's index is the id, else 0: ids […] → […, count].</summary>
    public static Node OneHot(this GraphBuilder graph, Node ids, Dimension count, ElementType element)
    {
        var shape = new Shape(ids.Shape.Dimensions.Add(count));
        Node index = graph.Add(new Iota(shape, shape.Rank - 1, ElementType.Int32));
        Node repeated = graph.BroadcastAlong(ids, shape, Enumerable.Range(0, ids.Shape.Rank).ToEquatableArray());
        var isEqual = new ScalarExpression.Compare(Comparison.Equal, new ScalarExpression.Input(0), new ScalarExpression.Input(1));
        return graph.Map(new ScalarExpression.Select(isEqual, 1, 0), element, index, repeated);
    }

    private static int IndexOf(IReadOnlyList<Node> nodes, Node node)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            if (ReferenceEquals(nodes[i], node)) return i;
        }

        return -1;
    }
}
