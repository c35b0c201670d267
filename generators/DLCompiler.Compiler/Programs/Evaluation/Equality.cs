using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>C#'s <c>==</c> on compile-time values.</summary>
internal static class Equality
{
    /// <summary>Whether two values are equal.</summary>
    /// <exception cref="EvaluationFault">It depends on a size that is known at run time only.</exception>
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (SizeValue a, _) => Sizes(a.Dimension, right),
        (_, SizeValue b) => Sizes(b.Dimension, left),
        (ShapeValue a, ShapeValue b) => AreEqual(a.Shape, b.Shape),
        (bool a, bool b) => a == b,
        (string a, string b) => a == b,
        (EnumValue a, EnumValue b) => a == b,
        (float a, float b) => a == b,
        (TensorValue, TensorValue) => throw new EvaluationFault(
            DiagnosticIds.Unsupported, "a comparison of tensors is one of objects, not of their elements, and can't be compiled; compare their shapes"),
        (TupleValue a, TupleValue b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items, AreEqual).All(equal => equal),
        (int or long, int or long) => System.Convert.ToInt64(left, CultureInfo.InvariantCulture) == System.Convert.ToInt64(right, CultureInfo.InvariantCulture),
        (int or long or float or double, int or long or float or double) =>
            System.Convert.ToDouble(left, CultureInfo.InvariantCulture) == System.Convert.ToDouble(right, CultureInfo.InvariantCulture),
        (ScalarValue, _) or (_, ScalarValue) => throw Arithmetic.Undecided("'=='"),
        _ => ReferenceEquals(left, right),
    };

    /// <summary>Whether two shapes are equal.</summary>
    /// <exception cref="EvaluationFault">It depends on a size that is known at run time only.</exception>
    public static bool AreEqual(Shape left, Shape right)
    {
        if (left == right) return true;
        if (left.Rank != right.Rank) return false;
        for (int axis = 0; axis < left.Rank; axis++)
        {
            if ((left[axis] - right[axis]) is { IsConstant: true, Value: not 0 }) return false;
        }

        throw Arithmetic.Undecided($"{left} == {right}");
    }

    private static bool Sizes(Dimension size, object? other)
    {
        Dimension? second = other switch
        {
            SizeValue value => value.Dimension,
            int value => Dimension.Constant(value),
            long value => Dimension.Constant(value),
            _ => null,
        };
        if (second is null) throw Arithmetic.Undecided("'=='");
        Dimension difference = size - second;
        return difference.IsConstant ? difference.Value == 0 : throw Arithmetic.Undecided($"{size} == {second}");
    }
}
