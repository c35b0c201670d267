using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DLCompiler.Runtime;

public static partial class VectorMath
{
    /// <summary>Cosine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cos(Vector512<float> x) => Vector512.Create(Cos(x.GetLower()), Cos(x.GetUpper()));

    /// <summary>Cosine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cos(Vector256<float> x) => Vector256.Create(Cos(x.GetLower()), Cos(x.GetUpper()));

    /// <summary>Cosine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cos(Vector128<float> x) => Vector128.Create(Cos(x.GetElement(0)), Cos(x.GetElement(1)), Cos(x.GetElement(2)), Cos(x.GetElement(3)));

    /// <summary>Cosine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cos(float x) => MathF.Cos(x);

    /// <summary>Cosine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Cos(Vector512<double> x) => Vector512.Create(Cos(x.GetLower()), Cos(x.GetUpper()));

    /// <summary>Cosine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Cos(Vector256<double> x) => Vector256.Create(Cos(x.GetLower()), Cos(x.GetUpper()));

    /// <summary>Cosine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Cos(Vector128<double> x) => Vector128.Create(Cos(x.GetElement(0)), Cos(x.GetElement(1)));

    /// <summary>Cosine (x in radians).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Cos(double x) => Math.Cos(x);
}
