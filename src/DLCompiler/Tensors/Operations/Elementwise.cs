using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Operations on each element, or on each pair of elements of two arrays that broadcast.</summary>
internal static class Elementwise
{
    public static DenseArray<T> Add<T>(DenseArray<T> left, DenseArray<T> right)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Combine(left, right, "add", (a, b) => a + b);

    public static DenseArray<T> Subtract<T>(DenseArray<T> left, DenseArray<T> right)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Combine(left, right, "subtract", (a, b) => a - b);

    public static DenseArray<T> Multiply<T>(DenseArray<T> left, DenseArray<T> right)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Combine(left, right, "multiply", (a, b) => a * b);

    public static DenseArray<T> Divide<T>(DenseArray<T> left, DenseArray<T> right)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Combine(left, right, "divide", (a, b) => a / b);

    public static DenseArray<T> Maximum<T>(DenseArray<T> left, DenseArray<T> right)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Combine(left, right, "take the maximum of", T.Max);

    public static DenseArray<T> Minimum<T>(DenseArray<T> left, DenseArray<T> right)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Combine(left, right, "take the minimum of", T.Min);

    public static DenseArray<T> Relu<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Max(T.Zero, value));

    // A NaN fails the comparison and is multiplied, which keeps it.
    public static DenseArray<T> LeakyRelu<T>(DenseArray<T> x, T slope)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => value > T.Zero ? value : slope * value);

    public static DenseArray<T> Tanh<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(T.Tanh);

    public static DenseArray<T> Sigmoid<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(Sigmoid);

    public static DenseArray<T> Gelu<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.CreateTruncating(Gelu(double.CreateTruncating(value))));

    public static DenseArray<T> Exp<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(T.Exp);

    public static DenseArray<T> Log<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(T.Log);

    public static DenseArray<T> Sqrt<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(T.Sqrt);

    public static DenseArray<T> Square<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => value * value);

    public static DenseArray<T> Abs<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(T.Abs);

    public static DenseArray<T> Pow<T>(DenseArray<T> x, T exponent)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Pow(value, exponent));

    public static DenseArray<T> Pow<T>(DenseArray<T> x, DenseArray<T> exponent)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Combine(x, exponent, "raise to powers", T.Pow);

    /// <summary>Applies a function to each pair of elements of two arrays that broadcast.</summary>
    /// <param name="left">The left operand.</param>
    /// <param name="right">The right operand.</param>
    /// <param name="operation">What is being done, for the message of a mismatch: <c>add</c>.</param>
    /// <param name="function">The function.</param>
    public static DenseArray<TResult> Combine<T, TResult>(DenseArray<T> left, DenseArray<T> right, string operation, Func<T, T, TResult> function)
        where T : unmanaged
        where TResult : unmanaged
    {
        var shape = Broadcasting.Shapes(left.Shape, right.Shape, operation);
        T[] a = Broadcasting.To(left, shape).Elements, b = Broadcasting.To(right, shape).Elements;
        var result = new DenseArray<TResult>(shape);
        for (int index = 0; index < a.Length; index++) result.Elements[index] = function(a[index], b[index]);
        return result;
    }

    // Only exponentials of negative numbers, which can't overflow.
    private static T Sigmoid<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T exponential = T.Exp(-T.Abs(value));
        return value >= T.Zero ? T.One / (T.One + exponential) : exponential / (T.One + exponential);
    }

    // erfc keeps its relative precision far below zero, where 1 + erf would cancel.
    private static double Gelu(double value) => value * 0.5 * ErrorFunction.Erfc(-value / Math.Sqrt(2));
}
