using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
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
        throw Wrong(arguments, name, $"is {Text(value)}; it must be at least {Text(minimum)}");
    }

    /// <summary>A size that 0 stands for where it is left out.</summary>
    public static void Optional(ArgumentSet arguments, string name)
    {
        int value = arguments.Integer(name);
        if (value < 0) throw Wrong(arguments, name, $"is {Text(value)}; it must be at least 1, or omit it");
    }

    /// <summary>An argument that is wrong whatever the tensors are.</summary>
    public static VocabularyError Wrong(ArgumentSet arguments, string name, string what) =>
        new(DiagnosticIds.InvalidArgument, arguments.OriginOf(name), $"{name} {what}")
        {
            Tensors = [],
            IsFixed = arguments.Find(name) is { IsDefault: false, IsConstant: true },
        };

    /// <summary>A number as users write it.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>An axis, counted from the end where negative, as a position.</summary>
    public static int Axis(ArgumentSet arguments, string name, Shape shape, int fallback = 0)
    {
        int axis = arguments.Integer(name, fallback);
        return InRange(axis, shape.Rank) ?? throw AxisOutside(arguments.OriginOf(name), axis, shape);
    }

    /// <summary>An axis, counted from the end where negative, as a position; null if there is no such axis.</summary>
    public static int? InRange(int axis, int rank) => axis >= -rank && axis < rank ? (axis + rank) % rank : null;

    public static VocabularyError AxisOutside(Origin origin, int axis, Shape shape) =>
        new(
            DiagnosticIds.InvalidArgument,
            origin,
            shape.Rank == 0
                ? $"axis {Text(axis)} is outside a scalar, which has no axes"
                : $"axis {Text(axis)} is outside {shape}, which has {Count(shape.Rank, "axis", "axes")}; use {Range(shape.Rank)}, or -1 for the last");

    /// <summary>The positions of something with a length, as a person lists them: <c>0 or 1</c>, <c>0 to 3</c>.</summary>
    public static string Range(long length) => length switch
    {
        1 => "0",
        2 => "0 or 1",
        _ => $"0 to {Text(length - 1)}",
    };

    /// <summary>A shape in a sentence.</summary>
    public static string Name(Shape shape) => shape.Rank == 0 ? "a scalar" : shape.ToString();

    /// <summary>What gives a tensor of single numbers an axis of features.</summary>
    public static string AddAxis(Shape shape) => shape.Rank == 1 ? $"; Reshape it to [{shape[0]}, 1] before" : "";

    /// <summary>The numbers that divide both, as a person lists them: <c>1, 2 or 4</c>.</summary>
    public static string CommonDivisors(long first, long second)
    {
        List<string> divisors = [];
        for (long candidate = 1; candidate <= Math.Min(first, second) && divisors.Count < 8; candidate++)
        {
            if (first % candidate == 0 && second % candidate == 0) divisors.Add(Text(candidate));
        }

        return divisors.Count == 1 ? divisors[0] : string.Join(", ", divisors.Take(divisors.Count - 1)) + " or " + divisors[divisors.Count - 1];
    }

    /// <summary>The facts of a count that does not divide two sizes: the next smaller one that does.</summary>
    public static EquatableArray<DiagnosticProperty> Divisor(string argument, int count, long first, long second)
    {
        long right = count - 1;
        while (right > 1 && (first % right != 0 || second % right != 0)) right--;
        return DiagnosticProperty.List((DiagnosticProperties.Argument, argument), (DiagnosticProperties.RightSize, Text(right)));
    }

    /// <summary>An input's size that has to be known at compile time.</summary>
    public static long Constant(VocabularyCall call, int axis, string user)
    {
        Dimension size = call.Input.Shape[axis];
        if (size.IsConstant) return size.Value;
        throw call.ErrorAtInput(
            DiagnosticIds.WrongRank,
            $"{user} needs dimension {Text(axis)} of {call.Input.Shape} at compile time, but it is {size}, which is known at run time only; "
                + "give it a constant size, or move it to another dimension by Transpose");
    }

    /// <summary>Checks that a kernel fits an input's height and width, or its length.</summary>
    /// <param name="mostPadding">The largest padding that may be recommended.</param>
    public static void Window(
        ArgumentSet arguments, string name, Origin? use, string what, Shape input, int kernel, int padding, int dilation, int mostPadding)
    {
        long extent = ((long)dilation * (kernel - 1)) + 1;
        long[] sizes = [.. input.Skip(2).Select(dimension => dimension.Value + (2L * padding))];
        long smaller = sizes.Min();
        if (extent > smaller)
        {
            long largest = ((smaller - 1) / dilation) + 1, needed = padding + ((extent - smaller + 1) / 2);
            string advice = needed <= mostPadding ? $"Use at most {Text(largest)}, or padding: {Text(needed)}" : $"Use at most {Text(largest)}";
            string size = dilation == 1 ? Text(kernel) : $"{Text(kernel)} with dilation {Text(dilation)} ({Text(extent)} wide)";
            throw new VocabularyError(
                DiagnosticIds.KernelDoesNotFit,
                arguments.OriginOf(name),
                $"{what} {size} does not fit the padded input {string.Join("×", sizes.Select(Text))} of {input}. {advice}",
                use is null || use == arguments.Origin ? [] : [use])
            {
                Properties = needed <= mostPadding
                    ? DiagnosticProperty.List(
                        (DiagnosticProperties.Argument, name), (DiagnosticProperties.RightSize, Text(largest)), (DiagnosticProperties.Padding, Text(needed)))
                    : DiagnosticProperty.List((DiagnosticProperties.Argument, name), (DiagnosticProperties.RightSize, Text(largest))),
            };
        }
    }

    /// <summary>The size after a window of the given extent.</summary>
    public static long Strided(long size, long extent, int stride, int padding) => ((size + (2L * padding) - extent) / stride) + 1;

    /// <summary>A tensor's shape for a message about its features; says so where they come from flattening.</summary>
    public static string Describe(Node node) =>
        node.Operator is Reshape && node.Inputs[0].Shape.Rank > node.Shape.Rank ? $"{node.Inputs[0].Shape} flattened" : node.Shape.ToString();

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Count(long value, string one, string many) => $"{Text(value)} {(value == 1 ? one : many)}";
}
