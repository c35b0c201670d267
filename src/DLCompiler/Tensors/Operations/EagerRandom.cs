using System;
using System.Threading;
using DLCompiler.Runtime;

namespace DLCompiler.Operations;

/// <summary>Random numbers of the eager operations: each call continues one sequence of the process, which is the same in every run.</summary>
internal static class EagerRandom
{
    // The library's other numbers have the streams above.
    private const uint Stream = 0xFFFC;

    private static long calls;

    /// <summary>Numbers uniform on [0, 1).</summary>
    public static DenseArray<float> Uniform(int[] sizes)
    {
        long call = Interlocked.Increment(ref calls);
        var result = new DenseArray<float>(new TensorShape(sizes));
        for (int index = 0; index < result.Elements.Length; index++) result.Elements[index] = PhiloxRandom.Uniform(0, Stream, call, index);
        return result;
    }

    /// <summary>Numbers with the standard normal distribution (Box and Muller 1958).</summary>
    public static DenseArray<float> Normal(int[] sizes) => Elementwise.Combine(
        Uniform(sizes), Uniform(sizes), "draw", (u, v) => (float)(Math.Sqrt(-2 * Math.Log(1 - u)) * Math.Cos(2 * Math.PI * v)));
}
