using System;

namespace DLCompiler;

/// <summary>
/// Makes a matrix of normal numbers orthonormal (Saxe, McClelland and Ganguli 2014): its rows, or its columns where they are fewer. Gram and Schmidt's way, each
/// vector twice (Giraud, Langou and Rozložník 2005: then they are orthogonal to working precision); what comes out is uniform among all such matrices, as that of
/// a QR decomposition with a positive diagonal.
/// </summary>
internal static class OrthogonalRows
{
    /// <summary>Changes the matrix in place.</summary>
    /// <param name="matrix">Row-major.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="gain">The length of each vector.</param>
    public static void Make(Span<double> matrix, int rows, double gain)
    {
        if (matrix.IsEmpty) return;
        int columns = matrix.Length / rows;
        bool byRows = rows <= columns;
        int count = byRows ? rows : columns, length = byRows ? columns : rows;

        // Neighbouring elements of a vector, and neighbouring vectors.
        int step = byRows ? 1 : columns, next = byRows ? columns : 1;
        for (int own = 0; own < count; own++)
        {
            for (int pass = 0; pass < 2; pass++)
            {
                for (int other = 0; other < own; other++)
                {
                    double product = Product(matrix, own * next, other * next, step, length);
                    for (int i = 0; i < length; i++) matrix[own * next + i * step] -= product * matrix[other * next + i * step];
                }

                double norm = Math.Sqrt(Product(matrix, own * next, own * next, step, length));
                for (int i = 0; i < length; i++) matrix[own * next + i * step] /= norm;
            }
        }

        foreach (ref double value in matrix) value *= gain;
    }

    private static double Product(ReadOnlySpan<double> matrix, int left, int right, int step, int length)
    {
        double sum = 0;
        for (int i = 0; i < length; i++) sum += matrix[left + i * step] * matrix[right + i * step];
        return sum;
    }
}
