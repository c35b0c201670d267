using System;
using System.Runtime.CompilerServices;

namespace DLCompiler.Runtime;

public static partial class PhiloxRandom
{
    /// <summary>
    /// The number at an index: standard normal (Box and Muller 1958, in double precision). Indices 2j and 2j + 1 are the cosine and the sine of the block whose
    /// counter is that of <see cref="Uniform"/>'s elements 4j to 4j + 3: words 0 and 1 give the radius, words 2 and 3 the angle.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Normal(ulong seed, uint stream, long iteration, long index)
    {
        ulong low = LowCounter(stream, (index >> 1) << 2);
        var words = Block((uint)low, (uint)(low >> 32), (uint)iteration, (uint)(iteration >>> 32), (uint)seed, (uint)(seed >> 32));

        // The radius's number is on (0, 1], so that its logarithm is finite; both have 53 bits.
        double radius = (((((ulong)words.Word1 << 32) | words.Word0) >> 11) + 1) * (1.0 / (1L << 53));
        double angle = ((((ulong)words.Word3 << 32) | words.Word2) >> 11) * (Math.Tau / (1L << 53));
        double length = Math.Sqrt(-2 * VectorMath.Log(radius));
        return length * ((index & 1) == 0 ? VectorMath.Cos(angle) : VectorMath.Sin(angle));
    }
}
