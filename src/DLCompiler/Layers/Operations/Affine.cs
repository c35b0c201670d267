using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>x·Wᵀ + b along the last axis. Sums accumulate in double.</summary>
internal static class Affine
{
    /// <param name="x">[…, inputs].</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <returns>[…, outputs].</returns>
    public static DenseArray<T> Apply<T>(DenseArray<T> x, DenseArray<T> weight, DenseArray<T>? bias)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int outputs = weight.Shape[0], inputs = weight.Shape[1];
        var result = new DenseArray<T>(x.Shape.With(x.Rank - 1, outputs));
        for (int index = 0; index < result.Elements.Length; index++)
        {
            int row = index / outputs, output = index % outputs;
            double sum = bias is null ? 0 : double.CreateTruncating(bias.Elements[output]);
            for (int input = 0; input < inputs; input++)
            {
                sum += double.CreateTruncating(x.Elements[(row * inputs) + input]) * double.CreateTruncating(weight.Elements[(output * inputs) + input]);
            }

            result.Elements[index] = T.CreateTruncating(sum);
        }

        return result;
    }
}
