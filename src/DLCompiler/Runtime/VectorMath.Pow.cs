using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

public static partial class VectorMath
{
    // In double precision, because an error of the logarithm is multiplied by the exponent: log(1 + f) as Log, and 2^u = 1 + u·(C0 + C1·u + …) on ±½.
    private const double PowLog0 = 0.6666666564093139, PowLog1 = 0.40000336268069164, PowLog2 = 0.2853723597130014, PowLog3 = 0.23583605875188418;
    private const double PowExp0 = 0.6931471805421225, PowExp1 = 0.24022651076518872, PowExp2 = 0.05550410961175266, PowExp3 = 0.009618036841025232,
        PowExp4 = 0.0013333431678044607, PowExp5 = 0.00015467125999513281, PowExp6 = 1.5314783056918416e-05;

    // Beyond this power of two every result is zero or infinite.
    private const double PowHighest = 200;

    /// <summary>x to the power y. Error ≤ 1 ulp; special cases as IEEE 754 pow: x^0 = 1^y = 1, negative x only to integer powers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Pow(Vector512<float> x, Vector512<float> y)
    {
        var (lowerX, upperX) = Vector512.Widen(x);
        var (lowerY, upperY) = Vector512.Widen(y);
        return Vector512.Narrow(PowOfFloats(lowerX, lowerY), PowOfFloats(upperX, upperY));
    }

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y)
    {
        var (lowerX, upperX) = Vector256.Widen(x);
        var (lowerY, upperY) = Vector256.Widen(y);
        return Vector256.Narrow(PowOfFloats(lowerX, lowerY), PowOfFloats(upperX, upperY));
    }

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Pow(Vector128<float> x, Vector128<float> y)
    {
        var (lowerX, upperX) = Vector128.Widen(x);
        var (lowerY, upperY) = Vector128.Widen(y);
        return Vector128.Narrow(PowOfFloats(lowerX, lowerY), PowOfFloats(upperX, upperY));
    }

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Pow(float x, float y) => Pow(Vector128.CreateScalarUnsafe(x), Vector128.CreateScalarUnsafe(y)).ToScalar();

    /// <summary>x to the power y, one element after the other by the platform's function: reference computations only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Pow(Vector512<double> x, Vector512<double> y) =>
        Vector512.Create(Pow(x.GetLower(), y.GetLower()), Pow(x.GetUpper(), y.GetUpper()));

    /// <inheritdoc cref="Pow(Vector512{double}, Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Pow(Vector256<double> x, Vector256<double> y) =>
        Vector256.Create(Pow(x.GetLower(), y.GetLower()), Pow(x.GetUpper(), y.GetUpper()));

    /// <inheritdoc cref="Pow(Vector512{double}, Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Pow(Vector128<double> x, Vector128<double> y) =>
        Vector128.Create(Math.Pow(x.GetElement(0), y.GetElement(0)), Math.Pow(x.GetElement(1), y.GetElement(1)));

    /// <inheritdoc cref="Pow(Vector512{double}, Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Pow(double x, double y) => Math.Pow(x, y);

    // x^y for numbers that came from floats, to 2^-29.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowOfFloats(Vector512<double> x, Vector512<double> y)
    {
        // |x| = 2^e·(1 + f). Zero gives -∞, ∞ gives ∞, NaN stays.
        var a = Vector512.Abs(x);
        var bits = a.AsInt64() - Vector512.Create(SqrtHalfDoubleBits - (1024L << 52));
        var e = ((bits >>> 52) + Vector512.Create(RoundingShiftDoubleBits)).AsDouble() - Vector512.Create(RoundingShiftDouble + 1024);
        var f = ((bits & Vector512.Create(0xFFFFFFFFFFFFFL)) + Vector512.Create(SqrtHalfDoubleBits)).AsDouble() - Vector512<double>.One;
        var s = f / (f + Vector512.Create(2.0));
        var z = s * s;
        var poly = Vector512.MultiplyAddEstimate(Vector512.Create(PowLog3), z, Vector512.Create(PowLog2));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(PowLog1));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(PowLog0));
        poly = Vector512.MultiplyAddEstimate(poly, z, Vector512.Create(2.0));
        var log = Vector512.MultiplyAddEstimate(s * poly, Vector512.Create(Log2EDouble), e);
        log = LogOfSpecial(a, log);

        var exponent = Vector512.MaxNative(Vector512.Create(-PowHighest), Vector512.MinNative(Vector512.Create(PowHighest), y * log));
        var shifted = exponent + Vector512.Create(RoundingShiftDouble);
        var u = exponent - (shifted - Vector512.Create(RoundingShiftDouble));
        var power = Vector512.MultiplyAddEstimate(Vector512.Create(PowExp6), u, Vector512.Create(PowExp5));
        power = Vector512.MultiplyAddEstimate(power, u, Vector512.Create(PowExp4));
        power = Vector512.MultiplyAddEstimate(power, u, Vector512.Create(PowExp3));
        power = Vector512.MultiplyAddEstimate(power, u, Vector512.Create(PowExp2));
        power = Vector512.MultiplyAddEstimate(power, u, Vector512.Create(PowExp1));
        power = Vector512.MultiplyAddEstimate(power, u, Vector512.Create(PowExp0));
        var scale = ((shifted.AsInt64() << 52) + Vector512.Create(1023L << 52)).AsDouble();
        power = Vector512.MultiplyAddEstimate(power, u, Vector512<double>.One) * scale;

        // Negative bases: the sign of odd powers; NaN where y is no integer, unless the result is 0 or ∞ anyway.
        var half = y * Vector512.Create(0.5);
        var isInteger = Vector512.Equals(Vector512.Floor(y), y);
        var isOdd = Vector512.AndNot(isInteger, Vector512.Equals(Vector512.Floor(half), half));
        power |= isOdd & x & Vector512.Create(-0.0);
        var isNegative = Vector512.LessThan(x, Vector512<double>.Zero) & Vector512.GreaterThan(x, Vector512.Create(double.NegativeInfinity));
        var isUndefined = Vector512.AndNot(isNegative, isInteger);
        power = Vector512.ConditionalSelect(isUndefined, Vector512.Create(double.NaN), power);

        // x^0 = 1^y = (-1)^±∞ = 1, NaN or not.
        var isInfinitePower = Vector512.Equals(Vector512.Abs(y), Vector512.Create(double.PositiveInfinity));
        var isOneTo = Vector512.Equals(x, Vector512<double>.One) | (Vector512.Equals(a, Vector512<double>.One) & isInfinitePower);
        var isOne = isOneTo | Vector512.Equals(y, Vector512<double>.Zero);
        return Vector512.ConditionalSelect(isOne, Vector512<double>.One, power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> PowOfFloats(Vector256<double> x, Vector256<double> y)
    {
        // |x| = 2^e·(1 + f). Zero gives -∞, ∞ gives ∞, NaN stays.
        var a = Vector256.Abs(x);
        var bits = a.AsInt64() - Vector256.Create(SqrtHalfDoubleBits - (1024L << 52));
        var e = ((bits >>> 52) + Vector256.Create(RoundingShiftDoubleBits)).AsDouble() - Vector256.Create(RoundingShiftDouble + 1024);
        var f = ((bits & Vector256.Create(0xFFFFFFFFFFFFFL)) + Vector256.Create(SqrtHalfDoubleBits)).AsDouble() - Vector256<double>.One;
        var s = f / (f + Vector256.Create(2.0));
        var z = s * s;
        var poly = Vector256.MultiplyAddEstimate(Vector256.Create(PowLog3), z, Vector256.Create(PowLog2));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(PowLog1));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(PowLog0));
        poly = Vector256.MultiplyAddEstimate(poly, z, Vector256.Create(2.0));
        var log = Vector256.MultiplyAddEstimate(s * poly, Vector256.Create(Log2EDouble), e);
        log = LogOfSpecial(a, log);

        var exponent = Vector256.MaxNative(Vector256.Create(-PowHighest), Vector256.MinNative(Vector256.Create(PowHighest), y * log));
        var shifted = exponent + Vector256.Create(RoundingShiftDouble);
        var u = exponent - (shifted - Vector256.Create(RoundingShiftDouble));
        var power = Vector256.MultiplyAddEstimate(Vector256.Create(PowExp6), u, Vector256.Create(PowExp5));
        power = Vector256.MultiplyAddEstimate(power, u, Vector256.Create(PowExp4));
        power = Vector256.MultiplyAddEstimate(power, u, Vector256.Create(PowExp3));
        power = Vector256.MultiplyAddEstimate(power, u, Vector256.Create(PowExp2));
        power = Vector256.MultiplyAddEstimate(power, u, Vector256.Create(PowExp1));
        power = Vector256.MultiplyAddEstimate(power, u, Vector256.Create(PowExp0));
        var scale = ((shifted.AsInt64() << 52) + Vector256.Create(1023L << 52)).AsDouble();
        power = Vector256.MultiplyAddEstimate(power, u, Vector256<double>.One) * scale;

        // Negative bases: the sign of odd powers; NaN where y is no integer, unless the result is 0 or ∞ anyway.
        var half = y * Vector256.Create(0.5);
        var isInteger = Vector256.Equals(Vector256.Floor(y), y);
        var isOdd = Vector256.AndNot(isInteger, Vector256.Equals(Vector256.Floor(half), half));
        power |= isOdd & x & Vector256.Create(-0.0);
        var isNegative = Vector256.LessThan(x, Vector256<double>.Zero) & Vector256.GreaterThan(x, Vector256.Create(double.NegativeInfinity));
        var isUndefined = Vector256.AndNot(isNegative, isInteger);
        power = Vector256.ConditionalSelect(isUndefined, Vector256.Create(double.NaN), power);

        // x^0 = 1^y = (-1)^±∞ = 1, NaN or not.
        var isInfinitePower = Vector256.Equals(Vector256.Abs(y), Vector256.Create(double.PositiveInfinity));
        var isOneTo = Vector256.Equals(x, Vector256<double>.One) | (Vector256.Equals(a, Vector256<double>.One) & isInfinitePower);
        var isOne = isOneTo | Vector256.Equals(y, Vector256<double>.Zero);
        return Vector256.ConditionalSelect(isOne, Vector256<double>.One, power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> PowOfFloats(Vector128<double> x, Vector128<double> y)
    {
        // |x| = 2^e·(1 + f). Zero gives -∞, ∞ gives ∞, NaN stays.
        var a = Vector128.Abs(x);
        var bits = a.AsInt64() - Vector128.Create(SqrtHalfDoubleBits - (1024L << 52));
        var e = ((bits >>> 52) + Vector128.Create(RoundingShiftDoubleBits)).AsDouble() - Vector128.Create(RoundingShiftDouble + 1024);
        var f = ((bits & Vector128.Create(0xFFFFFFFFFFFFFL)) + Vector128.Create(SqrtHalfDoubleBits)).AsDouble() - Vector128<double>.One;
        var s = f / (f + Vector128.Create(2.0));
        var z = s * s;
        var poly = Vector128.MultiplyAddEstimate(Vector128.Create(PowLog3), z, Vector128.Create(PowLog2));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(PowLog1));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(PowLog0));
        poly = Vector128.MultiplyAddEstimate(poly, z, Vector128.Create(2.0));
        var log = Vector128.MultiplyAddEstimate(s * poly, Vector128.Create(Log2EDouble), e);
        log = LogOfSpecial(a, log);

        var exponent = Vector128.MaxNative(Vector128.Create(-PowHighest), Vector128.MinNative(Vector128.Create(PowHighest), y * log));
        var shifted = exponent + Vector128.Create(RoundingShiftDouble);
        var u = exponent - (shifted - Vector128.Create(RoundingShiftDouble));
        var power = Vector128.MultiplyAddEstimate(Vector128.Create(PowExp6), u, Vector128.Create(PowExp5));
        power = Vector128.MultiplyAddEstimate(power, u, Vector128.Create(PowExp4));
        power = Vector128.MultiplyAddEstimate(power, u, Vector128.Create(PowExp3));
        power = Vector128.MultiplyAddEstimate(power, u, Vector128.Create(PowExp2));
        power = Vector128.MultiplyAddEstimate(power, u, Vector128.Create(PowExp1));
        power = Vector128.MultiplyAddEstimate(power, u, Vector128.Create(PowExp0));
        var scale = ((shifted.AsInt64() << 52) + Vector128.Create(1023L << 52)).AsDouble();
        power = Vector128.MultiplyAddEstimate(power, u, Vector128<double>.One) * scale;

        // Negative bases: the sign of odd powers; NaN where y is no integer, unless the result is 0 or ∞ anyway.
        var half = y * Vector128.Create(0.5);
        var isInteger = Vector128.Equals(Vector128.Floor(y), y);
        var isOdd = Vector128.AndNot(isInteger, Vector128.Equals(Vector128.Floor(half), half));
        power |= isOdd & x & Vector128.Create(-0.0);
        var isNegative = Vector128.LessThan(x, Vector128<double>.Zero) & Vector128.GreaterThan(x, Vector128.Create(double.NegativeInfinity));
        var isUndefined = Vector128.AndNot(isNegative, isInteger);
        power = Vector128.ConditionalSelect(isUndefined, Vector128.Create(double.NaN), power);

        // x^0 = 1^y = (-1)^±∞ = 1, NaN or not.
        var isInfinitePower = Vector128.Equals(Vector128.Abs(y), Vector128.Create(double.PositiveInfinity));
        var isOneTo = Vector128.Equals(x, Vector128<double>.One) | (Vector128.Equals(a, Vector128<double>.One) & isInfinitePower);
        var isOne = isOneTo | Vector128.Equals(y, Vector128<double>.Zero);
        return Vector128.ConditionalSelect(isOne, Vector128<double>.One, power);
    }
}
