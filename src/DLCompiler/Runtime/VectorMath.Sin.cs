using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

public static partial class VectorMath
{
    /// <summary>Sine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sin(Vector512<float> x) => Vector512.Create(Sin(x.GetLower()), Sin(x.GetUpper()));

    /// <summary>Sine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sin(Vector256<float> x) => Vector256.Create(Sin(x.GetLower()), Sin(x.GetUpper()));

    /// <summary>Sine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sin(Vector128<float> x) => Vector128.Create(Sin(x.GetElement(0)), Sin(x.GetElement(1)), Sin(x.GetElement(2)), Sin(x.GetElement(3)));

    /// <summary>Sine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sin(float x) => MathF.Sin(x);

    /// <summary>Sine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sin(Vector512<double> x) => Vector512.Create(Sin(x.GetLower()), Sin(x.GetUpper()));

    /// <summary>Sine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sin(Vector256<double> x) => Vector256.Create(Sin(x.GetLower()), Sin(x.GetUpper()));

    /// <summary>Sine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sin(Vector128<double> x) => Vector128.Create(Sin(x.GetElement(0)), Sin(x.GetElement(1)));

    /// <summary>Sine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sin(double x) => Math.Sin(x);
}
