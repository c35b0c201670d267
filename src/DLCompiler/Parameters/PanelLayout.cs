using System;

namespace DLCompiler.Runtime;

/// <summary>
/// Converts a parameter between its canonical order (row-major) and its place in the parameter block. A matrix in panels lies as [⌈rows/P⌉][columns][P], so
/// that
/// one vector holds the same column of consecutive rows; rows beyond the last are zero and stay zero under every optimizer.
/// </summary>
internal static class PanelLayout
{
    /// <summary>Rows in a panel.</summary>
    public static int PanelRows(int rows) => rows <= 16 ? 16 : 32;

    /// <summary>Elements that the stored form takes.</summary>
    public static long StoredLength(ParameterDescriptor parameter)
    {
        var (rows, columns) = Matrix(parameter.Shape);
        if (parameter.Storage == ParameterStorage.RowMajor) return (long)rows * columns;
        int panel = PanelRows(rows);
        return (long)((rows + panel - 1) / panel) * panel * columns;
    }

    /// <summary>Where a canonical element lies, from the parameter's first.</summary>
    public static long StoredIndex(ParameterDescriptor parameter, long index)
    {
        if (parameter.Storage == ParameterStorage.RowMajor) return index;
        var (rows, columns) = Matrix(parameter.Shape);
        int panel = PanelRows(rows);
        var (row, column) = Math.DivRem(index, columns);
        return row / panel * panel * columns + column * panel + row % panel;
    }

    /// <summary>Copies from the block to canonical order.</summary>
    public static void ToCanonical(ParameterDescriptor parameter, ReadOnlySpan<float> stored, Span<float> canonical)
    {
        if (parameter.Storage == ParameterStorage.RowMajor)
        {
            stored[..canonical.Length].CopyTo(canonical);
            return;
        }

        var (rows, columns) = Matrix(parameter.Shape);
        int panel = PanelRows(rows);
        for (int row = 0; row < rows; row++)
        {
            var source = stored[(row / panel * panel * columns + row % panel)..];
            var destination = canonical.Slice(row * columns, columns);
            for (int column = 0; column < columns; column++) destination[column] = source[column * panel];
        }
    }

    /// <summary>Copies from canonical order to the block; the padding stays as it is.</summary>
    public static void FromCanonical(ParameterDescriptor parameter, ReadOnlySpan<float> canonical, Span<float> stored)
    {
        if (parameter.Storage == ParameterStorage.RowMajor)
        {
            canonical.CopyTo(stored);
            return;
        }

        var (rows, columns) = Matrix(parameter.Shape);
        int panel = PanelRows(rows);
        for (int row = 0; row < rows; row++)
        {
            var source = canonical.Slice(row * columns, columns);
            var destination = stored[(row / panel * panel * columns + row % panel)..];
            for (int column = 0; column < columns; column++) destination[column * panel] = source[column];
        }
    }

    /// <summary>A shape as a matrix: its first size, and the product of the others.</summary>
    private static (int Rows, int Columns) Matrix(int[] shape)
    {
        if (shape.Length == 0) return (1, 1);
        int columns = 1;
        foreach (int size in shape.AsSpan(1)) columns = checked(columns * size);
        return (shape[0], columns);
    }
}
