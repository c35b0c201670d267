using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>What is known of a tensor after PyTorch's last step: one row of a table of figures.</summary>
/// <param name="Name">The key in checkpoints.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Sum">The sum of all elements.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
/// <param name="Samples">The elements at k·count/8 for k from 0 to 7.</param>
internal sealed record ReferenceTensor(string Name, int[] Shape, double Sum, double SumOfSquares, double[] Samples)
{
    public int Count => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Whether training updates it without a gradient.</summary>
    public bool IsRunningStatistic => Name.Contains(".running_", StringComparison.Ordinal);

    /// <summary>Reads a table of figures.</summary>
    public static IReadOnlyList<ReferenceTensor> Parse(string table) => [.. table.Split('\n').Select(ParseRow)];

    /// <summary>Reads numbers between white space.</summary>
    public static double[] Numbers(string text) => [.. Split(text).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    /// <summary>Where PyTorch started from, for the tensors that are trained, in their order: see initialise in reference.py.</summary>
    public static IEnumerable<(string Name, float[] Values)> InitialValues(IReadOnlyList<ReferenceTensor> tensors)
    {
        ulong stream = 1;
        float bound = 0, centre = 0;
        foreach (var tensor in tensors.Where(tensor => !tensor.IsRunningStatistic))
        {
            bool isWeight = tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..].Contains("weight", StringComparison.Ordinal);

            // A vector named weight is a normalisation's; a bias follows its layer's last weight.
            if (isWeight) (bound, centre) = tensor.Shape.Length == 1 ? (0.1f, 1f) : ((float)(1 / Math.Sqrt(tensor.Count / tensor.Shape[0])), 0f);
            yield return (tensor.Name, HashedNumbers.Uniform(stream++, tensor.Count, bound, isWeight ? centre : 0));
        }
    }

    private static ReferenceTensor ParseRow(string row)
    {
        string[] parts = Split(row);
        double[] numbers = Numbers(string.Join(' ', parts[2..]));
        return new ReferenceTensor(
            parts[0],
            [.. parts[1].Split('x').Select(size => int.Parse(size, CultureInfo.InvariantCulture))],
            numbers[0],
            numbers[1],
            numbers[2..]);
    }

    private static string[] Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
