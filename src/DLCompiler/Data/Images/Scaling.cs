using System;

namespace DLCompiler.Data;

/// <summary>
/// Scales planes by a triangle filter, first along rows, then along columns: bilinear where a picture grows, and a weighted mean over all covered pixels where it
/// shrinks, so that no pixel is left out (as Pillow's BILINEAR and torch's interpolate with antialias).
/// </summary>
internal static class Scaling
{
    public static void Scale(ReadOnlySpan<float> source, int planes, int height, int width, Span<float> destination, int newHeight, int newWidth)
    {
        var rows = new float[planes * height * newWidth];
        var weights = Weights(width, newWidth);
        for (int row = 0; row < planes * height; row++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                var (first, own) = weights[x];
                rows[row * newWidth + x] = Sum(source, row * width + first, 1, own);
            }
        }

        weights = Weights(height, newHeight);
        for (int plane = 0; plane < planes; plane++)
        {
            for (int y = 0; y < newHeight; y++)
            {
                var (first, own) = weights[y];
                for (int x = 0; x < newWidth; x++)
                    destination[(plane * newHeight + y) * newWidth + x] = Sum(rows, (plane * height + first) * newWidth + x, newWidth, own);
            }
        }
    }

    // For each new position, the first old one that it covers and the weights from there, which add up to 1.
    private static (int First, double[] Weights)[] Weights(int size, int newSize)
    {
        double scale = (double)size / newSize, support = Math.Max(scale, 1);
        var result = new (int, double[])[newSize];
        for (int i = 0; i < newSize; i++)
        {
            double centre = (i + 0.5) * scale;
            int first = Math.Max((int)Math.Floor(centre - support + 0.5), 0), end = Math.Min((int)Math.Floor(centre + support + 0.5), size);
            var own = new double[end - first];
            double sum = 0;
            for (int j = 0; j < own.Length; j++) sum += own[j] = Math.Max(1 - Math.Abs((first + j + 0.5 - centre) / support), 0);
            for (int j = 0; j < own.Length; j++) own[j] /= sum;
            result[i] = (first, own);
        }

        return result;
    }

    private static float Sum(ReadOnlySpan<float> source, int first, int stride, double[] weights)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++) sum += weights[i] * source[first + i * stride];
        return (float)sum;
    }
}
