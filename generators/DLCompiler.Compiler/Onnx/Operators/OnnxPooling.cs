using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>
/// Pools. What the graph's pools can do they do: two axes, equal padding, windows without gaps that all lie inside. Any other window is combined from slices
/// of the padded tensor, one for each of its elements.
/// </summary>
internal static class OnnxPooling
{
    private const int LargestWindow = 256;

    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["MaxPool"] = MaxPool,
        ["AveragePool"] = AveragePool,
        ["LpPool"] = LpPool,
        ["GlobalMaxPool"] = call => [call.Graph.ReduceMax(call.Node(0), Spatial(call), true)],
        ["GlobalAveragePool"] = call => [call.Graph.Mean(call.Node(0), Spatial(call), true)],
        ["GlobalLpPool"] = call => [Root(call, call.Graph.ReduceSum(Power(call, call.Node(0)), Spatial(call), true))],
    };

    private static EquatableArray<int> Spatial(OnnxCall call) => Enumerable.Range(2, call.Node(0).Shape.Rank - 2).ToEquatableArray();

    private static IReadOnlyList<OnnxValue> MaxPool(OnnxCall call)
    {
        if (call.Wants(1)) throw call.Fail(OnnxProblem.Form, "has no mapping for the positions of the largest elements");
        Node x = call.Node(0);
        (OnnxWindows windows, bool isWhole) = Windows(call, x.Shape);
        if (isWhole && Native(windows) is { } geometry) return [call.Graph.Add(new MaxPool(geometry), x)];
        return [Combine(call, x, windows, double.NegativeInfinity, call.Graph.Maximum)];
    }

    private static IReadOnlyList<OnnxValue> AveragePool(OnnxCall call)
    {
        Node x = call.Node(0);
        (OnnxWindows windows, bool isWhole) = Windows(call, x.Shape);
        bool countsPadding = call.Integer("count_include_pad", 0) != 0, isPadded = windows.Before.Concat(windows.After).Any(pad => pad != 0);
        if (isWhole && (countsPadding || !isPadded) && Native(windows) is { } geometry) return [call.Graph.Add(new AveragePool(geometry), x)];
        Node sum = Combine(call, x, windows, 0, call.Graph.Add);

        // How many elements each window has: the sum of ones. What ceil_mode adds beyond the padding never counts.
        Node ones = call.Graph.Constant(1, new TensorType(ElementType.Float32, new Shape(x.Shape.Select((size, axis) => axis < 2 ? Dimension.One : size))));
        if (countsPadding)
        {
            int[] after = [.. OnnxWindows.Read(call, x.Shape).After];
            var shape = new Shape(x.Shape.Select((size, axis) => axis < 2 ? Dimension.One : size + windows.Before[axis - 2] + after[axis - 2]));
            ones = call.Graph.Constant(1, new TensorType(ElementType.Float32, shape));
            windows = windows with { Before = [.. windows.Before.Select(_ => 0)], After = [.. windows.After.Select((pad, axis) => pad - after[axis])] };
        }

        return [call.Graph.Divide(sum, Combine(call, ones, windows, 0, call.Graph.Add))];
    }

    private static IReadOnlyList<OnnxValue> LpPool(OnnxCall call)
    {
        Node x = call.Node(0);
        return [Root(call, Combine(call, Power(call, x), Windows(call, x.Shape).Windows, 0, call.Graph.Add))];
    }

    private static Node Power(OnnxCall call, Node x) => call.Integer("p", 2) switch
    {
        1 => call.Graph.Abs(x),
        2 => call.Graph.Square(x),
        3 => call.Graph.Multiply(call.Graph.Square(x), call.Graph.Abs(x)),
        long p => throw call.Fail(OnnxProblem.Form, $"has no mapping for the norm {p}"),
    };

    private static Node Root(OnnxCall call, Node sum) => call.Integer("p", 2) switch
    {
        1 => sum,
        2 => call.Graph.Sqrt(sum),
        _ => call.Graph.Map(new ScalarExpression.Binary(BinaryFunction.Power, OnnxElementwise.X, 1.0 / 3), sum),
    };

    // With ceil_mode a last window may begin inside and end outside: then there is more padding after than the model says.
    private static (OnnxWindows Windows, bool IsWhole) Windows(OnnxCall call, Shape shape)
    {
        OnnxWindows windows = OnnxWindows.Read(call, shape);
        if (call.Integer("ceil_mode", 0) == 0) return (windows, true);
        int[] after = [.. Enumerable.Range(0, windows.Rank).Select(axis =>
        {
            int size = call.Size(shape, axis + 2), stride = windows.Strides[axis];
            int span = size + windows.Before[axis] + windows.After[axis] - windows.Extent(axis), count = ((span + stride - 1) / stride) + 1;
            if ((count - 1) * stride >= size + windows.Before[axis]) count--;
            return Math.Max(windows.After[axis], ((count - 1) * stride) + windows.Extent(axis) - size - windows.Before[axis]);
        })];
        return after.SequenceEqual(windows.After) ? (windows, true) : (windows with { After = after }, false);
    }

    private static PoolGeometry? Native(OnnxWindows windows)
    {
        if (windows.Rank != 2 || !windows.IsSymmetric || !windows.IsDense) return null;
        if (2 * windows.Before[0] > windows.Kernel[0] || 2 * windows.Before[1] > windows.Kernel[1]) return null;
        return new PoolGeometry(windows.Kernel[0], windows.Kernel[1], windows.Strides[0], windows.Strides[1], windows.Before[0], windows.Before[1]);
    }

    // Axis by axis: the windows are boxes, and maxima and sums of boxes are those of their lines.
    private static Node Combine(OnnxCall call, Node x, OnnxWindows windows, double border, Func<Node, Node, Node> combine)
    {
        for (int i = 0; i < windows.Rank; i++)
        {
            int axis = i + 2, size = call.Size(x.Shape, axis), count = windows.Count(size, i);
            if (windows.Kernel[i] > LargestWindow)
                throw call.Fail(OnnxProblem.Form, $"has windows of {windows.Kernel[i]} elements, and is mapped for {LargestWindow}");
            Node padded = OnnxSlicing.Border(call.Graph, x, axis, windows.Before[i], windows.After[i], border);
            int index = i;
            x = Enumerable.Range(0, windows.Kernel[i])
                .Select(tap => call.Graph.Slice(padded, axis, tap * windows.Dilations[index], count, windows.Strides[index])).Aggregate(combine);
        }

        return x;
    }
}
