using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using DLCompiler.Runtime;

namespace DLCompiler.Benchmarks.Kernels;

/// <summary>Vector functions over an array that stays in the first-level cache: the mean is of one element.</summary>
public class VectorMathBenchmarks
{
    private const int Elements = 2048;

    private readonly float[] source = new float[Elements], target = new float[Elements];

    private interface IFunction
    {
        static abstract Vector512<float> Wide(Vector512<float> x);

        static abstract Vector256<float> Narrow(Vector256<float> x);
    }

    /// <summary>Values from −8 to 8.</summary>
    [GlobalSetup]
    public void Fill()
    {
        for (int i = 0; i < Elements; i++) source[i] = (16f * i / Elements) - 8;
    }

    /// <summary>What reading and writing takes.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Elements)]
    public void Copy() => Apply<CopyOf>();

    /// <summary>e to the power of x.</summary>
    [Benchmark(OperationsPerInvoke = Elements)]
    public void Exp() => Apply<ExpOf>();

    /// <summary>The natural logarithm, of absolute values.</summary>
    [Benchmark(OperationsPerInvoke = Elements)]
    public void Log() => Apply<LogOf>();

    /// <summary>The hyperbolic tangent.</summary>
    [Benchmark(OperationsPerInvoke = Elements)]
    public void Tanh() => Apply<TanhOf>();

    /// <summary>The logistic function.</summary>
    [Benchmark(OperationsPerInvoke = Elements)]
    public void Sigmoid() => Apply<SigmoidOf>();

    /// <summary>The error function.</summary>
    [Benchmark(OperationsPerInvoke = Elements)]
    public void Erf() => Apply<ErfOf>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Apply<T>() where T : struct, IFunction
    {
        ref float from = ref source[0], to = ref target[0];
        if (Vector512.IsHardwareAccelerated)
            for (nuint i = 0; i < Elements; i += 16) T.Wide(Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        else
            for (nuint i = 0; i < Elements; i += 8) T.Narrow(Vector256.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
    }

    private readonly struct CopyOf : IFunction
    {
        public static Vector512<float> Wide(Vector512<float> x) => x;

        public static Vector256<float> Narrow(Vector256<float> x) => x;
    }

    private readonly struct ExpOf : IFunction
    {
        public static Vector512<float> Wide(Vector512<float> x) => VectorMath.Exp(x);

        public static Vector256<float> Narrow(Vector256<float> x) => VectorMath.Exp(x);
    }

    private readonly struct LogOf : IFunction
    {
        public static Vector512<float> Wide(Vector512<float> x) => VectorMath.Log(Vector512.Abs(x));

        public static Vector256<float> Narrow(Vector256<float> x) => VectorMath.Log(Vector256.Abs(x));
    }

    private readonly struct TanhOf : IFunction
    {
        public static Vector512<float> Wide(Vector512<float> x) => VectorMath.Tanh(x);

        public static Vector256<float> Narrow(Vector256<float> x) => VectorMath.Tanh(x);
    }

    private readonly struct SigmoidOf : IFunction
    {
        public static Vector512<float> Wide(Vector512<float> x) => VectorMath.Sigmoid(x);

        public static Vector256<float> Narrow(Vector256<float> x) => VectorMath.Sigmoid(x);
    }

    private readonly struct ErfOf : IFunction
    {
        public static Vector512<float> Wide(Vector512<float> x) => VectorMath.Erf(x);

        public static Vector256<float> Narrow(Vector256<float> x) => VectorMath.Erf(x);
    }
}
