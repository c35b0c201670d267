using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

public static partial class VectorMath
{
    // √2 - 1: below it log(1 + t) is a series in t itself.
    private const float Sqrt2MinusOne = 0.41421357f;
    private const double Sqrt2MinusOneDouble = 0.41421356237309503;

    private const float Ln2 = 0.6931472f;
    private const double Ln2Double = 0.6931471805599453;

    /// <summary>log(1 + exp(x)), without overflow. Error ≤ 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x)
    {
        // max(x, 0) + log(1 + t) with t = exp(-|x|) ≤ 1; for the larger t, 1 + t = 2·(1 + (t - 1)/2).
        var t = Exp(-Vector512.Abs(x));
        var isLarge = Vector512.GreaterThan(t, Vector512.Create(Sqrt2MinusOne));
        var f = Vector512.ConditionalSelect(isLarge, (t - Vector512<float>.One) * Vector512.Create(0.5f), t);
        var poly = Vector512.MultiplyAddEstimate(Vector512.Create(Log8), f, Vector512.Create(Log7));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log6));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log5));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log4));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log3));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log2));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log1));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log0));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(-0.5f));
        var log = Vector512.MultiplyAddEstimate(poly, f * f, f) + (isLarge & Vector512.Create(Ln2));
        return log + Vector512.MaxNative(Vector512<float>.Zero, x);
    }

    /// <inheritdoc cref="Softplus(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softplus(Vector256<float> x)
    {
        // max(x, 0) + log(1 + t) with t = exp(-|x|) ≤ 1; for the larger t, 1 + t = 2·(1 + (t - 1)/2).
        var t = Exp(-Vector256.Abs(x));
        var isLarge = Vector256.GreaterThan(t, Vector256.Create(Sqrt2MinusOne));
        var f = Vector256.ConditionalSelect(isLarge, (t - Vector256<float>.One) * Vector256.Create(0.5f), t);
        var poly = Vector256.MultiplyAddEstimate(Vector256.Create(Log8), f, Vector256.Create(Log7));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log6));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log5));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log4));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log3));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log2));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log1));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log0));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(-0.5f));
        var log = Vector256.MultiplyAddEstimate(poly, f * f, f) + (isLarge & Vector256.Create(Ln2));
        return log + Vector256.MaxNative(Vector256<float>.Zero, x);
    }

    /// <inheritdoc cref="Softplus(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Softplus(Vector128<float> x)
    {
        // max(x, 0) + log(1 + t) with t = exp(-|x|) ≤ 1; for the larger t, 1 + t = 2·(1 + (t - 1)/2).
        var t = Exp(-Vector128.Abs(x));
        var isLarge = Vector128.GreaterThan(t, Vector128.Create(Sqrt2MinusOne));
        var f = Vector128.ConditionalSelect(isLarge, (t - Vector128<float>.One) * Vector128.Create(0.5f), t);
        var poly = Vector128.MultiplyAddEstimate(Vector128.Create(Log8), f, Vector128.Create(Log7));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log6));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log5));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log4));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log3));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log2));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log1));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log0));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(-0.5f));
        var log = Vector128.MultiplyAddEstimate(poly, f * f, f) + (isLarge & Vector128.Create(Ln2));
        return log + Vector128.MaxNative(Vector128<float>.Zero, x);
    }

    /// <inheritdoc cref="Softplus(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Softplus(float x) => Softplus(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>log(1 + exp(x)), without overflow. Relative error ≤ 2e-15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Softplus(Vector512<double> x)
    {
        // max(x, 0) + log(1 + t) with t = exp(-|x|) ≤ 1; for the larger t, 1 + t = 2·(1 + (t - 1)/2).
        var t = Exp(-Vector512.Abs(x));
        var isLarge = Vector512.GreaterThan(t, Vector512.Create(Sqrt2MinusOneDouble));
        var f = Vector512.ConditionalSelect(isLarge, (t - Vector512<double>.One) * Vector512.Create(0.5), t);
        var s = f / (f + Vector512.Create(2.0));
        var z = s * s;
        var poly = Vector512.MultiplyAddEstimate(Vector512.Create(LogDouble7), z, Vector512.Create(LogDouble6));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(LogDouble5));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(LogDouble4));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(LogDouble3));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(LogDouble2));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(LogDouble1));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(LogDouble0));
        var log = Vector512.MultiplyAddEstimate(s, Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(2.0)), isLarge & Vector512.Create(Ln2Double));
        return log + Vector512.MaxNative(Vector512<double>.Zero, x);
    }

    /// <inheritdoc cref="Softplus(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Softplus(Vector256<double> x)
    {
        // max(x, 0) + log(1 + t) with t = exp(-|x|) ≤ 1; for the larger t, 1 + t = 2·(1 + (t - 1)/2).
        var t = Exp(-Vector256.Abs(x));
        var isLarge = Vector256.GreaterThan(t, Vector256.Create(Sqrt2MinusOneDouble));
        var f = Vector256.ConditionalSelect(isLarge, (t - Vector256<double>.One) * Vector256.Create(0.5), t);
        var s = f / (f + Vector256.Create(2.0));
        var z = s * s;
        var poly = Vector256.MultiplyAddEstimate(Vector256.Create(LogDouble7), z, Vector256.Create(LogDouble6));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(LogDouble5));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(LogDouble4));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(LogDouble3));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(LogDouble2));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(LogDouble1));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(LogDouble0));
        var log = Vector256.MultiplyAddEstimate(s, Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(2.0)), isLarge & Vector256.Create(Ln2Double));
        return log + Vector256.MaxNative(Vector256<double>.Zero, x);
    }

    /// <inheritdoc cref="Softplus(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Softplus(Vector128<double> x)
    {
        // max(x, 0) + log(1 + t) with t = exp(-|x|) ≤ 1; for the larger t, 1 + t = 2·(1 + (t - 1)/2).
        var t = Exp(-Vector128.Abs(x));
        var isLarge = Vector128.GreaterThan(t, Vector128.Create(Sqrt2MinusOneDouble));
        var f = Vector128.ConditionalSelect(isLarge, (t - Vector128<double>.One) * Vector128.Create(0.5), t);
        var s = f / (f + Vector128.Create(2.0));
        var z = s * s;
        var poly = Vector128.MultiplyAddEstimate(Vector128.Create(LogDouble7), z, Vector128.Create(LogDouble6));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(LogDouble5));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(LogDouble4));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(LogDouble3));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(LogDouble2));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(LogDouble1));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(LogDouble0));
        var log = Vector128.MultiplyAddEstimate(s, Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(2.0)), isLarge & Vector128.Create(Ln2Double));
        return log + Vector128.MaxNative(Vector128<double>.Zero, x);
    }

    /// <inheritdoc cref="Softplus(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Softplus(double x) => Softplus(Vector128.CreateScalarUnsafe(x)).ToScalar();
}
