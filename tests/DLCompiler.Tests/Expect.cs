using System;
using System.Globalization;
using System.Linq;
using Xunit;

namespace DLCompiler.Tests;

/// <summary>Compares tensors with literal figures.</summary>
internal static class Expect
{
    /// <summary>Nine digits are given, and float32 operations may be off by a few units in the last place.</summary>
    private const double SingleTolerance = 1e-6;

    private const double DoubleTolerance = 6e-9;

    /// <summary>Checks shape and elements, given as text: <c>[2, 2] 1 2 3 4</c>.</summary>
    public static void Tensor(string expected, Tensor actual) => Matches(
        expected,
        actual.Shape,
        Array.ConvertAll(actual.ToArray(), value => (double)value),
        SingleTolerance);

    /// <inheritdoc cref="Tensor(string, DLCompiler.Tensor)"/>
    public static void Tensor(string expected, Tensor<double> actual) => Matches(expected, actual.Shape, actual.ToArray(), DoubleTolerance);

    /// <summary>Checks the operation in both precisions.</summary>
    public static void Both(string expected, Tensor single, Tensor<double> precise)
    {
        Tensor(expected, single);
        Tensor(expected, precise);
    }

    /// <summary>Checks that the shapes don't fit and that the message says all of the given parts.</summary>
    public static void Mismatch(Func<object> action, params string[] parts)
    {
        var exception = Assert.Throws<ShapeMismatchException>(action);
        foreach (string part in parts) Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    public static double[] Numbers(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    private static double Number(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static void Matches(string expected, TensorShape shape, double[] actual, double tolerance)
    {
        int end = expected.IndexOf(']', StringComparison.Ordinal) + 1;
        Assert.Equal(expected[..end], shape.ToString());
        double[] figures = Numbers(expected[end..]);
        Assert.Equal(figures.Length, actual.Length);
        for (int index = 0; index < figures.Length; index++)
        {
            bool close = figures[index].Equals(actual[index]) || Math.Abs(figures[index] - actual[index]) <= tolerance * Math.Max(1, Math.Abs(figures[index]));
            Assert.True(close, $"element {index} is {actual[index]:R}, not {figures[index]:R}");
        }
    }
}
