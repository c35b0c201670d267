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
        new(Operation.Tensor, "Reshape", call => Reshape(call, call.Arguments.Sizes("sizes")), HasRow: true),
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
            call => Reshape(call, [.. call.Input.Shape.Take(1), .. call.Layer.Arguments.Sizes("sizes")]),
            HasParameters: false),
    ];

    private static TensorValue Flatten(VocabularyCall call)
    {
        Shape shape = call.Input.Shape;
        if (shape.Rank == 0) throw call.ErrorAtInput(DiagnosticIds.WrongRank, "Flatten expects a batch [N, …] but receives a scalar; leave it out");
        return new TensorValue(call.Graph.Reshape(call.Input, new Shape(shape[0], new Shape(shape.Skip(1)).ElementCount)));
    }

    private static TensorValue Reshape(VocabularyCall call, IReadOnlyList<Dimension> sizes)
    {
        Shape from = call.Input.Shape;
        Dimension inferred = Dimension.Constant(-1);
        for (int axis = 0; axis < sizes.Count; axis++)
        {
            if (!sizes[axis].IsConstant || sizes[axis].Value is > 0 or -1) continue;
            throw WrongSize(call, sizes, axis, $"size {Checks.Text(axis)} of a Reshape is {sizes[axis]}; sizes are positive, or -1 for one that is inferred");
        }

        List<int> open = [.. Enumerable.Range(0, sizes.Count).Where(axis => sizes[axis] == inferred)];
        if (open.Count > 1) throw WrongSize(call, sizes, open[1], "only one size of a Reshape can be -1; write the others as numbers");
        Dimension known = new Shape(sizes.Where(size => size != inferred)).ElementCount;
        var to = new Shape(sizes);
        if (sizes.Contains(inferred))
        {
            if (!from.ElementCount.TryDivide(known, out Dimension rest))
            {
                VocabularyError error = call.Error(
                    DiagnosticIds.ReshapeCount,
                    $"can't reshape {from} to {to}: {from.ElementCount} elements do not divide by {known}. {ReshapeAdvice(from, sizes)}",
                    ReshapeFacts(call, from, sizes));
                throw SizeRequirement.For(from.ElementCount, known, call.Origin, error) is { } requirement && call.Function.CanRequire(requirement)
                    ? requirement : error;
            }

            to = new Shape(sizes.Select(size => size == inferred ? rest : size));
        }
        else if (known != from.ElementCount)
        {
            throw call.Error(
                DiagnosticIds.ReshapeCount,
                $"can't reshape {from} to {to}: {from.ElementCount} elements on the left and {known} on the right. {ReshapeAdvice(from, sizes)}",
                ReshapeFacts(call, from, sizes));
        }

        return new TensorValue(call.Graph.Reshape(call.Input, to));
    }

    // Where a size stands: sizes of an attribute are those after the batch.
    private static VocabularyError WrongSize(VocabularyCall call, IReadOnlyList<Dimension> sizes, int axis, string message)
    {
        ArgumentSet arguments = call.IsInChain ? call.Layer.Arguments : call.Arguments;
        int written = arguments.Find("sizes")?.Value is ListValue list ? axis - (sizes.Count - list.Items.Count) : axis;
        return new VocabularyError(DiagnosticIds.InvalidArgument, arguments.OriginOf("sizes", written), message) { Tensors = [] };
    }

    private static string ReshapeAdvice(Shape from, IReadOnlyList<Dimension> sizes)
    {
        if (from.Rank == 0 || from[0].IsConstant) return "Use -1 to infer one size";
        Dimension batch = from[0], sample = new Shape(from.Skip(1)).ElementCount;
        Dimension inferred = Dimension.Constant(-1);
        if (sizes.Count > 0 && sizes[0] != batch)
        {
            // The batch is missing, or stands there as a number or as -1.
            Dimension all = new Shape(sizes.Where(size => size != inferred)).ElementCount, rest = new Shape(sizes.Skip(1)).ElementCount;
            string? tail = all == sample ? string.Join(", ", sizes.Where(size => size != inferred)) : rest == sample ? string.Join(", ", sizes.Skip(1)) : null;
            if (tail is not null) return $"The batch comes first: Reshape(x.Shape[0], {tail})";
            if (sizes[0] == inferred && WrongSize(from, [batch, .. sizes.Skip(1)]) is var (wrong, better)) return $"Use {better} instead of {sizes[wrong]}";
        }
        else
        {
            if (WrongSize(from, sizes) is var (axis, right)) return $"Use {right} instead of {sizes[axis]}, or -1 to infer it";
            if (Split(from, sizes) is { } split) return split;
        }

        return $"The sizes after the batch have {sample} elements together";
    }

    // The last axis is cut into parts, as the features are into heads: [N, 10, 64] to [N, 10, 12, 5].
    private static string? Split(Shape from, IReadOnlyList<Dimension> sizes)
    {
        int last = from.Rank - 1;
        if (sizes.Count != from.Rank + 1 || !from.Take(last).SequenceEqual(sizes.Take(last)) || !from[last].IsConstant || !sizes[last].IsConstant) return null;
        long whole = from[last].Value, parts = sizes[last].Value;
        return whole % parts == 0
            ? null
            : $"{Checks.Text(parts)} does not divide dimension {Checks.Text(last)}, which is {Checks.Text(whole)}; use {Checks.CommonDivisors(whole, whole)}";
    }

    // One size that would be right if the others are, and what it would be; the last one is changed first.
    private static (int Axis, Dimension Right)? WrongSize(Shape from, IReadOnlyList<Dimension> sizes)
    {
        if (sizes.Any(size => size == Dimension.Constant(-1))) return null;
        Dimension sample = new Shape(from.Skip(1)).ElementCount;
        for (int axis = sizes.Count - 1; axis > 0; axis--)
        {
            Dimension others = new Shape(sizes.Skip(1).Where((_, index) => index != axis - 1)).ElementCount;
            if (sample.TryDivide(others, out Dimension right)) return (axis, right);
        }

        return null;
    }

    private static (string Name, string Value)[] ReshapeFacts(VocabularyCall call, Shape from, IReadOnlyList<Dimension> sizes) =>
        from.Rank > 0 && sizes.Count > 0 && sizes[0] == from[0] && WrongSize(from, sizes) is ({ } axis, { IsConstant: true } right)
            // The sizes of an attribute are those after the batch.
            ? [(DiagnosticProperties.Element, Checks.Text(call.IsInChain ? axis - 1 : axis)), (DiagnosticProperties.RightSize, right.ToString())]
            : [];

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
        (int axis, int size) = Axes.Constant(call, "slice");
        Checks.AtLeast(call.Arguments, "step", 1, fallback: 1);
        int start = call.Arguments.Integer("start"), length = call.Arguments.Integer("length"), step = call.Arguments.Integer("step", 1);
        if (start < 0 || start >= size)
        {
            throw call.ErrorAt(
                DiagnosticIds.InvalidArgument,
                "start",
                $"start {Checks.Text(start)} is outside dimension {Checks.Text(axis)} of {shape}, which is {Checks.Text(size)}; use {Checks.Range(size)}");
        }
        if (length < 1 || start + ((length - 1) * (long)step) >= size)
        {
            throw call.ErrorAt(
                DiagnosticIds.InvalidArgument,
                "length",
                length < 1
                    ? $"length is {Checks.Text(length)}; it must be at least 1"
                    : $"{Checks.Text(length)} elements from {Checks.Text(start)}{(step == 1 ? "" : $" in steps of {Checks.Text(step)}")} do not fit dimension {Checks.Text(axis)} of {shape}, which is "
                        + $"{Checks.Text(size)}; use a length of at most {Checks.Text(((size - 1 - start) / step) + 1)}");
        }

        return new TensorValue(call.Graph.Slice(call.Input, axis, start, length, step));
    }

    private static TensorValue Concat(VocabularyCall call)
    {
        IReadOnlyList<Node> tensors = call.Arguments.Tensors("tensors");
        if (tensors.Count == 0) throw call.Error(DiagnosticIds.Concat, "can't concatenate no tensors; give it at least one");
        Shape first = tensors[0].Shape;
        int axis = Checks.Axis(call.Arguments, "axis", first);
        for (int index = 1; index < tensors.Count; index++)
        {
            Shape other = tensors[index].Shape;
            if (Misfit(first, other, axis) is not { } misfit) continue;
            throw new VocabularyError(
                DiagnosticIds.Concat,
                call.Arguments.OriginOf("tensors", index),
                $"can't concatenate {first} and {other} along axis {Checks.Text(axis)}: {misfit}",
                call.Arguments.OriginOf("tensors", 0))
            {
                Tensors = [tensors[0], tensors[index]],
                Properties = Fitting(first, other) is { } fitting
                    ? DiagnosticProperty.List((DiagnosticProperties.Argument, "axis"), (DiagnosticProperties.RightSize, Checks.Text(fitting)))
                    : [],
            };
        }

        return new TensorValue(tensors.Count == 1 ? tensors[0] : call.Graph.Add(new Concat(axis), tensors));
    }

    // Why two tensors can't be joined along an axis, and what helps; null if they can.
    private static string? Misfit(Shape first, Shape other, int axis)
    {
        if (other.Rank != first.Rank)
            return $"they have {Checks.Text(first.Rank)} and {Checks.Text(other.Rank)} axes. Flatten or Reshape one of them before";
        List<int> wrong = [.. Enumerable.Range(0, first.Rank).Where(position => first[position] != other[position])];
        if (wrong.All(position => position == axis)) return null;
        int worst = wrong.First(position => position != axis);
        string what = $"dimension {Checks.Text(worst)} is {first[worst]} in the first and {other[worst]} here";
        if (wrong.Count == 1) return $"{what}. Along axis {Checks.Text(worst)} they fit";
        return $"{what}. {Cut(first, other, axis, wrong) ?? $"All dimensions but {Checks.Text(axis)} must be equal"}";
    }

    // Images that differ by what pools and strides rounded away: a U-Net's.
    private static string? Cut(Shape first, Shape other, int axis, List<int> wrong)
    {
        if (first.Rank != 4 || axis != 1 || wrong.Contains(0)) return null;
        bool firstIsLarger = first[2].Value + first[3].Value > other[2].Value + other[3].Value;
        (Shape larger, Shape smaller) = firstIsLarger ? (first, other) : (other, first);
        List<int> sides = [.. wrong.Where(side => side != axis)];
        if (sides.Any(side => larger[side].Value <= smaller[side].Value || larger[side].Value >= 2 * smaller[side].Value)) return null;
        return $"Slice the {(firstIsLarger ? "first" : "other")} one: {string.Join(".", sides.Select(side => $"Slice({Checks.Text(side)}, 0, {smaller[side]})"))}";
    }

    // The only axis along which two tensors can be joined.
    private static int? Fitting(Shape first, Shape other)
    {
        if (other.Rank != first.Rank) return null;
        List<int> wrong = [.. Enumerable.Range(0, first.Rank).Where(position => first[position] != other[position])];
        return wrong.Count == 1 ? wrong[0] : null;
    }
}
