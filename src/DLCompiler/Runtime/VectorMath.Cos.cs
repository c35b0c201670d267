using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

public static partial class VectorMath
{
    /// <summary>Cosine of x radians. Error ≤ 2.5 ulp up to |x| = 10,000, the platform's beyond; NaN at ±∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cos(Vector512<float> x) =>
        Vector512.GreaterThanAny(Vector512.Abs(x), Vector512.Create(TrigonometricLimit)) ? CosOfLarge(x) : SineOfQuadrants(x, 1);

    /// <inheritdoc cref="Cos(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cos(Vector256<float> x) =>
        Vector256.GreaterThanAny(Vector256.Abs(x), Vector256.Create(TrigonometricLimit)) ? CosOfLarge(x) : SineOfQuadrants(x, 1);

    /// <inheritdoc cref="Cos(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cos(Vector128<float> x) =>
        Vector128.GreaterThanAny(Vector128.Abs(x), Vector128.Create(TrigonometricLimit)) ? CosOfLarge(x) : SineOfQuadrants(x, 1);

    /// <inheritdoc cref="Cos(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cos(float x) => Cos(Vector128.CreateScalar(x)).ToScalar();

    /// <summary>Cosine of x radians. Error ≤ 2e-15 relative to the result up to |x| = 1,000,000, the platform's beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Cos(Vector512<double> x) =>
        Vector512.GreaterThanAny(Vector512.Abs(x), Vector512.Create(TrigonometricLimitDouble)) ? CosOfLarge(x) : SineOfQuadrants(x, 1);

    /// <inheritdoc cref="Cos(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Cos(Vector256<double> x) =>
        Vector256.GreaterThanAny(Vector256.Abs(x), Vector256.Create(TrigonometricLimitDouble)) ? CosOfLarge(x) : SineOfQuadrants(x, 1);

    /// <inheritdoc cref="Cos(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Cos(Vector128<double> x) =>
        Vector128.GreaterThanAny(Vector128.Abs(x), Vector128.Create(TrigonometricLimitDouble)) ? CosOfLarge(x) : SineOfQuadrants(x, 1);

    /// <inheritdoc cref="Cos(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Cos(double x) => Cos(Vector128.CreateScalar(x)).ToScalar();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> CosOfLarge(Vector512<float> x) =>
        Vector512.Create(CosOfLarge(x.GetLower()), CosOfLarge(x.GetUpper()));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<float> CosOfLarge(Vector256<float> x) =>
        Vector256.Create(CosOfLarge(x.GetLower()), CosOfLarge(x.GetUpper()));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<float> CosOfLarge(Vector128<float> x) =>
        Vector128.Create(MathF.Cos(x.GetElement(0)), MathF.Cos(x.GetElement(1)), MathF.Cos(x.GetElement(2)), MathF.Cos(x.GetElement(3)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<double> CosOfLarge(Vector512<double> x) =>
        Vector512.Create(CosOfLarge(x.GetLower()), CosOfLarge(x.GetUpper()));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<double> CosOfLarge(Vector256<double> x) =>
        Vector256.Create(CosOfLarge(x.GetLower()), CosOfLarge(x.GetUpper()));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<double> CosOfLarge(Vector128<double> x) =>
        Vector128.Create(Math.Cos(x.GetElement(0)), Math.Cos(x.GetElement(1)));
}
