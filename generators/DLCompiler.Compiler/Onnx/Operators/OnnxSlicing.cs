using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Parts of tensors, and tensors with a border.</summary>
internal static class OnnxSlicing
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["Slice"] = Slice,
        ["Split"] = Split,
        ["Pad"] = Pad,
    };

    /// <summary>A border of equal elements along one axis.</summary>
    public static Node Border(GraphBuilder graph, Node x, int axis, int before, int after, double value)
    {
        if (value == 0) return graph.Pad(x, axis, before, after);
        Node Edge(int size) => graph.Constant(value, x.Type with { Shape = x.Shape.With(axis, size) });
        List<Node> parts = [x];
        if (before > 0) parts.Insert(0, Edge(before));
        if (after > 0) parts.Add(Edge(after));
        return graph.Concat(axis, parts);
    }

    private static IReadOnlyList<OnnxValue> Slice(OnnxCall call)
    {
        // Up to version 9 all are attributes.
        IReadOnlyList<long> starts = call.IntegersOrInput("starts", 1)!, ends = call.IntegersOrInput("ends", 2)!;
        Shape shape = call.ShapeOf(0);
        IReadOnlyList<long> axes = call.IntegersOrInput("axes", 3) ?? [.. Enumerable.Range(0, starts.Count).Select(axis => (long)axis)];
        IReadOnlyList<long> steps = call.Has(4) ? call.Known(4).Integers : [.. starts.Select(_ => 1L)];
        OnnxValue value = call.Value(0);
        for (int i = 0; i < starts.Count; i++)
        {
            int axis = call.Axis(axes[i], shape.Rank);
            if (starts[i] == 0 && steps[i] == 1 && ends[i] > int.MaxValue) continue;
            int size = call.Size(shape, axis), step = (int)Math.Max(-size - 1L, Math.Min(size + 1L, steps[i]));
            long Clamp(long position, long low, long high) => Math.Max(low, Math.Min(high, position < 0 ? position + size : position));
            long start = step > 0 ? Clamp(starts[i], 0, size) : Clamp(starts[i], 0, size - 1);
            long end = step > 0 ? Clamp(ends[i], 0, size) : Clamp(ends[i], -1, size - 1);
            int count = (int)Math.Max(0, step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step);
            value = Take(call, value, axis, (int)start, count, step);
        }

        return [value];
    }

    private static OnnxValue Take(OnnxCall call, OnnxValue value, int axis, int start, int count, int step)
    {
        if (value.Tensor is { } tensor)
        {
            int after = tensor.Shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size), size = tensor.Shape[axis];
            int before = tensor.Shape.Take(axis).Aggregate(1, (product, other) => product * other);
            return OnnxFolding.Take(tensor, tensor.Shape.Select((other, at) => at == axis ? count : other), Enumerable.Range(0, before * count * after)
                .Select(i => (((i / (count * after) * size) + start + (i / after % count * step)) * after) + (i % after)));
        }

        Node x = call.NodeOf(value);
        if (count == 0) throw call.Fail(OnnxProblem.Form, "takes no elements, and tensors without elements have no counterpart");
        if (step > 0) return call.Graph.Slice(x, axis, start, count, step);
        return call.Graph.Flip(call.Graph.Slice(x, axis, start + ((count - 1) * step), count, -step), axis);
    }

    private static IReadOnlyList<OnnxValue> Split(OnnxCall call)
    {
        Shape shape = call.ShapeOf(0);
        int axis = call.Axis(call.Integer("axis", 0), shape.Rank), size = call.Size(shape, axis), parts = (int)call.Integer("num_outputs", call.Results);

        // Without sizes the parts are equal but for the last.
        int part = (size + parts - 1) / parts;
        IReadOnlyList<long> sizes = call.IntegersOrInput("split", 1)
            ?? [.. Enumerable.Range(0, parts).Select(i => (long)Math.Max(0, Math.Min(part, size - (i * part))))];
        int start = 0;
        var results = new List<OnnxValue>();
        foreach (long length in sizes)
        {
            results.Add(Take(call, call.Value(0), axis, start, (int)length, 1));
            start += (int)length;
        }

        return results;
    }

    private static IReadOnlyList<OnnxValue> Pad(OnnxCall call)
    {
        IReadOnlyList<long> pads = call.IntegersOrInput("pads", 1) ?? throw call.Fail(OnnxProblem.Invalid, "has no pads");
        Node x = call.Node(0);
        double value = call.Has(2) ? call.Known(2).Values[0] : call.Number("value", 0);
        IReadOnlyList<long> axes = call.Has(3) ? call.Known(3).Integers : [.. Enumerable.Range(0, x.Shape.Rank).Select(axis => (long)axis)];
        string mode = call.Text("mode", "constant");
        for (int i = 0; i < axes.Count; i++)
        {
            int axis = call.Axis(axes[i], x.Shape.Rank), before = (int)pads[i], after = (int)pads[i + axes.Count];
            if (before == 0 && after == 0) continue;
            int size = call.Size(x.Shape, axis), start = Math.Max(0, -before), cut = Math.Max(0, -after);
            x = call.Graph.Slice(x, axis, start, size - start - cut);
            size -= start + cut;
            before = Math.Max(0, before);
            after = Math.Max(0, after);
            x = mode == "constant" ? Border(call.Graph, x, axis, before, after, value)
                : call.Graph.Concat(axis, [.. Enumerable.Range(-before, before).Select(Copy), x, .. Enumerable.Range(size, after).Select(Copy)]);
            // The row that stands at a position outside.
            Node Copy(int position)
            {
                int from = mode switch
                {
                    "edge" => position < 0 ? 0 : size - 1,
                    "wrap" => ((position % size) + size) % size,
                    "reflect" => Reflected(position, size),
                    _ => throw call.Fail(OnnxProblem.Form, $"has no mapping for the mode '{mode}'"),
                };
                return call.Graph.Slice(x, axis, from, 1);
            }
        }

        return [x];
    }

    private static int Reflected(int position, int size)
    {
        if (size == 1) return 0;
        int period = 2 * (size - 1), inside = ((position % period) + period) % period;
        return inside < size ? inside : period - inside;
    }
}
