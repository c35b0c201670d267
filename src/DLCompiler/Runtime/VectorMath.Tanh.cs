using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

public static partial class VectorMath
{
    // expm1(r) = r + r²·(C0 + C1·r + …) on ±ln(2)/2; in double Exp's coefficients serve.
    private const float Expm10 = 0.5f, Expm11 = 0.16666666f, Expm12 = 0.041666478f, Expm13 = 0.008333565f, Expm14 = 0.0013933697f, Expm15 = 0.00019745107f;

    // tanh is 1 from here on.
    private const float TanhHighest = 9.5f;
    private const double TanhHighestDouble = 20;

    /// <summary>Hyperbolic tangent. Error ≤ 2.5 ulp; ±1 at ±∞; zeros keep their sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        // tanh(a) = m / (m + 2) with m = exp(2a) - 1 = 2^n·expm1(r) + (2^n - 1), which keeps its relative precision towards zero; the sign goes apart.
        var a = Vector512.MinNative(Vector512.Create(TanhHighest), Vector512.Abs(x));
        var doubled = a + a;
        var shifted = Vector512.MultiplyAddEstimate(doubled, Vector512.Create(Log2E), Vector512.Create(RoundingShift));
        var n = shifted - Vector512.Create(RoundingShift);
        var r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2High), doubled);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2Low), r);
        var poly = Vector512.MultiplyAddEstimate(Vector512.Create(Expm15), r, Vector512.Create(Expm14));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(Expm13));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(Expm12));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(Expm11));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(Expm10));
        var scale = ((shifted.AsInt32() << 23) + Vector512.Create(127 << 23)).AsSingle();
        var m = Vector512.MultiplyAddEstimate(Vector512.MultiplyAddEstimate(poly, r * r, r), scale, scale - Vector512<float>.One);
        return (m / (m + Vector512.Create(2f))) | (x & Vector512.Create(-0f));
    }

    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        // tanh(a) = m / (m + 2) with m = exp(2a) - 1 = 2^n·expm1(r) + (2^n - 1), which keeps its relative precision towards zero; the sign goes apart.
        var a = Vector256.MinNative(Vector256.Create(TanhHighest), Vector256.Abs(x));
        var doubled = a + a;
        var shifted = Vector256.MultiplyAddEstimate(doubled, Vector256.Create(Log2E), Vector256.Create(RoundingShift));
        var n = shifted - Vector256.Create(RoundingShift);
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2High), doubled);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2Low), r);
        var poly = Vector256.MultiplyAddEstimate(Vector256.Create(Expm15), r, Vector256.Create(Expm14));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(Expm13));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(Expm12));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(Expm11));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(Expm10));
        var scale = ((shifted.AsInt32() << 23) + Vector256.Create(127 << 23)).AsSingle();
        var m = Vector256.MultiplyAddEstimate(Vector256.MultiplyAddEstimate(poly, r * r, r), scale, scale - Vector256<float>.One);
        return (m / (m + Vector256.Create(2f))) | (x & Vector256.Create(-0f));
    }

    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x)
    {
        // tanh(a) = m / (m + 2) with m = exp(2a) - 1 = 2^n·expm1(r) + (2^n - 1), which keeps its relative precision towards zero; the sign goes apart.
        var a = Vector128.MinNative(Vector128.Create(TanhHighest), Vector128.Abs(x));
        var doubled = a + a;
        var shifted = Vector128.MultiplyAddEstimate(doubled, Vector128.Create(Log2E), Vector128.Create(RoundingShift));
        var n = shifted - Vector128.Create(RoundingShift);
        var r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2High), doubled);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2Low), r);
        var poly = Vector128.MultiplyAddEstimate(Vector128.Create(Expm15), r, Vector128.Create(Expm14));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(Expm13));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(Expm12));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(Expm11));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(Expm10));
        var scale = ((shifted.AsInt32() << 23) + Vector128.Create(127 << 23)).AsSingle();
        var m = Vector128.MultiplyAddEstimate(Vector128.MultiplyAddEstimate(poly, r * r, r), scale, scale - Vector128<float>.One);
        return (m / (m + Vector128.Create(2f))) | (x & Vector128.Create(-0f));
    }

    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x) => Tanh(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Hyperbolic tangent. Relative error ≤ 2e-15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Tanh(Vector512<double> x)
    {
        // tanh(a) = m / (m + 2) with m = exp(2a) - 1 = 2^n·expm1(r) + (2^n - 1), which keeps its relative precision towards zero; the sign goes apart.
        var a = Vector512.MinNative(Vector512.Create(TanhHighestDouble), Vector512.Abs(x));
        var doubled = a + a;
        var shifted = Vector512.MultiplyAddEstimate(doubled, Vector512.Create(Log2EDouble), Vector512.Create(RoundingShiftDouble));
        var n = shifted - Vector512.Create(RoundingShiftDouble);
        var r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2HighDouble), doubled);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2LowDouble), r);
        var poly = Vector512.MultiplyAddEstimate(Vector512.Create(ExpDouble10), r, Vector512.Create(ExpDouble9));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(ExpDouble8));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(ExpDouble7));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(ExpDouble6));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(ExpDouble5));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(ExpDouble4));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(ExpDouble3));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(ExpDouble2));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(ExpDouble1));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(ExpDouble0));
        var scale = ((shifted.AsInt64() << 52) + Vector512.Create(1023L << 52)).AsDouble();
        var m = Vector512.MultiplyAddEstimate(Vector512.MultiplyAddEstimate(poly, r * r, r), scale, scale - Vector512<double>.One);
        return (m / (m + Vector512.Create(2.0))) | (x & Vector512.Create(-0.0));
    }

    /// <inheritdoc cref="Tanh(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Tanh(Vector256<double> x)
    {
        // tanh(a) = m / (m + 2) with m = exp(2a) - 1 = 2^n·expm1(r) + (2^n - 1), which keeps its relative precision towards zero; the sign goes apart.
        var a = Vector256.MinNative(Vector256.Create(TanhHighestDouble), Vector256.Abs(x));
        var doubled = a + a;
        var shifted = Vector256.MultiplyAddEstimate(doubled, Vector256.Create(Log2EDouble), Vector256.Create(RoundingShiftDouble));
        var n = shifted - Vector256.Create(RoundingShiftDouble);
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2HighDouble), doubled);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2LowDouble), r);
        var poly = Vector256.MultiplyAddEstimate(Vector256.Create(ExpDouble10), r, Vector256.Create(ExpDouble9));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(ExpDouble8));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(ExpDouble7));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(ExpDouble6));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(ExpDouble5));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(ExpDouble4));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(ExpDouble3));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(ExpDouble2));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(ExpDouble1));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(ExpDouble0));
        var scale = ((shifted.AsInt64() << 52) + Vector256.Create(1023L << 52)).AsDouble();
        var m = Vector256.MultiplyAddEstimate(Vector256.MultiplyAddEstimate(poly, r * r, r), scale, scale - Vector256<double>.One);
        return (m / (m + Vector256.Create(2.0))) | (x & Vector256.Create(-0.0));
    }

    /// <inheritdoc cref="Tanh(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Tanh(Vector128<double> x)
    {
        // tanh(a) = m / (m + 2) with m = exp(2a) - 1 = 2^n·expm1(r) + (2^n - 1), which keeps its relative precision towards zero; the sign goes apart.
        var a = Vector128.MinNative(Vector128.Create(TanhHighestDouble), Vector128.Abs(x));
        var doubled = a + a;
        var shifted = Vector128.MultiplyAddEstimate(doubled, Vector128.Create(Log2EDouble), Vector128.Create(RoundingShiftDouble));
        var n = shifted - Vector128.Create(RoundingShiftDouble);
        var r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2HighDouble), doubled);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2LowDouble), r);
        var poly = Vector128.MultiplyAddEstimate(Vector128.Create(ExpDouble10), r, Vector128.Create(ExpDouble9));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(ExpDouble8));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(ExpDouble7));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(ExpDouble6));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(ExpDouble5));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(ExpDouble4));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(ExpDouble3));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(ExpDouble2));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(ExpDouble1));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(ExpDouble0));
        var scale = ((shifted.AsInt64() << 52) + Vector128.Create(1023L << 52)).AsDouble();
        var m = Vector128.MultiplyAddEstimate(Vector128.MultiplyAddEstimate(poly, r * r, r), scale, scale - Vector128<double>.One);
        return (m / (m + Vector128.Create(2.0))) | (x & Vector128.Create(-0.0));
    }

    /// <inheritdoc cref="Tanh(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Tanh(double x) => Tanh(Vector128.CreateScalarUnsafe(x)).ToScalar();
}
