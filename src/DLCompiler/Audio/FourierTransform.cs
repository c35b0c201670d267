using System;
using System.Numerics;

namespace DLCompiler.Audio;

/// <summary>The discrete Fourier transform of a length that is a power of two (Cooley and Tukey 1965), in place, in double precision.</summary>
internal sealed class FourierTransform
{
    private readonly int[] reversed;
    private readonly Complex[] roots;

    /// <param name="length">A power of two.</param>
    public FourierTransform(int length)
    {
        int bits = BitOperations.Log2((uint)length);
        reversed = new int[length];
        for (int i = 1; i < length; i++) reversed[i] = (reversed[i >> 1] >> 1) | ((i & 1) << (bits - 1));
        roots = new Complex[length / 2];
        for (int i = 0; i < roots.Length; i++) roots[i] = Complex.FromPolarCoordinates(1, -2 * Math.PI * i / length);
    }

    /// <summary>X[k] = Σ x[n]·e^(−2πikn/N).</summary>
    public void Forward(Span<Complex> values)
    {
        for (int i = 0; i < values.Length; i++)
            if (reversed[i] > i) (values[i], values[reversed[i]]) = (values[reversed[i]], values[i]);
        for (int half = 1; half < values.Length; half *= 2)
        {
            int stride = values.Length / (2 * half);
            for (int block = 0; block < values.Length; block += 2 * half)
            {
                for (int i = 0; i < half; i++)
                {
                    var odd = values[block + half + i] * roots[i * stride];
                    var even = values[block + i];
                    (values[block + i], values[block + half + i]) = (even + odd, even - odd);
                }
            }
        }
    }
}
