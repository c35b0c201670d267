using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>The same elements under other shapes, in another order, or repeated.</summary>
internal static class OnnxShaping
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["Reshape"] = Reshape,
        ["Flatten"] = Flatten,
        ["Squeeze"] = Squeeze,
        ["Unsqueeze"] = Unsqueeze,
        ["Transpose"] = Transpose,
        ["Expand"] = Expand,
        ["Tile"] = Tile,
        ["DepthToSpace"] = DepthToSpace,
        ["SpaceToDepth"] = SpaceToDepth,
    };

    /// <summary>A value under another shape: a known one stays known.</summary>
    public static OnnxValue To(OnnxCall call, OnnxValue value, Shape shape)
    {
        if (value.Tensor is not { } tensor) return call.Graph.Reshape(call.NodeOf(value), shape);
        return shape.IsConstant ? tensor.Reshaped(shape.Select(size => (int)size.Value)) : call.Graph.Reshape(call.NodeOf(value), shape);
    }

    private static IReadOnlyList<OnnxValue> Reshape(OnnxCall call)
    {
        // Up to version 4 the shape is an attribute; 0 copies a size, −1 is what is left.
        IReadOnlyList<long> wanted = call.IntegersOrInput("shape", 1) ?? throw call.Fail(OnnxProblem.Invalid, "has no shape");
        Shape shape = call.ShapeOf(0);
        bool keepsZeros = call.Integer("allowzero", 0) != 0;
        Dimension[] sizes = [.. wanted.Select((size, axis) => size == 0 && !keepsZeros ? shape[axis] : size)];
        int rest = wanted.ToList().IndexOf(-1);
        if (rest >= 0)
        {
            sizes[rest] = Dimension.One;
            Dimension product = new Shape(sizes).ElementCount;
            if (product == Dimension.Zero) sizes[rest] = Dimension.Zero;
            else if (!shape.ElementCount.TryDivide(product, out sizes[rest]))
                throw call.Fail(OnnxProblem.Invalid, $"can't give {shape} the shape [{string.Join(", ", wanted)}]");
        }
        else if (sizes.Length > 0 && sizes[0].IsConstant && !shape.IsConstant && shape.Rank > 0
            && new Shape(sizes.Skip(1)).ElementCount == new Shape(shape.Skip(1)).ElementCount)
        {
            // The file has a number for the batch, which is open here.
            sizes[0] = shape[0];
        }

        return [To(call, call.Value(0), new Shape(sizes))];
    }

    private static IReadOnlyList<OnnxValue> Flatten(OnnxCall call)
    {
        Shape shape = call.ShapeOf(0);
        long given = call.Integer("axis", 1);
        int axis = given == shape.Rank ? shape.Rank : call.Axis(given, shape.Rank);
        return [To(call, call.Value(0), new Shape(new Shape(shape.Take(axis)).ElementCount, new Shape(shape.Skip(axis)).ElementCount))];
    }

    private static IReadOnlyList<OnnxValue> Squeeze(OnnxCall call)
    {
        Shape shape = call.ShapeOf(0);
        HashSet<int> axes = call.IntegersOrInput("axes", 1) is { } given ? [.. given.Select(axis => call.Axis(axis, shape.Rank))]
            : [.. Enumerable.Range(0, shape.Rank).Where(axis => shape[axis] == Dimension.One)];
        return [To(call, call.Value(0), new Shape(shape.Where((_, axis) => !axes.Contains(axis))))];
    }

    private static IReadOnlyList<OnnxValue> Unsqueeze(OnnxCall call)
    {
        Shape shape = call.ShapeOf(0);
        IReadOnlyList<long> given = call.IntegersOrInput("axes", 1) ?? throw call.Fail(OnnxProblem.Invalid, "has no axes");
        int rank = shape.Rank + given.Count, next = 0;
        HashSet<int> axes = [.. given.Select(axis => call.Axis(axis, rank))];
        return [To(call, call.Value(0), new Shape(Enumerable.Range(0, rank).Select(axis => axes.Contains(axis) ? Dimension.One : shape[next++])))];
    }

    private static IReadOnlyList<OnnxValue> Transpose(OnnxCall call)
    {
        Node x = call.Node(0);
        IEnumerable<int> axes = call.Integers("perm") ?? Enumerable.Range(0, x.Shape.Rank).Reverse();
        return [call.Graph.Permute(x, axes.ToEquatableArray())];
    }

    private static IReadOnlyList<OnnxValue> Expand(OnnxCall call)
    {
        Node x = call.Node(0);
        var wanted = new Shape(call.Known(1).Integers.Select(size => (Dimension)size));
        if (!Broadcasting.TryCombine(x.Shape, wanted, out Shape shape, out _)) throw call.Fail(OnnxProblem.Invalid, $"can't repeat {x.Shape} to {wanted}");
        return [call.Graph.Broadcast(x, shape)];
    }

    // Each axis gets one beside it that counts the copies.
    private static IReadOnlyList<OnnxValue> Tile(OnnxCall call)
    {
        Node x = call.Node(0);
        IReadOnlyList<long> repeats = call.Known(1).Integers;
        int rank = x.Shape.Rank;
        var copies = new Shape(Enumerable.Range(0, rank).SelectMany(axis => new[] { repeats[axis], x.Shape[axis] }));
        Node repeated = call.Graph.BroadcastAlong(x, copies, Enumerable.Range(0, rank).Select(axis => (2 * axis) + 1).ToEquatableArray());
        return [call.Graph.Reshape(repeated, new Shape(Enumerable.Range(0, rank).Select(axis => x.Shape[axis] * repeats[axis])))];
    }

    private static IReadOnlyList<OnnxValue> DepthToSpace(OnnxCall call)
    {
        Node x = call.Node(0);
        int block = (int)call.Integer("blocksize", 1), channels = call.Size(x.Shape, 1) / (block * block);
        bool columnsFirst = call.Text("mode", "DCR") == "DCR";
        (Dimension n, Dimension h, Dimension w) = (x.Shape[0], x.Shape[2], x.Shape[3]);
        Node apart = call.Graph.Reshape(x, columnsFirst ? new Shape(n, block, block, channels, h, w) : new Shape(n, channels, block, block, h, w));
        Node woven = call.Graph.Permute(apart, columnsFirst ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3]);
        return [call.Graph.Reshape(woven, new Shape(n, channels, h * block, w * block))];
    }

    private static IReadOnlyList<OnnxValue> SpaceToDepth(OnnxCall call)
    {
        Node x = call.Node(0);
        int block = (int)call.Integer("blocksize", 1), channels = call.Size(x.Shape, 1), h = call.Size(x.Shape, 2) / block, w = call.Size(x.Shape, 3) / block;
        Node apart = call.Graph.Reshape(x, new Shape(x.Shape[0], channels, h, block, w, block));
        return [call.Graph.Reshape(call.Graph.Permute(apart, [0, 3, 5, 1, 2, 4]), new Shape(x.Shape[0], channels * block * block, h, w))];
    }
}
