using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DLCompiler.Runtime;

/// <summary>
/// Elementwise functions that emitted kernels call, for every vector width and as scalars. Vector paths make no calls (sines of huge arguments excepted), so
/// that values stay in registers; all widths and the scalars compute the same way. NaN propagates through all of them.
/// </summary>
/// <remarks>
/// Methods are the usual ones: an argument is reduced to a small interval with constants split so that products are exact (Cody and Waite, "Software Manual
/// for the Elementary Functions", 1980), and a polynomial in Horner's form does the rest. The coefficients were fitted for this library: least squares on
/// Chebyshev nodes with weights iterated towards the minimax of the relative error, rounded one by one from the lowest with the others fitted again.
/// Errors given in ulp are maxima over a sweep of all magnitudes, on processors with fused multiply-add.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    private const float Log2E = 1.442695f;
    private const double Log2EDouble = 1.4426950408889634;

    // ln 2 in two parts; the first has so few bits that its product with an exponent is exact.
    private const float Ln2High = 0.693359375f, Ln2Low = -2.1219444e-4f;
    private const double Ln2HighDouble = 6.93147180369123816490e-01, Ln2LowDouble = 1.90821492927058770002e-10;

    // Added to a small number these leave it rounded to an integer, in the sum's lowest bits; subtracted again they leave it as a number.
    private const float RoundingShift = 12582912f;
    private const double RoundingShiftDouble = 6755399441055744;
    private const int RoundingShiftBits = 0x4B400000;
    private const long RoundingShiftDoubleBits = 0x4338000000000000;

    // value * 2^n for n = shifted - RoundingShift, with the overflows and denormals of a single rounding. Without an instruction: twice half of the exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ScaleByPowerOfTwo(Vector512<float> value, Vector512<float> shifted)
    {
        if (Avx512F.IsSupported) return Avx512F.Scale(value, shifted - Vector512.Create(RoundingShift));

        var n = shifted.AsInt32() - Vector512.Create(RoundingShiftBits);
        var half = n >> 1;
        var one = Vector512.Create(127);
        return value * ((half + one) << 23).AsSingle() * ((n - half + one) << 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ScaleByPowerOfTwo(Vector256<float> value, Vector256<float> shifted)
    {
        var n = shifted.AsInt32() - Vector256.Create(RoundingShiftBits);
        var half = n >> 1;
        var one = Vector256.Create(127);
        return value * ((half + one) << 23).AsSingle() * ((n - half + one) << 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ScaleByPowerOfTwo(Vector128<float> value, Vector128<float> shifted)
    {
        var n = shifted.AsInt32() - Vector128.Create(RoundingShiftBits);
        var half = n >> 1;
        var one = Vector128.Create(127);
        return value * ((half + one) << 23).AsSingle() * ((n - half + one) << 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ScaleByPowerOfTwo(Vector512<double> value, Vector512<double> shifted)
    {
        if (Avx512F.IsSupported) return Avx512F.Scale(value, shifted - Vector512.Create(RoundingShiftDouble));

        // Biased, the exponent is positive and an unsigned shift halves it: not every processor shifts signed 64-bit numbers.
        var n = shifted.AsInt64() - Vector512.Create(RoundingShiftDoubleBits - 2048);
        var half = n >>> 1;
        return value * ((half - Vector512.Create(1L)) << 52).AsDouble() * ((n - half - Vector512.Create(1L)) << 52).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ScaleByPowerOfTwo(Vector256<double> value, Vector256<double> shifted)
    {
        // Biased, the exponent is positive and an unsigned shift halves it: not every processor shifts signed 64-bit numbers.
        var n = shifted.AsInt64() - Vector256.Create(RoundingShiftDoubleBits - 2048);
        var half = n >>> 1;
        return value * ((half - Vector256.Create(1L)) << 52).AsDouble() * ((n - half - Vector256.Create(1L)) << 52).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ScaleByPowerOfTwo(Vector128<double> value, Vector128<double> shifted)
    {
        // Biased, the exponent is positive and an unsigned shift halves it: not every processor shifts signed 64-bit numbers.
        var n = shifted.AsInt64() - Vector128.Create(RoundingShiftDoubleBits - 2048);
        var half = n >>> 1;
        return value * ((half - Vector128.Create(1L)) << 52).AsDouble() * ((n - half - Vector128.Create(1L)) << 52).AsDouble();
    }
}
