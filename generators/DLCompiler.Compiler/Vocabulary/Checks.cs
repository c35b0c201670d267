using System.Globalization;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>Checks that several layers and operations share.</summary>
internal static class Checks
{
    /// <summary>An argument's lower bound.</summary>
    public static void AtLeast(ArgumentSet arguments, string name, int minimum, int fallback = 0)
    {
        int value = arguments.Integer(name, fallback);
        if (arguments.Find(name) is null || value >= minimum) return;
        throw new VocabularyError(DiagnosticIds.InvalidArgument, arguments.OriginOf(name), $"{name} is {Text(value)}; it must be at least {Text(minimum)}");
    }

    /// <summary>An axis, counted from the end where negative, as a position.</summary>
    public static int Axis(ArgumentSet arguments, string name, Shape shape, int fallback = 0)
    {
        int axis = arguments.Integer(name, fallback);
        return InRange(axis, shape.Rank) ?? throw AxisOutside(arguments.OriginOf(name), axis, shape);
    }

    /// <summary>An axis, counted from the end where negative, as a position; null if there is no such axis.</summary>
    public static int? InRange(int axis, int rank) => axis >= -rank && axis < rank ? (axis + rank) % rank : null;

    public static VocabularyError AxisOutside(Origin origin, int axis, Shape shape) =>
        new(DiagnosticIds.InvalidArgument, origin, $"axis {Text(axis)} is outside {shape}, which has {Count(shape.Rank, "axis", "axes")}");

    /// <summary>An input's size that has to be known at compile time.</summary>
    public static long Constant(VocabularyCall call, int axis, string user)
    {
        Dimension size = call.Input.Shape[axis];
        if (size.IsConstant) return size.Value;
        throw new VocabularyError(
            DiagnosticIds.WrongRank,
            call.InputOrigin,
            $"{user} needs dimension {Text(axis)} at compile time, but it is {size} in {call.Input.Shape}");
    }

    /// <summary>Where a kernel goes over an input's height or width: the output's size.</summary>
    public static long Window(ArgumentSet arguments, string name, Origin? use, string what, Shape input, int kernel, int stride, int padding, int dilation)
    {
        long extent = ((long)dilation * (kernel - 1)) + 1;
        long height = input[2].Value + (2L * padding), width = input[3].Value + (2L * padding);
        if (extent > height || extent > width)
        {
            string size = dilation == 1 ? Text(kernel) : $"{Text(kernel)} with dilation {Text(dilation)} ({Text(extent)} wide)";
            throw new VocabularyError(
                DiagnosticIds.KernelDoesNotFit,
                arguments.OriginOf(name),
                $"{what} {size} does not fit the padded input {Text(height)}×{Text(width)}",
                use is null || use == arguments.Origin ? [] : [use]);
        }

        return extent;
    }

    /// <summary>The size after a window of the given extent.</summary>
    public static long Strided(long size, long extent, int stride, int padding) => ((size + (2L * padding) - extent) / stride) + 1;

    /// <summary>A tensor's shape for a message about its features; says so where they come from flattening.</summary>
    public static string Describe(Node node) =>
        node.Operator is Reshape && node.Inputs[0].Shape.Rank > node.Shape.Rank ? $"{node.Inputs[0].Shape} flattened" : node.Shape.ToString();

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Count(long value, string one, string many) => $"{Text(value)} {(value == 1 ? one : many)}";
}
