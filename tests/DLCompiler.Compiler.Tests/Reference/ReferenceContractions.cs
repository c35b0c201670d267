using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>Matrix products.</summary>
internal static class ReferenceContractions
{
    public static ReferenceTensor Contract(Contract contract, ReferenceTensor left, ReferenceTensor right)
    {
        int rows = left.Shape[contract.TransposeLeft ? ^1 : ^2], inner = left.Shape[contract.TransposeLeft ? ^2 : ^1];
        int columns = right.Shape[contract.TransposeRight ? ^2 : ^1];
        return ReferenceTensor.Generate([.. left.Shape[..^2], rows, columns], index =>
        {
            double sum = 0;
            for (int k = 0; k < inner; k++)
            {
                int[] batch = index[..^2];
                double a = left[contract.TransposeLeft ? [.. batch, k, index[^2]] : [.. batch, index[^2], k]];
                double b = right[contract.TransposeRight ? [.. batch, index[^1], k] : [.. batch, k, index[^1]]];
                sum += a * b;
            }

            return sum;
        });
    }
}
