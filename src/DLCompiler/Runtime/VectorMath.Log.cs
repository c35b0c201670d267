using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

public static partial class VectorMath
{
    // log(1 + f) = f - f²/2 + f³·(C0 + C1·f + …) on √½ ≤ 1 + f ≤ √2.
    private const float Log0 = 0.33333313f, Log1 = -0.25000012f, Log2 = 0.2000207f, Log3 = -0.16667852f, Log4 = 0.14220333f, Log5 = -0.1240835f,
        Log6 = 0.11885428f, Log7 = -0.11659172f, Log8 = 0.06733056f;

    // log(1 + f) = s·(2 + s²·(C0 + C1·s² + …)) with s = f/(2 + f), on the same interval.
    private const double LogDouble0 = 0.6666666666666666, LogDouble1 = 0.40000000000004904, LogDouble2 = 0.2857142856941768,
        LogDouble3 = 0.22222222606177205, LogDouble4 = 0.18181778399571674, LogDouble5 = 0.1538698772727216, LogDouble6 = 0.13252156925734523,
        LogDouble7 = 0.1323482997541481;

    // √½, and what makes denormals normal.
    private const int SqrtHalfBits = 0x3F3504F3;
    private const long SqrtHalfDoubleBits = 0x3FE6A09E667F3BCD;
    private const float TwoTo23 = 1 << 23, SmallestNormal = 1.17549435e-38f;
    private const double TwoTo52 = 1L << 52, SmallestNormalDouble = 2.2250738585072014e-308;

    /// <summary>Natural logarithm. Error ≤ 1 ulp; -∞ at 0, NaN below, denormal arguments included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        // x = 2^e·(1 + f)
        var isSmall = Vector512.LessThan(x, Vector512.Create(SmallestNormal));
        var bits = Vector512.ConditionalSelect(isSmall, x * Vector512.Create(TwoTo23), x).AsInt32() - Vector512.Create(SqrtHalfBits);
        var e = Vector512.ConvertToSingle(bits >> 23) + (isSmall & Vector512.Create(-23f));
        var f = ((bits & Vector512.Create(0x7FFFFF)) + Vector512.Create(SqrtHalfBits)).AsSingle() - Vector512<float>.One;

        var square = f * f;
        var poly = Vector512.MultiplyAddEstimate(Vector512.Create(Log8), f, Vector512.Create(Log7));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log6));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log5));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log4));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log3));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log2));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log1));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(Log0));
        poly = Vector512.MultiplyAddEstimate(poly, f, Vector512.Create(-0.5f)) * square;
        poly = Vector512.MultiplyAddEstimate(e, Vector512.Create(Ln2Low), poly);
        var result = Vector512.MultiplyAddEstimate(e, Vector512.Create(Ln2High), poly + f);
        return LogOfSpecial(x, result);
    }

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        // x = 2^e·(1 + f)
        var isSmall = Vector256.LessThan(x, Vector256.Create(SmallestNormal));
        var bits = Vector256.ConditionalSelect(isSmall, x * Vector256.Create(TwoTo23), x).AsInt32() - Vector256.Create(SqrtHalfBits);
        var e = Vector256.ConvertToSingle(bits >> 23) + (isSmall & Vector256.Create(-23f));
        var f = ((bits & Vector256.Create(0x7FFFFF)) + Vector256.Create(SqrtHalfBits)).AsSingle() - Vector256<float>.One;

        var square = f * f;
        var poly = Vector256.MultiplyAddEstimate(Vector256.Create(Log8), f, Vector256.Create(Log7));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log6));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log5));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log4));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log3));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log2));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log1));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(Log0));
        poly = Vector256.MultiplyAddEstimate(poly, f, Vector256.Create(-0.5f)) * square;
        poly = Vector256.MultiplyAddEstimate(e, Vector256.Create(Ln2Low), poly);
        var result = Vector256.MultiplyAddEstimate(e, Vector256.Create(Ln2High), poly + f);
        return LogOfSpecial(x, result);
    }

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x)
    {
        // x = 2^e·(1 + f)
        var isSmall = Vector128.LessThan(x, Vector128.Create(SmallestNormal));
        var bits = Vector128.ConditionalSelect(isSmall, x * Vector128.Create(TwoTo23), x).AsInt32() - Vector128.Create(SqrtHalfBits);
        var e = Vector128.ConvertToSingle(bits >> 23) + (isSmall & Vector128.Create(-23f));
        var f = ((bits & Vector128.Create(0x7FFFFF)) + Vector128.Create(SqrtHalfBits)).AsSingle() - Vector128<float>.One;

        var square = f * f;
        var poly = Vector128.MultiplyAddEstimate(Vector128.Create(Log8), f, Vector128.Create(Log7));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log6));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log5));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log4));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log3));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log2));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log1));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(Log0));
        poly = Vector128.MultiplyAddEstimate(poly, f, Vector128.Create(-0.5f)) * square;
        poly = Vector128.MultiplyAddEstimate(e, Vector128.Create(Ln2Low), poly);
        var result = Vector128.MultiplyAddEstimate(e, Vector128.Create(Ln2High), poly + f);
        return LogOfSpecial(x, result);
    }

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x) => Log(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Natural logarithm. Relative error ≤ 2e-15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        // x = 2^e·(1 + f)
        var isSmall = Vector512.LessThan(x, Vector512.Create(SmallestNormalDouble));
        var bits = Vector512.ConditionalSelect(isSmall, x * Vector512.Create(TwoTo52), x).AsInt64() - Vector512.Create(SqrtHalfDoubleBits - (1024L << 52));
        var exponent = ((bits >>> 52) + Vector512.Create(RoundingShiftDoubleBits)).AsDouble() - Vector512.Create(RoundingShiftDouble + 1024);
        var e = exponent + (isSmall & Vector512.Create(-52.0));
        var f = ((bits & Vector512.Create(0xFFFFFFFFFFFFFL)) + Vector512.Create(SqrtHalfDoubleBits)).AsDouble() - Vector512<double>.One;

        var s = f / (f + Vector512.Create(2.0));
        var z = s * s;
        var poly = Vector512.MultiplyAddEstimate(Vector512.Create(LogDouble7), z, Vector512.Create(LogDouble6));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(LogDouble5));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(LogDouble4));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(LogDouble3));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(LogDouble2));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(LogDouble1));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(LogDouble0));
        var log = s * Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(2.0));
        var result = Vector512.MultiplyAddEstimate(e, Vector512.Create(Ln2HighDouble), Vector512.MultiplyAddEstimate(e, Vector512.Create(Ln2LowDouble), log));
        return LogOfSpecial(x, result);
    }

    /// <inheritdoc cref="Log(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> x)
    {
        // x = 2^e·(1 + f)
        var isSmall = Vector256.LessThan(x, Vector256.Create(SmallestNormalDouble));
        var bits = Vector256.ConditionalSelect(isSmall, x * Vector256.Create(TwoTo52), x).AsInt64() - Vector256.Create(SqrtHalfDoubleBits - (1024L << 52));
        var exponent = ((bits >>> 52) + Vector256.Create(RoundingShiftDoubleBits)).AsDouble() - Vector256.Create(RoundingShiftDouble + 1024);
        var e = exponent + (isSmall & Vector256.Create(-52.0));
        var f = ((bits & Vector256.Create(0xFFFFFFFFFFFFFL)) + Vector256.Create(SqrtHalfDoubleBits)).AsDouble() - Vector256<double>.One;

        var s = f / (f + Vector256.Create(2.0));
        var z = s * s;
        var poly = Vector256.MultiplyAddEstimate(Vector256.Create(LogDouble7), z, Vector256.Create(LogDouble6));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(LogDouble5));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(LogDouble4));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(LogDouble3));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(LogDouble2));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(LogDouble1));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(LogDouble0));
        var log = s * Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(2.0));
        var result = Vector256.MultiplyAddEstimate(e, Vector256.Create(Ln2HighDouble), Vector256.MultiplyAddEstimate(e, Vector256.Create(Ln2LowDouble), log));
        return LogOfSpecial(x, result);
    }

    /// <inheritdoc cref="Log(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Log(Vector128<double> x)
    {
        // x = 2^e·(1 + f)
        var isSmall = Vector128.LessThan(x, Vector128.Create(SmallestNormalDouble));
        var bits = Vector128.ConditionalSelect(isSmall, x * Vector128.Create(TwoTo52), x).AsInt64() - Vector128.Create(SqrtHalfDoubleBits - (1024L << 52));
        var exponent = ((bits >>> 52) + Vector128.Create(RoundingShiftDoubleBits)).AsDouble() - Vector128.Create(RoundingShiftDouble + 1024);
        var e = exponent + (isSmall & Vector128.Create(-52.0));
        var f = ((bits & Vector128.Create(0xFFFFFFFFFFFFFL)) + Vector128.Create(SqrtHalfDoubleBits)).AsDouble() - Vector128<double>.One;

        var s = f / (f + Vector128.Create(2.0));
        var z = s * s;
        var poly = Vector128.MultiplyAddEstimate(Vector128.Create(LogDouble7), z, Vector128.Create(LogDouble6));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(LogDouble5));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(LogDouble4));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(LogDouble3));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(LogDouble2));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(LogDouble1));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(LogDouble0));
        var log = s * Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(2.0));
        var result = Vector128.MultiplyAddEstimate(e, Vector128.Create(Ln2HighDouble), Vector128.MultiplyAddEstimate(e, Vector128.Create(Ln2LowDouble), log));
        return LogOfSpecial(x, result);
    }

    /// <inheritdoc cref="Log(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log(double x) => Log(Vector128.CreateScalarUnsafe(x)).ToScalar();

    // NaN below zero, -∞ at zero; ∞ and NaN stay.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogOfSpecial(Vector512<float> x, Vector512<float> result)
    {
        result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(float.PositiveInfinity)), result, x);
        result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512.Create(float.NaN), result);
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LogOfSpecial(Vector256<float> x, Vector256<float> result)
    {
        result = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(float.PositiveInfinity)), result, x);
        result = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256.Create(float.NaN), result);
        return Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<float>.Zero), Vector256.Create(float.NegativeInfinity), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LogOfSpecial(Vector128<float> x, Vector128<float> result)
    {
        result = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(float.PositiveInfinity)), result, x);
        result = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<float>.Zero), Vector128.Create(float.NaN), result);
        return Vector128.ConditionalSelect(Vector128.Equals(x, Vector128<float>.Zero), Vector128.Create(float.NegativeInfinity), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogOfSpecial(Vector512<double> x, Vector512<double> result)
    {
        result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(double.PositiveInfinity)), result, x);
        result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.Zero), Vector512.Create(double.NaN), result);
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> LogOfSpecial(Vector256<double> x, Vector256<double> result)
    {
        result = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(double.PositiveInfinity)), result, x);
        result = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<double>.Zero), Vector256.Create(double.NaN), result);
        return Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<double>.Zero), Vector256.Create(double.NegativeInfinity), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> LogOfSpecial(Vector128<double> x, Vector128<double> result)
    {
        result = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(double.PositiveInfinity)), result, x);
        result = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<double>.Zero), Vector128.Create(double.NaN), result);
        return Vector128.ConditionalSelect(Vector128.Equals(x, Vector128<double>.Zero), Vector128.Create(double.NegativeInfinity), result);
    }
}
