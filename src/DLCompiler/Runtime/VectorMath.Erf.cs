using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

public static partial class VectorMath
{
    // erf(a) = a + a·(C0 + C1·a² + …) on 0 ≤ a ≤ 1.
    private const float ErfNear0 = 0.12837917f, ErfNear1 = -0.37612626f, ErfNear2 = 0.11283583f, ErfNear3 = -0.026853692f, ErfNear4 = 0.0051880744f,
        ErfNear5 = -0.0008007889f, ErfNear6 = 7.846173e-05f;
    private const double ErfNearDouble0 = 0.1283791670955126, ErfNearDouble1 = -0.37612638903183876, ErfNearDouble2 = 0.11283791670958751,
        ErfNearDouble3 = -0.026866170645621905, ErfNearDouble4 = 0.005223977629122604, ErfNearDouble5 = -0.0008548327191272303,
        ErfNearDouble6 = 0.00012055337840768641, ErfNearDouble7 = -1.4925740042429391e-05, ErfNearDouble8 = 1.646311191243804e-06,
        ErfNearDouble9 = -1.6370901140031668e-07, ErfNearDouble10 = 1.4788306935004386e-08, ErfNearDouble11 = -1.1837331206629394e-09,
        ErfNearDouble12 = 6.69611488422835e-11;

    // erf(a) = 1 - exp(-(C0 + C1·a + …)) from 1 to where the result is 1.
    private const float ErfFar0 = 0.00034239233f, ErfFar1 = 1.1270857f, ErfFar2 = 0.63815063f, ErfFar3 = 0.10310172f, ErfFar4 = -0.021835655f,
        ErfFar5 = 0.0029470553f, ErfFar6 = -0.00018631744f;
    private const double ErfFarDouble0 = 1.8048213948828767e-07, ErfFarDouble1 = 1.128377320479218, ErfFarDouble2 = 0.6366285307747088,
        ErfFarDouble3 = 0.10274712830821169, ErfFarDouble4 = -0.019077900283692845, ErfFarDouble5 = -0.00028087640560999427,
        ErfFarDouble6 = 0.0017694505247491997, ErfFarDouble7 = -0.0006415802410573447, ErfFarDouble8 = 4.51146178401923e-05,
        ErfFarDouble9 = 7.019972010951597e-05, ErfFarDouble10 = -4.4961228193458384e-05, ErfFarDouble11 = 1.6486281263559004e-05,
        ErfFarDouble12 = -4.319108015082059e-06, ErfFarDouble13 = 8.488016009692248e-07, ErfFarDouble14 = -1.254033085388966e-07,
        ErfFarDouble15 = 1.3588978893487316e-08, ErfFarDouble16 = -1.0224353171640136e-09, ErfFarDouble17 = 4.778577617527922e-11,
        ErfFarDouble18 = -1.0452814196705272e-12;

    private const float ErfHighest = 4;
    private const double ErfHighestDouble = 6;

    /// <summary>Error function. Error ≤ 1.2 ulp; ±1 at ±∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        var a = Vector512.MinNative(Vector512.Create(ErfHighest), Vector512.Abs(x));
        var square = a * a;
        var near = Vector512.MultiplyAddEstimate(Vector512.Create(ErfNear6), square, Vector512.Create(ErfNear5));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNear4));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNear3));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNear2));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNear1));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNear0));
        near = Vector512.MultiplyAddEstimate(near, a, a);
        var far = Vector512.MultiplyAddEstimate(Vector512.Create(ErfFar6), a, Vector512.Create(ErfFar5));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFar4));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFar3));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFar2));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFar1));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFar0));
        far = Vector512<float>.One - Exp(-far);
        return Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512<float>.One), near, far) | (x & Vector512.Create(-0f));
    }

    /// <inheritdoc cref="Erf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x)
    {
        var a = Vector256.MinNative(Vector256.Create(ErfHighest), Vector256.Abs(x));
        var square = a * a;
        var near = Vector256.MultiplyAddEstimate(Vector256.Create(ErfNear6), square, Vector256.Create(ErfNear5));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNear4));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNear3));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNear2));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNear1));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNear0));
        near = Vector256.MultiplyAddEstimate(near, a, a);
        var far = Vector256.MultiplyAddEstimate(Vector256.Create(ErfFar6), a, Vector256.Create(ErfFar5));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFar4));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFar3));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFar2));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFar1));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFar0));
        far = Vector256<float>.One - Exp(-far);
        return Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256<float>.One), near, far) | (x & Vector256.Create(-0f));
    }

    /// <inheritdoc cref="Erf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Erf(Vector128<float> x)
    {
        var a = Vector128.MinNative(Vector128.Create(ErfHighest), Vector128.Abs(x));
        var square = a * a;
        var near = Vector128.MultiplyAddEstimate(Vector128.Create(ErfNear6), square, Vector128.Create(ErfNear5));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNear4));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNear3));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNear2));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNear1));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNear0));
        near = Vector128.MultiplyAddEstimate(near, a, a);
        var far = Vector128.MultiplyAddEstimate(Vector128.Create(ErfFar6), a, Vector128.Create(ErfFar5));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFar4));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFar3));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFar2));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFar1));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFar0));
        far = Vector128<float>.One - Exp(-far);
        return Vector128.ConditionalSelect(Vector128.LessThan(a, Vector128<float>.One), near, far) | (x & Vector128.Create(-0f));
    }

    /// <inheritdoc cref="Erf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Erf(float x) => Erf(Vector128.CreateScalarUnsafe(x)).ToScalar();

    /// <summary>Error function. Relative error ≤ 2e-15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Erf(Vector512<double> x)
    {
        var a = Vector512.MinNative(Vector512.Create(ErfHighestDouble), Vector512.Abs(x));
        var square = a * a;
        var near = Vector512.MultiplyAddEstimate(Vector512.Create(ErfNearDouble12), square, Vector512.Create(ErfNearDouble11));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNearDouble10));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNearDouble9));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNearDouble8));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNearDouble7));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNearDouble6));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNearDouble5));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNearDouble4));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNearDouble3));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNearDouble2));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNearDouble1));
        near = Vector512.MultiplyAddEstimate(near, square, Vector512.Create(ErfNearDouble0));
        near = Vector512.MultiplyAddEstimate(near, a, a);
        var far = Vector512.MultiplyAddEstimate(Vector512.Create(ErfFarDouble18), a, Vector512.Create(ErfFarDouble17));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble16));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble15));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble14));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble13));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble12));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble11));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble10));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble9));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble8));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble7));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble6));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble5));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble4));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble3));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble2));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble1));
        far = Vector512.MultiplyAddEstimate(far, a, Vector512.Create(ErfFarDouble0));
        far = Vector512<double>.One - Exp(-far);
        return Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512<double>.One), near, far) | (x & Vector512.Create(-0.0));
    }

    /// <inheritdoc cref="Erf(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Erf(Vector256<double> x)
    {
        var a = Vector256.MinNative(Vector256.Create(ErfHighestDouble), Vector256.Abs(x));
        var square = a * a;
        var near = Vector256.MultiplyAddEstimate(Vector256.Create(ErfNearDouble12), square, Vector256.Create(ErfNearDouble11));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNearDouble10));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNearDouble9));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNearDouble8));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNearDouble7));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNearDouble6));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNearDouble5));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNearDouble4));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNearDouble3));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNearDouble2));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNearDouble1));
        near = Vector256.MultiplyAddEstimate(near, square, Vector256.Create(ErfNearDouble0));
        near = Vector256.MultiplyAddEstimate(near, a, a);
        var far = Vector256.MultiplyAddEstimate(Vector256.Create(ErfFarDouble18), a, Vector256.Create(ErfFarDouble17));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble16));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble15));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble14));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble13));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble12));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble11));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble10));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble9));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble8));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble7));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble6));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble5));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble4));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble3));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble2));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble1));
        far = Vector256.MultiplyAddEstimate(far, a, Vector256.Create(ErfFarDouble0));
        far = Vector256<double>.One - Exp(-far);
        return Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256<double>.One), near, far) | (x & Vector256.Create(-0.0));
    }

    /// <inheritdoc cref="Erf(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Erf(Vector128<double> x)
    {
        var a = Vector128.MinNative(Vector128.Create(ErfHighestDouble), Vector128.Abs(x));
        var square = a * a;
        var near = Vector128.MultiplyAddEstimate(Vector128.Create(ErfNearDouble12), square, Vector128.Create(ErfNearDouble11));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNearDouble10));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNearDouble9));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNearDouble8));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNearDouble7));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNearDouble6));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNearDouble5));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNearDouble4));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNearDouble3));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNearDouble2));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNearDouble1));
        near = Vector128.MultiplyAddEstimate(near, square, Vector128.Create(ErfNearDouble0));
        near = Vector128.MultiplyAddEstimate(near, a, a);
        var far = Vector128.MultiplyAddEstimate(Vector128.Create(ErfFarDouble18), a, Vector128.Create(ErfFarDouble17));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble16));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble15));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble14));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble13));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble12));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble11));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble10));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble9));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble8));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble7));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble6));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble5));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble4));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble3));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble2));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble1));
        far = Vector128.MultiplyAddEstimate(far, a, Vector128.Create(ErfFarDouble0));
        far = Vector128<double>.One - Exp(-far);
        return Vector128.ConditionalSelect(Vector128.LessThan(a, Vector128<double>.One), near, far) | (x & Vector128.Create(-0.0));
    }

    /// <inheritdoc cref="Erf(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Erf(double x) => Erf(Vector128.CreateScalarUnsafe(x)).ToScalar();
}
