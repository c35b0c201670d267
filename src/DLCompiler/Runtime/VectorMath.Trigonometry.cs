using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

public static partial class VectorMath
{
    // sin(r) = r + r³·(C0 + C1·r² + …) and cos(r) = 1 - r²/2 + r⁴·(C0 + C1·r² + …) on ±π/4.
    private const float Sin0 = -0.16666655f, Sin1 = 0.008332191f, Sin2 = -0.000195186f;
    private const float Cos0 = 0.041666646f, Cos1 = -0.0013887313f, Cos2 = 2.4432959e-05f;
    private const double SinDouble0 = -0.16666666666666632, SinDouble1 = 0.008333333333322472, SinDouble2 = -0.00019841269829835186,
        SinDouble3 = 2.755731369710197e-06, SinDouble4 = -2.505075845627924e-08, SinDouble5 = 1.5896795156621584e-10;
    private const double CosDouble0 = 0.0416666666666666, CosDouble1 = -0.0013888888888874472, CosDouble2 = 2.4801587289667762e-05,
        CosDouble3 = -2.7557314399147826e-07, CosDouble4 = 2.087572891504047e-09, CosDouble5 = -1.1359909642041302e-11;

    // π/2 in parts; all but the last have so few bits that their products with a quadrant number are exact up to the limits below.
    private const float HalfPi0 = 1.5703125f, HalfPi1 = 0.0004837513f, HalfPi2 = 7.5495336e-08f, HalfPi3 = 2.563344e-12f;
    private const double HalfPiDouble0 = 1.5707963267341256, HalfPiDouble1 = 6.077100506303966e-11, HalfPiDouble2 = 2.0222662487959506e-21;

    private const float TwoOverPi = 0.63661975f;
    private const double TwoOverPiDouble = 0.6366197723675814;

    // Greater arguments need π to more digits than those: they go one by one through the platform's functions.
    private const float TrigonometricLimit = 10_000;
    private const double TrigonometricLimitDouble = 1_000_000;

    // The sine of x plus so many quarter turns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SineOfQuadrants(Vector512<float> x, int quadrants)
    {
        var shifted = Vector512.MultiplyAddEstimate(x, Vector512.Create(TwoOverPi), Vector512.Create(RoundingShift));
        var n = shifted - Vector512.Create(RoundingShift);
        var r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-HalfPi0), x);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-HalfPi1), r);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-HalfPi2), r);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-HalfPi3), r);
        var z = r * r;
        var sine = Vector512.MultiplyAddEstimate(Vector512.Create(Sin2), z, Vector512.Create(Sin1));
        sine = Vector512.MultiplyAddEstimate(sine, z, Vector512.Create(Sin0));
        sine = Vector512.MultiplyAddEstimate(sine, z * r, r);
        var cosine = Vector512.MultiplyAddEstimate(Vector512.Create(Cos2), z, Vector512.Create(Cos1));
        cosine = Vector512.MultiplyAddEstimate(cosine, z, Vector512.Create(Cos0));
        cosine = Vector512.MultiplyAddEstimate(Vector512.MultiplyAddEstimate(cosine, z, Vector512.Create(-0.5f)), z, Vector512<float>.One);

        var quadrant = shifted.AsInt32() + Vector512.Create(quadrants);
        var isOdd = Vector512.Equals(quadrant & Vector512<int>.One, Vector512<int>.One).AsSingle();
        return Vector512.ConditionalSelect(isOdd, cosine, sine) ^ ((quadrant & Vector512.Create(2)) << 30).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SineOfQuadrants(Vector256<float> x, int quadrants)
    {
        var shifted = Vector256.MultiplyAddEstimate(x, Vector256.Create(TwoOverPi), Vector256.Create(RoundingShift));
        var n = shifted - Vector256.Create(RoundingShift);
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-HalfPi0), x);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-HalfPi1), r);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-HalfPi2), r);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-HalfPi3), r);
        var z = r * r;
        var sine = Vector256.MultiplyAddEstimate(Vector256.Create(Sin2), z, Vector256.Create(Sin1));
        sine = Vector256.MultiplyAddEstimate(sine, z, Vector256.Create(Sin0));
        sine = Vector256.MultiplyAddEstimate(sine, z * r, r);
        var cosine = Vector256.MultiplyAddEstimate(Vector256.Create(Cos2), z, Vector256.Create(Cos1));
        cosine = Vector256.MultiplyAddEstimate(cosine, z, Vector256.Create(Cos0));
        cosine = Vector256.MultiplyAddEstimate(Vector256.MultiplyAddEstimate(cosine, z, Vector256.Create(-0.5f)), z, Vector256<float>.One);

        var quadrant = shifted.AsInt32() + Vector256.Create(quadrants);
        var isOdd = Vector256.Equals(quadrant & Vector256<int>.One, Vector256<int>.One).AsSingle();
        return Vector256.ConditionalSelect(isOdd, cosine, sine) ^ ((quadrant & Vector256.Create(2)) << 30).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SineOfQuadrants(Vector128<float> x, int quadrants)
    {
        var shifted = Vector128.MultiplyAddEstimate(x, Vector128.Create(TwoOverPi), Vector128.Create(RoundingShift));
        var n = shifted - Vector128.Create(RoundingShift);
        var r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-HalfPi0), x);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-HalfPi1), r);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-HalfPi2), r);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-HalfPi3), r);
        var z = r * r;
        var sine = Vector128.MultiplyAddEstimate(Vector128.Create(Sin2), z, Vector128.Create(Sin1));
        sine = Vector128.MultiplyAddEstimate(sine, z, Vector128.Create(Sin0));
        sine = Vector128.MultiplyAddEstimate(sine, z * r, r);
        var cosine = Vector128.MultiplyAddEstimate(Vector128.Create(Cos2), z, Vector128.Create(Cos1));
        cosine = Vector128.MultiplyAddEstimate(cosine, z, Vector128.Create(Cos0));
        cosine = Vector128.MultiplyAddEstimate(Vector128.MultiplyAddEstimate(cosine, z, Vector128.Create(-0.5f)), z, Vector128<float>.One);

        var quadrant = shifted.AsInt32() + Vector128.Create(quadrants);
        var isOdd = Vector128.Equals(quadrant & Vector128<int>.One, Vector128<int>.One).AsSingle();
        return Vector128.ConditionalSelect(isOdd, cosine, sine) ^ ((quadrant & Vector128.Create(2)) << 30).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SineOfQuadrants(Vector512<double> x, int quadrants)
    {
        var shifted = Vector512.MultiplyAddEstimate(x, Vector512.Create(TwoOverPiDouble), Vector512.Create(RoundingShiftDouble));
        var n = shifted - Vector512.Create(RoundingShiftDouble);
        var r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-HalfPiDouble0), x);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-HalfPiDouble1), r);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-HalfPiDouble2), r);
        var z = r * r;
        var sine = Vector512.MultiplyAddEstimate(Vector512.Create(SinDouble5), z, Vector512.Create(SinDouble4));
        sine = Vector512.MultiplyAddEstimate(sine, z, Vector512.Create(SinDouble3));
        sine = Vector512.MultiplyAddEstimate(sine, z, Vector512.Create(SinDouble2));
        sine = Vector512.MultiplyAddEstimate(sine, z, Vector512.Create(SinDouble1));
        sine = Vector512.MultiplyAddEstimate(sine, z, Vector512.Create(SinDouble0));
        sine = Vector512.MultiplyAddEstimate(sine, z * r, r);
        var cosine = Vector512.MultiplyAddEstimate(Vector512.Create(CosDouble5), z, Vector512.Create(CosDouble4));
        cosine = Vector512.MultiplyAddEstimate(cosine, z, Vector512.Create(CosDouble3));
        cosine = Vector512.MultiplyAddEstimate(cosine, z, Vector512.Create(CosDouble2));
        cosine = Vector512.MultiplyAddEstimate(cosine, z, Vector512.Create(CosDouble1));
        cosine = Vector512.MultiplyAddEstimate(cosine, z, Vector512.Create(CosDouble0));
        cosine = Vector512.MultiplyAddEstimate(Vector512.MultiplyAddEstimate(cosine, z, Vector512.Create(-0.5)), z, Vector512<double>.One);

        var quadrant = shifted.AsInt64() + Vector512.Create((long)quadrants);
        var isOdd = Vector512.Equals(quadrant & Vector512<long>.One, Vector512<long>.One).AsDouble();
        return Vector512.ConditionalSelect(isOdd, cosine, sine) ^ ((quadrant & Vector512.Create(2L)) << 62).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> SineOfQuadrants(Vector256<double> x, int quadrants)
    {
        var shifted = Vector256.MultiplyAddEstimate(x, Vector256.Create(TwoOverPiDouble), Vector256.Create(RoundingShiftDouble));
        var n = shifted - Vector256.Create(RoundingShiftDouble);
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-HalfPiDouble0), x);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-HalfPiDouble1), r);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-HalfPiDouble2), r);
        var z = r * r;
        var sine = Vector256.MultiplyAddEstimate(Vector256.Create(SinDouble5), z, Vector256.Create(SinDouble4));
        sine = Vector256.MultiplyAddEstimate(sine, z, Vector256.Create(SinDouble3));
        sine = Vector256.MultiplyAddEstimate(sine, z, Vector256.Create(SinDouble2));
        sine = Vector256.MultiplyAddEstimate(sine, z, Vector256.Create(SinDouble1));
        sine = Vector256.MultiplyAddEstimate(sine, z, Vector256.Create(SinDouble0));
        sine = Vector256.MultiplyAddEstimate(sine, z * r, r);
        var cosine = Vector256.MultiplyAddEstimate(Vector256.Create(CosDouble5), z, Vector256.Create(CosDouble4));
        cosine = Vector256.MultiplyAddEstimate(cosine, z, Vector256.Create(CosDouble3));
        cosine = Vector256.MultiplyAddEstimate(cosine, z, Vector256.Create(CosDouble2));
        cosine = Vector256.MultiplyAddEstimate(cosine, z, Vector256.Create(CosDouble1));
        cosine = Vector256.MultiplyAddEstimate(cosine, z, Vector256.Create(CosDouble0));
        cosine = Vector256.MultiplyAddEstimate(Vector256.MultiplyAddEstimate(cosine, z, Vector256.Create(-0.5)), z, Vector256<double>.One);

        var quadrant = shifted.AsInt64() + Vector256.Create((long)quadrants);
        var isOdd = Vector256.Equals(quadrant & Vector256<long>.One, Vector256<long>.One).AsDouble();
        return Vector256.ConditionalSelect(isOdd, cosine, sine) ^ ((quadrant & Vector256.Create(2L)) << 62).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> SineOfQuadrants(Vector128<double> x, int quadrants)
    {
        var shifted = Vector128.MultiplyAddEstimate(x, Vector128.Create(TwoOverPiDouble), Vector128.Create(RoundingShiftDouble));
        var n = shifted - Vector128.Create(RoundingShiftDouble);
        var r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-HalfPiDouble0), x);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-HalfPiDouble1), r);
        r = Vector128.MultiplyAddEstimate(n, Vector128.Create(-HalfPiDouble2), r);
        var z = r * r;
        var sine = Vector128.MultiplyAddEstimate(Vector128.Create(SinDouble5), z, Vector128.Create(SinDouble4));
        sine = Vector128.MultiplyAddEstimate(sine, z, Vector128.Create(SinDouble3));
        sine = Vector128.MultiplyAddEstimate(sine, z, Vector128.Create(SinDouble2));
        sine = Vector128.MultiplyAddEstimate(sine, z, Vector128.Create(SinDouble1));
        sine = Vector128.MultiplyAddEstimate(sine, z, Vector128.Create(SinDouble0));
        sine = Vector128.MultiplyAddEstimate(sine, z * r, r);
        var cosine = Vector128.MultiplyAddEstimate(Vector128.Create(CosDouble5), z, Vector128.Create(CosDouble4));
        cosine = Vector128.MultiplyAddEstimate(cosine, z, Vector128.Create(CosDouble3));
        cosine = Vector128.MultiplyAddEstimate(cosine, z, Vector128.Create(CosDouble2));
        cosine = Vector128.MultiplyAddEstimate(cosine, z, Vector128.Create(CosDouble1));
        cosine = Vector128.MultiplyAddEstimate(cosine, z, Vector128.Create(CosDouble0));
        cosine = Vector128.MultiplyAddEstimate(Vector128.MultiplyAddEstimate(cosine, z, Vector128.Create(-0.5)), z, Vector128<double>.One);

        var quadrant = shifted.AsInt64() + Vector128.Create((long)quadrants);
        var isOdd = Vector128.Equals(quadrant & Vector128<long>.One, Vector128<long>.One).AsDouble();
        return Vector128.ConditionalSelect(isOdd, cosine, sine) ^ ((quadrant & Vector128.Create(2L)) << 62).AsDouble();
    }
}
