using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>Elements by number, their sums, orders and one-hot codes.</summary>
internal static class Picking
{
    public static IEnumerable<Operation> Operations =>
    [
        new(Operation.Tensor, "Gather", Gather),
        new(Operation.Tensor, "ScatterAdd", ScatterAdd),
        new(Operation.Tensor, "IndexSelect", IndexSelect),
        new(Operation.Tensor, "TopK", TopK),
        new(Operation.Tensor, "Sort", call => new TensorValue(call.Graph.Add(new TakeAlong(Order(call, out Node order)), call.Input, order))),
        new(Operation.Tensor, "ArgSort", call =>
        {
            Order(call, out Node order);
            return new TensorValue(order);
        }),
        new(Operation.Indices, "OneHot", OneHot),
    ];

    private static TensorValue Gather(VocabularyCall call)
    {
        (int axis, _) = Axes.Constant(call, "gather from", fallback: 0);
        Node ids = call.Arguments.Tensor("ids");
        RequireBeside(call, ids.Shape, call.Input.Shape, axis, "the tensor");
        return new TensorValue(call.Graph.Add(new TakeAlong(axis), call.Input, ids));
    }

    private static TensorValue ScatterAdd(VocabularyCall call)
    {
        (int axis, int size) = Axes.Constant(call, "scatter into");
        Node ids = call.Arguments.Tensor("ids"), values = call.Arguments.Tensor("values");
        RequireBeside(call, ids.Shape, call.Input.Shape, axis, "the tensor");
        if (values.Shape != ids.Shape)
        {
            throw call.ErrorAt(
                DiagnosticIds.WrongRank, "values", $"the values of a ScatterAdd have the shape of the ids, {ids.Shape}, but are {values.Shape}; give one for each id");
        }

        return new TensorValue(call.Graph.Add(call.Input, call.Graph.Add(new AddAlong(axis, size), ids, values)));
    }

    // Equal but along the axis.
    private static void RequireBeside(VocabularyCall call, Shape ids, Shape shape, int axis, string what)
    {
        string? wrong = ids.Rank != shape.Rank
            ? $"{Checks.Count(ids.Rank, "axis", "axes")} instead of {Checks.Text(shape.Rank)}"
            : Operands.FirstDifference(ids.With(axis, shape[axis]), shape) is >= 0 and var other
                ? $"dimension {Checks.Text(other)} is {ids[other]} instead of {shape[other]}"
                : null;
        if (wrong is not null)
        {
            throw call.ErrorAt(
                DiagnosticIds.WrongRank,
                "ids",
                $"the ids {ids} don't fit {what} {shape}: {wrong}. Only dimension {Checks.Text(axis)} may differ; use IndexSelect where all share the ids");
        }
    }

    private static TensorValue IndexSelect(VocabularyCall call)
    {
        (int axis, _) = Axes.Constant(call, "select from");
        Node ids = call.Arguments.Tensor("ids");
        if (ids.Shape.Rank != 1 || !ids.Shape[0].IsConstant)
        {
            throw call.ErrorAt(
                DiagnosticIds.WrongRank,
                "ids",
                $"the ids of an IndexSelect are a vector of constant length, but are {Checks.Name(ids.Shape)}; use Gather where each sample has ids of its own");
        }

        Dimension[] sizes = [.. Enumerable.Range(0, call.Input.Shape.Rank).Select(other => other == axis ? ids.Shape[0] : Dimension.One)];
        return new TensorValue(call.Graph.Add(new TakeAlong(axis), call.Input, call.Graph.Reshape(ids, new Shape(sizes))));
    }

    private static object TopK(VocabularyCall call)
    {
        (int axis, int size) = Axes.Constant(call, "order", fallback: -1);
        int count = call.Arguments.Integer("count");
        if (count < 1 || count > size)
        {
            throw call.ErrorAt(
                DiagnosticIds.InvalidArgument,
                "count",
                $"count is {Checks.Text(count)}, and dimension {Checks.Text(axis)} of {call.Input.Shape} has {Checks.Text(size)} elements; use 1 to {Checks.Text(size)}");
        }

        Node order = call.Graph.Add(new ArgSort(axis, call.Arguments.Flag("largest", true), count), call.Input);
        Node values = call.Graph.Add(new TakeAlong(axis), call.Input, order);
        call.Function.Trail.Add(values, call, "TopK");
        return new TupleValue([new TensorValue(values), new TensorValue(order)]);
    }

    private static int Order(VocabularyCall call, out Node order)
    {
        (int axis, int size) = Axes.Constant(call, "sort", fallback: -1);
        order = call.Graph.Add(new ArgSort(axis, call.Arguments.Flag("descending", false), size), call.Input);
        return axis;
    }

    private static TensorValue OneHot(VocabularyCall call)
    {
        Checks.AtLeast(call.Arguments, "classes", 1);
        return new TensorValue(call.Graph.OneHot(call.Input, call.Arguments.Integer("classes"), ElementType.Float32));
    }
}
