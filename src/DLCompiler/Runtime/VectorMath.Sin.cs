using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

public static partial class VectorMath
{
    /// <summary>Sine of x radians. Error ≤ 2.5 ulp up to |x| = 10,000, the platform's beyond; NaN at ±∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sin(Vector512<float> x) =>
        Vector512.GreaterThanAny(Vector512.Abs(x), Vector512.Create(TrigonometricLimit)) ? SinOfLarge(x) : SineOfQuadrants(x, 0);

    /// <inheritdoc cref="Sin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sin(Vector256<float> x) =>
        Vector256.GreaterThanAny(Vector256.Abs(x), Vector256.Create(TrigonometricLimit)) ? SinOfLarge(x) : SineOfQuadrants(x, 0);

    /// <inheritdoc cref="Sin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sin(Vector128<float> x) =>
        Vector128.GreaterThanAny(Vector128.Abs(x), Vector128.Create(TrigonometricLimit)) ? SinOfLarge(x) : SineOfQuadrants(x, 0);

    /// <inheritdoc cref="Sin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sin(float x) => Sin(Vector128.CreateScalar(x)).ToScalar();

    /// <summary>Sine of x radians. Error ≤ 2e-15 relative to the result up to |x| = 1,000,000, the platform's beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sin(Vector512<double> x) =>
        Vector512.GreaterThanAny(Vector512.Abs(x), Vector512.Create(TrigonometricLimitDouble)) ? SinOfLarge(x) : SineOfQuadrants(x, 0);

    /// <inheritdoc cref="Sin(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sin(Vector256<double> x) =>
        Vector256.GreaterThanAny(Vector256.Abs(x), Vector256.Create(TrigonometricLimitDouble)) ? SinOfLarge(x) : SineOfQuadrants(x, 0);

    /// <inheritdoc cref="Sin(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sin(Vector128<double> x) =>
        Vector128.GreaterThanAny(Vector128.Abs(x), Vector128.Create(TrigonometricLimitDouble)) ? SinOfLarge(x) : SineOfQuadrants(x, 0);

    /// <inheritdoc cref="Sin(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sin(double x) => Sin(Vector128.CreateScalar(x)).ToScalar();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> SinOfLarge(Vector512<float> x) =>
        Vector512.Create(SinOfLarge(x.GetLower()), SinOfLarge(x.GetUpper()));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<float> SinOfLarge(Vector256<float> x) =>
        Vector256.Create(SinOfLarge(x.GetLower()), SinOfLarge(x.GetUpper()));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<float> SinOfLarge(Vector128<float> x) =>
        Vector128.Create(MathF.Sin(x.GetElement(0)), MathF.Sin(x.GetElement(1)), MathF.Sin(x.GetElement(2)), MathF.Sin(x.GetElement(3)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<double> SinOfLarge(Vector512<double> x) =>
        Vector512.Create(SinOfLarge(x.GetLower()), SinOfLarge(x.GetUpper()));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<double> SinOfLarge(Vector256<double> x) =>
        Vector256.Create(SinOfLarge(x.GetLower()), SinOfLarge(x.GetUpper()));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<double> SinOfLarge(Vector128<double> x) =>
        Vector128.Create(Math.Sin(x.GetElement(0)), Math.Sin(x.GetElement(1)));
}
