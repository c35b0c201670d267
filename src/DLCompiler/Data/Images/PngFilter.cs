using System;

namespace DLCompiler.Data;

/// <summary>The filters of PNG's rows (section 9 of the recommendation): each byte is the difference to a prediction from its neighbours.</summary>
internal static class PngFilter
{
    /// <summary>Turns a row, whose first byte is its filter, into samples.</summary>
    /// <param name="row">The row.</param>
    /// <param name="above">The row above, already undone; zeros above the first.</param>
    /// <param name="distance">The distance to the same byte of the pixel to the left.</param>
    /// <returns>Whether there is such a filter.</returns>
    public static bool Undo(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        int filter = row[0];
        row = row[1..];
        above = above[1..];
        switch (filter)
        {
            case 0:
                return true;
            case 1:
                for (int i = distance; i < row.Length; i++) row[i] += row[i - distance];
                return true;
            case 2:
                for (int i = 0; i < row.Length; i++) row[i] += above[i];
                return true;
            case 3:
                for (int i = 0; i < row.Length; i++) row[i] += (byte)(((i < distance ? 0 : row[i - distance]) + above[i]) / 2);
                return true;
            case 4:
                for (int i = 0; i < row.Length; i++)
                    row[i] += i < distance ? above[i] : Paeth(row[i - distance], above[i], above[i - distance]);
                return true;
            default:
                return false;
        }
    }

    // Paeth 1991: whichever of the three is nearest to left + above - corner, in this order where two are as near.
    private static byte Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner), toAbove = Math.Abs(left - corner), toCorner = Math.Abs(left + above - 2 * corner);
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }
}
