using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

public static partial class VectorMath
{
    // exp(r) = 1 + r + r²·(C0 + C1·r + …) on ±ln(2)/2.
    private const float Exp0 = 0.49999994f, Exp1 = 0.16666521f, Exp2 = 0.041668262f, Exp3 = 0.008368675f, Exp4 = 0.0013821083f;
    private const double ExpDouble0 = 0.5, ExpDouble1 = 0.16666666666666677, ExpDouble2 = 0.041666666666666616, ExpDouble3 = 0.008333333333321459,
        ExpDouble4 = 0.001388888888891968, ExpDouble5 = 0.00019841269886501664, ExpDouble6 = 2.4801587245924948e-05, ExpDouble7 = 2.7557243869278626e-06,
        ExpDouble8 = 2.7557345787078546e-07, ExpDouble9 = 2.5109146597076364e-08, ExpDouble10 = 2.0891643539504128e-09;

    // Beyond these the result is infinite or zero. Operands of minimum and maximum stand so that NaN stays.
    private const float ExpHighest = 89f, ExpLowest = -104f;
    private const double ExpHighestDouble = 710, ExpLowestDouble = -746;

    /// <summary>e to the power x. Error ≤ 1.1 ulp; 0 at -∞ and where e^x underflows, ∞ where it overflows, denormal in between.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        x = Vector512.MaxNative(Vector512.Create(ExpLowest), Vector512.MinNative(Vector512.Create(ExpHighest), x));
        var shifted = Vector512.MultiplyAddEstimate(x, Vector512.Create(Log2E), Vector512.Create(RoundingShift));
        var n = shifted - Vector512.Create(RoundingShift);
        var r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2High), x);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2Low), r);
        var poly = Vector512.MultiplyAddEstimate(Vector512.Create(Exp4), r, Vector512.Create(Exp3));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(Exp2));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(Exp1));
        poly = Vector512.MultiplyAddEstimate(poly, r, Vector512.Create(Exp0));
        return ScaleByPowerOfTwo(Vector512.MultiplyAddEstimate(poly, r * r, r) + Vector512<float>.One, shifted);
    }

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.MaxNative(Vector256.Create(ExpLowest), Vector256.MinNative(Vector256.Create(ExpHighest), x));
        var shifted = Vector256.MultiplyAddEstimate(x, Vector256.Create(Log2E), Vector256.Create(RoundingShift));
        var n = shifted - Vector256.Create(RoundingShift);
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2High), x);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2Low), r);
        var poly = Vector256.MultiplyAddEstimate(Vector256.Create(Exp4), r, Vector256.Create(Exp3));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(Exp2));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(Exp1));
        poly = Vector256.MultiplyAddEstimate(poly, r, Vector256.Create(Exp0));
        return ScaleByPowerOfTwo(Vector256.MultiplyAddEstimate(poly, r * r, r) + Vector256<float>.One, shifted);
    }

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x)
    {
        x = Vector128.MaxNative(Vector128.Create(ExpLowest), Vector128.MinNative(Vector128.Create(ExpHighest), x));
        var shifted = Vector128.MultiplyAddEstimate(x, Vector128.Create(Log2E), Vector128.Create(RoundingShift));
        var n = shifted - Vector128.Create(RoundingShift);
        var r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2High), x);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2Low), r);
        var poly = Vector128.MultiplyAddEstimate(Vector128.Create(Exp4), r, Vector128.Create(Exp3));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(Exp2));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(Exp1));
        poly = Vector128.MultiplyAddEstimate(poly, r, Vector128.Create(Exp0));
        return ScaleByPowerOfTwo(Vector128.MultiplyAddEstimate(poly, r * r, r) + Vector128<float>.One, shifted);
    }

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => Exp(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>e to the power x. Relative error ≤ 2e-15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        x = Vector512.MaxNative(Vector512.Create(ExpLowestDouble), Vector512.MinNative(Vector512.Create(ExpHighestDouble), x));
        var shifted = Vector512.MultiplyAddEstimate(x, Vector512.Create(Log2EDouble), Vector512.Create(RoundingShiftDouble));
        var n = shifted - Vector512.Create(RoundingShiftDouble);
        var r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2HighDouble), x);
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
        return ScaleByPowerOfTwo(Vector512.MultiplyAddEstimate(poly, r * r, r) + Vector512<double>.One, shifted);
    }

    /// <inheritdoc cref="Exp(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        x = Vector256.MaxNative(Vector256.Create(ExpLowestDouble), Vector256.MinNative(Vector256.Create(ExpHighestDouble), x));
        var shifted = Vector256.MultiplyAddEstimate(x, Vector256.Create(Log2EDouble), Vector256.Create(RoundingShiftDouble));
        var n = shifted - Vector256.Create(RoundingShiftDouble);
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2HighDouble), x);
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
        return ScaleByPowerOfTwo(Vector256.MultiplyAddEstimate(poly, r * r, r) + Vector256<double>.One, shifted);
    }

    /// <inheritdoc cref="Exp(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Exp(Vector128<double> x)
    {
        x = Vector128.MaxNative(Vector128.Create(ExpLowestDouble), Vector128.MinNative(Vector128.Create(ExpHighestDouble), x));
        var shifted = Vector128.MultiplyAddEstimate(x, Vector128.Create(Log2EDouble), Vector128.Create(RoundingShiftDouble));
        var n = shifted - Vector128.Create(RoundingShiftDouble);
        var r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-Ln2HighDouble), x);
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
        return ScaleByPowerOfTwo(Vector128.MultiplyAddEstimate(poly, r * r, r) + Vector128<double>.One, shifted);
    }

    /// <inheritdoc cref="Exp(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Exp(double x) => Exp(Vector128.CreateScalarUnsafe(x)).ToScalar();
}
