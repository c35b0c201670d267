using System;
using System.Collections.Generic;
using System.Linq;

namespace Quickstart;

/// <summary>Images as text: a character is one pixel wide and two high, as characters are.</summary>
internal static class Pictures
{
    private const int Size = DLCompiler.Data.Digits.Size;
    private const float Ink = 0.35f;
    private const string Gap = "  ";

    /// <summary>Lines with pictures side by side, their captions below.</summary>
    /// <param name="pictures">Pixels from 0 to 1, row-major, and what to write below.</param>
    /// <param name="width">Characters in a line.</param>
    public static IEnumerable<string> Draw(IReadOnlyList<(ReadOnlyMemory<float> Pixels, string Caption)> pictures, int width)
    {
        int columns = Math.Max(1, (width + Gap.Length) / (Size + Gap.Length));
        foreach (var row in pictures.Chunk(columns))
        {
            for (int y = 0; y < Size; y += 2)
            {
                yield return string.Join(Gap, row.Select(picture => Line(picture.Pixels.Span, y))).TrimEnd();
            }

            yield return string.Join(Gap, row.Select(picture => picture.Caption.PadRight(Size))).TrimEnd();
            yield return "";
        }
    }

    private static string Line(ReadOnlySpan<float> pixels, int y)
    {
        Span<char> line = stackalloc char[Size];
        for (int x = 0; x < Size; x++)
        {
            bool upper = pixels[(y * Size) + x] > Ink, lower = pixels[((y + 1) * Size) + x] > Ink;
            line[x] = (upper, lower) switch { (true, true) => '█', (true, false) => '▀', (false, true) => '▄', _ => ' ' };
        }

        return new string(line);
    }
}
