using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>Views: <c>Flatten</c>, <c>Reshape</c>, <c>Transpose</c>, <c>Permute</c>, <c>Slice</c>; and <c>Concat</c>.</summary>
internal static class Shaping
{
    public static IEnumerable<Operation> Operations =>
    [
        new(Operation.Tensor, "Flatten", Flatten, HasRow: true),
        new(Operation.Tensor, "Reshape", call => Reshape(call, call.Arguments.Sizes("sizes"), call.Arguments), HasRow: true),
        new(Operation.Tensor, "Transpose", Transpose),
        new(Operation.Tensor, "Permute", Permute),
        new(Operation.Tensor, "Slice", Slice),
        new(Operation.Tensor, "Concat", Concat),
    ];

    public static IEnumerable<LayerDefinition> Layers =>
    [
        new("DLCompiler.Flatten", _ => { }, Flatten, HasParameters: false),
        // An attribute can't name the batch: its sizes are those of one sample.
        new(
            "DLCompiler.Reshape",
            _ => { },
            call => Reshape(call, [.. call.Input.Shape.Take(1), .. call.Layer.Arguments.Sizes("sizes")], call.Layer.Arguments),
            HasParameters: false),
    ];

    private static TensorValue Flatten(VocabularyCall call)
    {
        Shape shape = call.Input.Shape;
        if (shape.Rank == 0) throw new VocabularyError(DiagnosticIds.WrongRank, call.InputOrigin, "Flatten expects a batch [N, …] but receives a scalar");
        return new TensorValue(call.Graph.Reshape(call.Input, new Shape(shape[0], new Shape(shape.Skip(1)).ElementCount)));
    }

    private static TensorValue Reshape(VocabularyCall call, IReadOnlyList<Dimension> sizes, ArgumentSet arguments)
    {
        Shape from = call.Input.Shape;
        Dimension inferred = Dimension.Constant(-1);
        for (int axis = 0; axis < sizes.Count; axis++)
        {
            if (!sizes[axis].IsConstant || sizes[axis].Value is > 0 or -1) continue;
            throw new VocabularyError(
                DiagnosticIds.InvalidArgument,
                arguments.OriginOf("sizes"),
                $"a size of a Reshape is {sizes[axis]}; sizes are positive, or -1 for one that is inferred");
        }

        if (sizes.Count(size => size == inferred) > 1)
            throw new VocabularyError(DiagnosticIds.InvalidArgument, arguments.OriginOf("sizes"), "only one size of a Reshape can be -1");
        Dimension known = new Shape(sizes.Where(size => size != inferred)).ElementCount;
        var to = new Shape(sizes);
        if (sizes.Contains(inferred))
        {
            if (!from.ElementCount.TryDivide(known, out Dimension rest))
                throw call.Error(DiagnosticIds.ReshapeCount, $"can't reshape {from} to {to}: {from.ElementCount} elements do not divide by {known}");
            to = new Shape(sizes.Select(size => size == inferred ? rest : size));
        }
        else if (known != from.ElementCount)
        {
            throw call.Error(
                DiagnosticIds.ReshapeCount,
                $"can't reshape {from} to {to}: {from.ElementCount} elements on the left and {known} on the right; use -1 to infer one size");
        }

        return new TensorValue(call.Graph.Reshape(call.Input, to));
    }

    private static TensorValue Transpose(VocabularyCall call)
    {
        Shape shape = call.Input.Shape;
        int first = Checks.Axis(call.Arguments, "axis1", shape), second = Checks.Axis(call.Arguments, "axis2", shape);
        return Permuted(call, [.. Enumerable.Range(0, shape.Rank).Select(axis => axis == first ? second : axis == second ? first : axis)]);
    }

    private static TensorValue Permute(VocabularyCall call)
    {
        Shape shape = call.Input.Shape;
        IReadOnlyList<int> given = call.Arguments.Integers("axes");
        int[] axes =
        [
            .. given.Select((axis, index) => Checks.InRange(axis, shape.Rank) ?? throw Checks.AxisOutside(call.Arguments.OriginOf("axes", index), axis, shape))
        ];
        if (axes.Length != shape.Rank || axes.Distinct().Count() != axes.Length)
        {
            string list = string.Join(", ", given.Select(axis => Checks.Text(axis)));
            throw call.ErrorAt(
                DiagnosticIds.InvalidArgument,
                "axes",
                $"the axes of a Permute of {shape} are each of its {Checks.Count(shape.Rank, "axis", "axes")} once, but are [{list}]");
        }

        return Permuted(call, axes);
    }

    private static TensorValue Permuted(VocabularyCall call, int[] axes) =>
        new(axes.SequenceEqual(Enumerable.Range(0, axes.Length)) ? call.Input : call.Graph.Add(new Permute(axes.ToEquatableArray()), call.Input));

    private static TensorValue Slice(VocabularyCall call)
    {
        Shape shape = call.Input.Shape;
        int axis = Checks.Axis(call.Arguments, "axis", shape);
        if (!shape[axis].IsConstant)
        {
            throw call.ErrorAt(
                DiagnosticIds.Unsupported,
                "axis",
                $"can't slice axis {Checks.Text(axis)} of {shape}: its size {shape[axis]} is known at run time only. Slice another axis");
        }

        int start = call.Arguments.Integer("start"), length = call.Arguments.Integer("length");
        long size = shape[axis].Value;
        if (start < 0 || start > size)
        {
            throw call.ErrorAt(
                DiagnosticIds.InvalidArgument,
                "start",
                $"start {Checks.Text(start)} is outside dimension {Checks.Text(axis)} of {shape}, which is {Checks.Text(size)}");
        }
        if (length < 1 || start + (long)length > size)
        {
            throw call.ErrorAt(
                DiagnosticIds.InvalidArgument,
                "length",
                $"{Checks.Text(length)} elements from {Checks.Text(start)} do not fit dimension {Checks.Text(axis)} of {shape}, which is {Checks.Text(size)}");
        }

        return new TensorValue(length == size ? call.Input : call.Graph.Add(new Slice(axis, start, length, 1), call.Input));
    }

    private static TensorValue Concat(VocabularyCall call)
    {
        IReadOnlyList<Node> tensors = call.Arguments.Tensors("tensors");
        if (tensors.Count == 0) throw call.Error(DiagnosticIds.Concat, "can't concatenate no tensors");
        Shape first = tensors[0].Shape;
        int axis = Checks.Axis(call.Arguments, "axis", first);
        for (int index = 1; index < tensors.Count; index++)
        {
            Shape other = tensors[index].Shape;
            Origin origin = call.Arguments.OriginOf("tensors", index);
            string start = $"can't concatenate {first} and {other} along axis {Checks.Text(axis)}: ";
            if (other.Rank != first.Rank)
                throw new VocabularyError(DiagnosticIds.Concat, origin, $"{start}they have {Checks.Text(first.Rank)} and {Checks.Text(other.Rank)} axes");
            for (int position = 0; position < first.Rank; position++)
            {
                if (position == axis || first[position] == other[position]) continue;
                throw new VocabularyError(
                    DiagnosticIds.Concat, origin, $"{start}dimension {Checks.Text(position)} is {first[position]} in the first and {other[position]} here");
            }
        }

        return new TensorValue(tensors.Count == 1 ? tensors[0] : call.Graph.Add(new Concat(axis), tensors));
    }
}
