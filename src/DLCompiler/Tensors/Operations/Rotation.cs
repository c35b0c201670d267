using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Rotary position embedding (Su et al. 2021): pairs of features turned by angles that grow with the position.</summary>
internal static class Rotation
{
    /// <param name="x">[…, D].</param>
    /// <param name="timeAxis">The axis of positions.</param>
    /// <param name="dimensions">How many features are turned, an even number; the others stay.</param>
    /// <param name="base">What angles fall by.</param>
    /// <param name="offset">The position of the first element.</param>
    /// <param name="interleaved">Whether neighbours are a pair; else the two halves are.</param>
    public static DenseArray<T> Rotate<T>(DenseArray<T> x, int timeAxis, int dimensions, double @base, int offset, bool interleaved)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int depth = x.Shape[^1], half = dimensions / 2, inner = x.Shape.Strides()[timeAxis];
        var result = new DenseArray<T>(x.Shape, (T[])x.Elements.Clone());
        for (int row = 0; row < x.Elements.Length / depth; row++)
        {
            int start = row * depth, position = offset + (start / inner % x.Shape[timeAxis]);
            for (int pair = 0; pair < half; pair++)
            {
                double angle = position * Math.Pow(@base, -pair / (double)half);
                int first = start + (interleaved ? 2 * pair : pair), second = interleaved ? first + 1 : first + half;
                double a = double.CreateTruncating(x.Elements[first]), b = double.CreateTruncating(x.Elements[second]);
                result.Elements[first] = T.CreateTruncating((a * Math.Cos(angle)) - (b * Math.Sin(angle)));
                result.Elements[second] = T.CreateTruncating((b * Math.Cos(angle)) + (a * Math.Sin(angle)));
            }
        }

        return result;
    }
}
