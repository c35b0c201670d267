using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Resize: along each axis, results are weighted sums of elements, a product with a matrix that is known.</summary>
internal static class OnnxResizing
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["Resize"] = Resize,
    };

    private static IReadOnlyList<OnnxValue> Resize(OnnxCall call)
    {
        if (call.Opset < 11) throw call.Fail(OnnxProblem.Form, "is mapped from version 11 on");
        Node x = call.Node(0);
        int rank = x.Shape.Rank;
        int[] axes = [.. (call.Integers("axes") ?? [.. Enumerable.Range(0, rank)]).Select(axis => call.Axis(axis, rank))];
        double[]? scales = call.Has(2) && call.Known(2).Values is { Count: > 0 } given ? [.. given] : null;
        int[] sizes = scales is null ? [.. call.Known(3).Integers.Select(size => (int)size)]
            : [.. scales.Select((scale, i) => (int)Math.Floor(call.Size(x.Shape, axes[i]) * scale))];
        string policy = call.Text("keep_aspect_ratio_policy", "stretch");
        if (scales is null) scales = [.. sizes.Select((size, i) => (double)size / call.Size(x.Shape, axes[i]))];
        if (!call.Has(2) && policy != "stretch")
        {
            double scale = policy == "not_larger" ? scales.Min() : scales.Max();
            sizes = [.. axes.Select(axis => (int)Math.Floor((scale * call.Size(x.Shape, axis)) + 0.5))];
            scales = [.. scales.Select(_ => scale)];
        }

        for (int i = 0; i < axes.Length; i++)
        {
            int size = call.Size(x.Shape, axes[i]);
            if (size != sizes[i] || scales[i] != 1) x = Along(call, x, axes[i], Weights(call, size, sizes[i], scales[i]));
        }

        return [x];
    }

    // The axis becomes the last one, and the others rows.
    private static Node Along(OnnxCall call, Node x, int axis, OnnxTensor weights)
    {
        int last = x.Shape.Rank - 1;
        Node turned = call.Graph.Transpose(x, axis, last);
        Node rows = call.Graph.Reshape(turned, new Shape(new Shape(turned.Shape.Take(last)).ElementCount, turned.Shape[last]));
        Node product = call.Graph.Add(new Contract(false, true), rows, call.NodeOf(weights));
        return call.Graph.Transpose(call.Graph.Reshape(product, turned.Shape.With(last, weights.Shape[0])), axis, last);
    }

    private static OnnxTensor Weights(OnnxCall call, int size, int wanted, double scale)
    {
        var values = new double[wanted * size];
        for (int result = 0; result < wanted; result++)
        {
            double at = Position(call, result, size, scale);
            List<(int From, double Weight)> taps = Taps(call, at, size, scale);
            if (call.Integer("exclude_outside", 0) != 0) taps = [.. taps.Where(tap => tap.From >= 0 && tap.From < size)];
            double sum = taps.Sum(tap => tap.Weight);

            // Outside, the element at the edge is repeated.
            foreach ((int from, double weight) in taps) values[(result * size) + Math.Max(0, Math.Min(size - 1, from))] += weight / sum;
        }

        return new OnnxTensor(OnnxElement.Float, [wanted, size], values);
    }

    // Where a result lies among the elements.
    private static double Position(OnnxCall call, int result, int size, double scale)
    {
        // Not rounded to a number of elements: the standard counts with it so.
        double wanted = scale * size;
        return call.Text("coordinate_transformation_mode", "half_pixel") switch
        {
            "half_pixel" => ((result + 0.5) / scale) - 0.5,
            "pytorch_half_pixel" => wanted > 1 ? ((result + 0.5) / scale) - 0.5 : 0,
            "asymmetric" => result / scale,
            "align_corners" => wanted != 1 ? result * (size - 1.0) / (wanted - 1) : 0,
            "half_pixel_symmetric" => (size / 2.0 * (1 - (Math.Floor(wanted) / wanted))) + ((result + 0.5) / scale) - 0.5,
            string mode => throw call.Fail(OnnxProblem.Form, $"has no mapping for the coordinates '{mode}'"),
        };
    }

    private static List<(int From, double Weight)> Taps(OnnxCall call, double at, int size, double scale)
    {
        // With antialias a smaller result is a mean over all that it stands for.
        double width = call.Integer("antialias", 0) != 0 && scale < 1 ? 1 / scale : 1;
        switch (call.Text("mode", "nearest"))
        {
            case "nearest":
                return [(Math.Max(0, Math.Min(size - 1, Nearest(call, at))), 1)];
            case "linear":
                return Window(at, width, 1, distance => Math.Max(0, 1 - distance));
            default:
                double a = call.Number("cubic_coeff_a", -0.75);
                return Window(at, width, 2, distance => Cubic(distance, a));
        }
    }

    private static int Nearest(OnnxCall call, double at) => call.Text("nearest_mode", "round_prefer_floor") switch
    {
        "round_prefer_floor" => (int)Math.Ceiling(at - 0.5),
        "round_prefer_ceil" => (int)Math.Floor(at + 0.5),
        "floor" => (int)Math.Floor(at),
        _ => (int)Math.Ceiling(at),
    };

    private static List<(int From, double Weight)> Window(double at, double width, int reach, Func<double, double> weight)
    {
        int first = (int)Math.Ceiling(at - (reach * width)), last = (int)Math.Floor(at + (reach * width));
        return [.. Enumerable.Range(first, last - first + 1).Select(from => (from, weight(Math.Abs(from - at) / width))).Where(tap => tap.Item2 != 0)];
    }

    // Keys, "Cubic convolution interpolation for digital image processing", 1981.
    private static double Cubic(double distance, double a) => distance <= 1
        ? ((((a + 2) * distance) - (a + 3)) * distance * distance) + 1
        : distance < 2 ? (((((distance - 5) * distance) + 8) * distance) - 4) * a : 0;
}
