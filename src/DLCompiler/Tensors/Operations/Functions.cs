using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Mathematical functions of each element.</summary>
internal static class Functions
{
    public static DenseArray<T> Sign<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.IsNaN(value) ? value : T.CreateTruncating(T.Sign(value)));

    public static DenseArray<T> Log1P<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.CreateTruncating(Log1P(double.CreateTruncating(value))));

    public static DenseArray<T> ExpM1<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.CreateTruncating(ExpM1(double.CreateTruncating(value))));

    public static DenseArray<T> Log2<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Log2(value));

    public static DenseArray<T> Log10<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Log10(value));

    public static DenseArray<T> Rsqrt<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.One / T.Sqrt(value));

    public static DenseArray<T> Reciprocal<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.One / value);

    public static DenseArray<T> Sin<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Sin(value));

    public static DenseArray<T> Cos<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Cos(value));

    public static DenseArray<T> Tan<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Tan(value));

    public static DenseArray<T> Asin<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Asin(value));

    public static DenseArray<T> Acos<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Acos(value));

    public static DenseArray<T> Atan<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Atan(value));

    public static DenseArray<T> Sinh<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Sinh(value));

    public static DenseArray<T> Cosh<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Cosh(value));

    public static DenseArray<T> Asinh<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.CopySign(T.Asinh(T.Abs(value)), value));

    public static DenseArray<T> Acosh<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Acosh(value));

    public static DenseArray<T> Atanh<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.Atanh(value));

    public static DenseArray<T> Erf<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.CreateTruncating(ErrorFunction.Erf(double.CreateTruncating(value))));

    // The rounding of 1 + x cancels in the quotient (Goldberg 1991, theorem 4); .NET's own LogP1 takes the logarithm of the rounded sum.
    public static double Log1P(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : sum - 1 == x ? Math.Log(sum) : Math.Log(sum) * (x / (sum - 1));
    }

    // The same for the exponential function.
    public static double ExpM1(double x)
    {
        double exponential = Math.Exp(x), less = exponential - 1;
        return exponential == 1 ? x : Math.Abs(x) > 1 ? less : less * x / Math.Log(exponential);
    }
}
