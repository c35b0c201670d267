using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>
/// Images of another size, axis by axis. Pixels have their values in their middles (PyTorch's <c>align_corners=False</c>): result o lies at
/// (o + ½)·size/wanted − ½ between the pixels, and beyond the outermost ones it is their value.
/// </summary>
internal static class Interpolation
{
    /// <summary>Linear interpolation of [N, C, H, W] to [N, C, height, width].</summary>
    public static Node Linear(GraphBuilder graph, Node images, long height, long width) => Linear(graph, Linear(graph, images, 2, height), 3, width);

    private static Node Linear(GraphBuilder graph, Node images, int axis, long wanted)
    {
        long size = images.Shape[axis].Value;
        if (size == wanted) return images;
        if (size == 1) return graph.Broadcast(images, images.Shape.With(axis, wanted));
        return wanted % size == 0 ? Phases(graph, images, axis, (int)(wanted / size)) : Product(graph, images, axis, wanted);
    }

    // By a whole factor, each pixel becomes as many results, at fixed distances between its neighbours.
    private static Node Phases(GraphBuilder graph, Node images, int axis, int factor)
    {
        int size = (int)images.Shape[axis].Value;
        Node before = graph.Concat(axis, [graph.Slice(images, axis, 0, 1), graph.Slice(images, axis, 0, size - 1)]);
        Node after = graph.Concat(axis, [graph.Slice(images, axis, 1, size - 1), graph.Slice(images, axis, size - 1, 1)]);
        Shape apart = new(images.Shape.Dimensions.Insert(axis + 1, Dimension.One));
        IEnumerable<Node> phases = Enumerable.Range(0, factor).Select(phase =>
        {
            double distance = ((phase + 0.5) / factor) - 0.5, share = Math.Abs(distance);
            return share == 0 ? images : graph.Map(((1 - share) * X) + (share * Y), images, distance < 0 ? before : after);
        });
        Node joined = graph.Concat(axis + 1, [.. phases.Select(phase => graph.Reshape(phase, apart))]);
        return graph.Reshape(joined, images.Shape.With(axis, (long)size * factor));
    }

    // Otherwise a product with the matrix of the pixels' shares in each result.
    private static Node Product(GraphBuilder graph, Node images, int axis, long wanted)
    {
        long size = images.Shape[axis].Value;
        var matrix = new Shape(wanted, size);
        ScalarExpression place = ((X + 0.5) * ((double)size / wanted)) - 0.5;
        place = Call(BinaryFunction.Min, Call(BinaryFunction.Max, place, 0.0), size - 1.0);
        Node shares = graph.Map(
            Call(BinaryFunction.Max, 0.0, 1.0 - Call(UnaryFunction.Abs, place - Y)), graph.Add(new Iota(matrix, 0, ElementType.Float32)),
            graph.Add(new Iota(matrix, 1, ElementType.Float32)));
        Node turned = graph.Transpose(images, axis, 3);
        Node rows = graph.Reshape(turned, new Shape(turned.Shape[0] * turned.Shape[1] * turned.Shape[2], size));
        Node product = graph.Add(new Contract(false, true), rows, shares);
        return graph.Transpose(graph.Reshape(product, turned.Shape.With(3, wanted)), axis, 3);
    }
}
