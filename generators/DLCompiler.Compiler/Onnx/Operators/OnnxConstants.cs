using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using static DLCompiler.Compiler.Onnx.Operators.OnnxElementwise;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Values that depend on shapes and attributes only, conversions of element types, and what does nothing in predictions.</summary>
internal static class OnnxConstants
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["Constant"] = Constant,
        ["ConstantOfShape"] = ConstantOfShape,
        ["Identity"] = call => [call.Value(0)],
        ["Shape"] = ShapeOf,
        ["Size"] = Count,
        ["Range"] = Range,
        ["EyeLike"] = EyeLike,
        ["Trilu"] = Triangle,
        ["Cast"] = call => Convert(call, (OnnxElement)call.Integer("to", 0)),
        ["CastLike"] = CastLike,
        ["Dropout"] = Dropout,
    };

    private static IReadOnlyList<OnnxValue> Constant(OnnxCall call)
    {
        if (call.Attribute("value")?.Tensor is { } tensor) return [tensor];
        if (call.Attribute("value_float")?.Number is { } number) return [Scalar(OnnxElement.Float, number)];
        if (call.Attribute("value_int")?.Integer is { } integer) return [Scalar(OnnxElement.Int64, integer)];
        if (call.Attribute("value_ints")?.Integers is { } integers) return [OnnxTensor.Of(integers)];
        if (call.Attribute("value_floats")?.Numbers is { } numbers) return [new OnnxTensor(OnnxElement.Float, [numbers.Count], numbers)];
        throw call.Fail(OnnxProblem.Form, "has a value that is neither a tensor nor numbers");
    }

    private static OnnxTensor Scalar(OnnxElement element, double value) => new(element, [], [value]);

    private static IReadOnlyList<OnnxValue> ConstantOfShape(OnnxCall call)
    {
        int[] shape = [.. call.Known(0).Integers.Select(size => (int)size)];
        OnnxTensor value = call.Attribute("value")?.Tensor ?? Scalar(OnnxElement.Float, 0);
        return [new OnnxTensor(value.Element, shape, [.. Enumerable.Repeat(value.Values[0], shape.Aggregate(1, (count, size) => count * size))])];
    }

    private static IReadOnlyList<OnnxValue> ShapeOf(OnnxCall call)
    {
        Shape shape = call.ShapeOf(0);
        int Bound(long position) => (int)Math.Max(0, Math.Min(shape.Rank, position < 0 ? position + shape.Rank : position));
        int start = Bound(call.Integer("start", 0)), end = Bound(call.Integer("end", shape.Rank));
        return [OnnxTensor.Of(Enumerable.Range(start, Math.Max(0, end - start)).Select(axis => (long)call.SizeOrBatch(shape, axis)))];
    }

    private static IReadOnlyList<OnnxValue> Count(OnnxCall call)
    {
        Shape shape = call.ShapeOf(0);
        return [Scalar(OnnxElement.Int64, Enumerable.Range(0, shape.Rank).Aggregate(1L, (count, axis) => count * call.Size(shape, axis)))];
    }

    private static IReadOnlyList<OnnxValue> Range(OnnxCall call)
    {
        OnnxTensor start = call.Known(0);
        double first = start.Values[0], limit = call.Known(1).Values[0], delta = call.Known(2).Values[0];
        int count = (int)Math.Max(0, Math.Ceiling((limit - first) / delta));
        return [new OnnxTensor(start.Element, [count], [.. Enumerable.Range(0, count).Select(i => first + (i * delta))])];
    }

    private static IReadOnlyList<OnnxValue> EyeLike(OnnxCall call)
    {
        Shape shape = call.ShapeOf(0);
        long k = call.Integer("k", 0);
        var element = (OnnxElement)call.Integer("dtype", (long)OnnxElement.Float);
        int rows = call.Size(shape, 0), columns = call.Size(shape, 1);
        return [new OnnxTensor(element, [rows, columns], [.. Enumerable.Range(0, rows * columns).Select(i => (i % columns) - (i / columns) == k ? 1.0 : 0)])];
    }

    private static IReadOnlyList<OnnxValue> Triangle(OnnxCall call)
    {
        double k = call.Has(1) ? call.Known(1).Values[0] : 0;
        Node x = call.Node(0);
        int rank = x.Shape.Rank;
        Node row = Numbers(rank - 2), column = Numbers(rank - 1);
        Comparison comparison = call.Integer("upper", 1) != 0 ? Comparison.GreaterOrEqual : Comparison.LessOrEqual;
        ScalarExpression isInside = new ScalarExpression.Compare(comparison, Z - Y, k);
        return [call.Graph.Map(x.Type.Element == ElementType.Bool ? new ScalarExpression.Binary(BinaryFunction.And, X, isInside)
            : new ScalarExpression.Select(isInside, X, 0), x, row, column)];

        Node Numbers(int axis) => call.Graph.BroadcastAlong(
            call.NodeOf(OnnxTensor.Of(Enumerable.Range(0, call.Size(x.Shape, axis)).Select(i => (long)i))), x.Shape, [axis]);
    }

    private static IReadOnlyList<OnnxValue> CastLike(OnnxCall call)
    {
        return Convert(call, ElementOf(call.Value(1)));
    }

    // Numbers lose their fraction as integers; as truth values everything but zero is true.
    private static IReadOnlyList<OnnxValue> Convert(OnnxCall call, OnnxElement element)
    {
        OnnxValue value = call.Value(0);
        bool isFloat = value.Tensor is { } tensor ? tensor.Element is OnnxElement.Float or OnnxElement.Double : value.Node!.Type.Element == ElementType.Float32;
        ScalarExpression expression = element switch
        {
            OnnxElement.Bool => IsBool(value) ? X : new ScalarExpression.Compare(Comparison.NotEqual, X, 0),
            OnnxElement.Int32 or OnnxElement.Int64 or OnnxElement.Float when IsBool(value) => new ScalarExpression.Select(X, 1, 0),
            OnnxElement.Int32 or OnnxElement.Int64 when isFloat => ScalarFunctions.Truncate(X),
            OnnxElement.Int32 or OnnxElement.Int64 or OnnxElement.Float => X,
            OnnxElement.Double when value.Tensor is not null => X,
            _ => throw call.Fail(OnnxProblem.Element, $"converts to {element}, which has no counterpart"),
        };
        return Map(call, expression, element, value);
    }

    private static IReadOnlyList<OnnxValue> Dropout(OnnxCall call)
    {
        // A mode of version 12 and later; before, models are for predictions.
        bool isTraining = call.Has(2) && call.Known(2).Values[0] != 0;
        double ratio = call.Has(1) ? call.Known(1).Values[0] : call.Number("ratio", 0.5);
        if (isTraining && ratio != 0) throw call.Fail(OnnxProblem.Form, "is random in training");
        Node x = call.Node(0);
        return call.Wants(1) ? [x, call.Graph.Constant(1, new TensorType(ElementType.Bool, x.Shape))] : [x];
    }
}
