using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Layers.Attention;

/// <summary>
/// Rotary position embedding (Su et al., "RoFormer", 2021): pairs of features are turned by angles t·base^(−2i/d), so that products of queries and keys depend
/// on the distance of their positions.
/// </summary>
internal static class Rotation
{
    /// <summary>Turns the first features of each position.</summary>
    /// <param name="x">[…, D].</param>
    /// <param name="timeAxis">The axis of positions.</param>
    /// <param name="dimensions">How many features are turned, an even number; the others stay.</param>
    /// <param name="base">What angles fall by.</param>
    /// <param name="offset">The position of the first element.</param>
    /// <param name="interleaved">Whether neighbours are a pair; else the two halves are.</param>
    public static Node Rotate(GraphBuilder graph, Node x, int timeAxis, int dimensions, double @base, int offset, bool interleaved)
    {
        int last = x.Shape.Rank - 1, depth = (int)x.Shape[last].Value, half = dimensions / 2;

        // One table for all samples and heads.
        var tableShape = new Shape(x.Shape[timeAxis], half);
        ScalarExpression angle = (X + offset) * Call(UnaryFunction.Exp, Y * (-Math.Log(@base) / half));
        Node position = graph.Add(new Iota(tableShape, 0, ElementType.Float32)), pair = graph.Add(new Iota(tableShape, 1, ElementType.Float32));
        Node cosine = graph.Map(Call(UnaryFunction.Cos, angle), position, pair), sine = graph.Map(Call(UnaryFunction.Sin, angle), position, pair);

        // The pairs' first and second elements.
        Node turned = dimensions == depth ? x : graph.Slice(x, last, 0, dimensions);
        Shape pairs = turned.Shape.With(last, half);
        Node Side(int second)
        {
            if (!interleaved) return graph.Slice(turned, last, second * half, half);
            return graph.Slice(turned, last, second, half, 2);
        }

        (Node a, Node b) = (Side(0), Side(1));
        Node c = graph.BroadcastAlong(cosine, pairs, [timeAxis, last]), s = graph.BroadcastAlong(sine, pairs, [timeAxis, last]);
        ScalarExpression third = new ScalarExpression.Input(2), fourth = new ScalarExpression.Input(3);
        Node first = graph.Map((X * third) - (Y * fourth), a, b, c, s), second = graph.Map((Y * third) + (X * fourth), a, b, c, s);
        var parts = new List<Node>();
        if (interleaved)
        {
            Shape apart = new(pairs.Append(Dimension.One));
            Node joined = graph.Concat(last + 1, graph.Reshape(first, apart), graph.Reshape(second, apart));
            parts.Add(graph.Reshape(joined, turned.Shape));
        }
        else
        {
            parts.AddRange([first, second]);
        }

        if (dimensions < depth) parts.Add(graph.Slice(x, last, dimensions, depth - dimensions));
        return graph.Concat(last, parts);
    }
}
