using System;
using System.Globalization;
using System.Linq;

namespace DLCompiler.Benchmarks;

/// <summary>
/// The floating-point operations that a network needs, from its generated layer table: two for each multiply-add of its products and convolutions, and nothing
/// else (no bias, activation, pool, normalisation or optimizer), so that a percentage of the peak never profits from work around the products.
/// </summary>
internal static class Arithmetic
{
    /// <summary>Of a prediction of one sample.</summary>
    public static double OfPrediction(string summary) => Products(summary).Sum();

    /// <summary>
    /// Of one sample in a training step: the products forward, and each of them twice backward (gradients of the input and of the weight), but for the first
    /// layer, whose input needs no gradient.
    /// </summary>
    public static double OfStep(string summary)
    {
        double[] products = Products(summary);
        return (3 * products.Sum()) - products[0];
    }

    private static double[] Products(string summary) =>
        [.. summary.Split('\n').Where(line => line.Contains("(Conv2D)", StringComparison.Ordinal) || line.Contains("(Dense)", StringComparison.Ordinal)).Select(Product)];

    // "conv1 (Conv2D)  [N, 6, 28, 28]  156  239,904  18,816": the fourth column counts multiplications and additions. Over the number of results that is 2k, or
    // 2k + 1 with a bias.
    private static double Product(string line)
    {
        int open = line.IndexOf('[', StringComparison.Ordinal), close = line.IndexOf(']', StringComparison.Ordinal);
        long results = line[(open + 1)..close].Split(',').Skip(1).Aggregate(1L, (product, size) => product * Number(size));
        string[] columns = line[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return 2.0 * (Number(columns[1]) / results / 2) * results;
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.Integer | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
