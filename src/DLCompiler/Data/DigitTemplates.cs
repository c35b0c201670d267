using System;
using System.Collections.Generic;
using System.Globalization;

namespace DLCompiler.Data;

/// <summary>How people write digits: for each digit several ways, each a few strokes.</summary>
internal static class DigitTemplates
{
    // Points "x y" in percent of the digit's box, y downwards. A pen passes smoothly through them; it turns sharply at '!' and is lifted at '|'.
    private static readonly string[][] Texts =
    [
        [
            "55 3, 25 12, 8 48, 22 88, 50 97, 80 85, 93 48, 78 12, 52 3",
            "62 8, 40 2, 16 30, 14 70, 40 98, 72 80, 84 40, 66 8, 44 8",
            "70 12, 40 4, 12 40, 20 84, 52 98, 84 70, 86 30, 64 4",
        ],
        [
            "50 2, 50 98",
            "24 26, 52 2!, 52 98",
            "28 22, 52 2!, 52 98 | 22 98, 80 98",
            "66 2, 38 98",
        ],
        [
            "12 26, 26 6, 56 2, 80 20, 74 46, 42 72, 10 97!, 92 95",
            "14 22, 40 2, 78 14, 74 46, 38 82, 14 94, 10 80, 30 76, 60 92, 94 88",
            "16 12, 52 2, 82 22, 66 54, 14 94!, 52 86, 92 96",
        ],
        [
            "14 12, 46 2, 78 16, 70 40, 38 48!, 76 56, 86 78, 54 98, 12 88",
            "14 4, 82 4!, 42 40!, 80 52, 84 78, 52 98, 12 88",
            "18 10, 54 2, 80 18, 64 42, 40 46, 66 52, 88 74, 60 96, 14 92",
        ],
        [
            "22 4, 12 58!, 90 54 | 68 24, 62 98",
            "68 98, 68 2!, 8 68!, 94 68",
            "16 4, 14 38, 36 54, 80 46 | 82 2, 76 98",
            "60 2, 10 64!, 94 62 | 66 40, 60 98",
        ],
        [
            "28 4, 20 44!, 50 36, 82 56, 76 86, 44 98, 10 88 | 26 4, 86 4",
            "84 4, 28 4!, 22 44!, 60 40, 86 66, 62 94, 12 90",
            "82 6, 36 8, 22 32, 46 46, 76 62, 68 92, 18 94",
        ],
        [
            "72 4, 34 28, 12 66, 28 96, 64 94, 80 70, 58 52, 28 60, 14 76",
            "46 2, 22 40, 12 74, 36 98, 70 90, 76 66, 50 56, 18 72",
            "84 10, 56 4, 20 34, 14 76, 46 98, 82 82, 72 56, 38 52, 18 70",
        ],
        [
            "10 6, 88 6!, 60 50, 42 98",
            "10 6, 88 6!, 58 50, 44 98 | 30 52, 80 50",
            "12 22, 12 6!, 90 6!, 40 98",
            "8 12, 40 4, 90 8!, 66 40, 56 98",
        ],
        [
            "80 18, 50 2, 20 18, 34 42, 70 58, 82 82, 50 98, 18 82, 32 58, 66 42, 80 16",
            "50 48, 22 34, 28 8, 54 2, 78 12, 74 38, 50 48!, 18 66, 22 94, 54 98, 84 86, 78 60, 50 48",
            "74 8, 40 4, 26 24, 60 52, 78 80, 48 98, 20 80, 40 54, 76 26, 74 10",
        ],
        [
            "80 24, 58 4, 26 10, 14 36, 34 54, 64 46, 82 20!, 80 60, 74 98",
            "82 28, 60 2, 22 12, 18 44, 50 54, 82 28, 80 66, 58 96, 16 92",
            "76 12, 44 2, 16 24, 28 50, 62 46, 78 12!, 62 98",
        ],
    ];

    private static readonly DigitStroke[][][] Parsed = Array.ConvertAll(Texts, ways => Array.ConvertAll(ways, Parse));

    /// <summary>The ways to write a digit, each a list of strokes.</summary>
    public static DigitStroke[][] WaysToWrite(int digit) => Parsed[digit];

    private static DigitStroke[] Parse(string text) => Array.ConvertAll(text.Split('|'), stroke =>
    {
        var points = new List<(float X, float Y)>();
        foreach (string point in stroke.Split(','))
        {
            string[] coordinates = point.TrimEnd('!', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var position = (Percent(coordinates[0]), Percent(coordinates[1]));
            points.Add(position);

            // The curve's direction at a point comes from its neighbours: a point that is its own neighbour has none, and makes a corner.
            if (point.EndsWith('!')) points.Add(position);
        }

        return new DigitStroke([.. points]);
    });

    private static float Percent(string text) => int.Parse(text, CultureInfo.InvariantCulture) / 100f;
}

/// <summary>
/// One stroke of the pen, from the first point through all others to the last. Coordinates from 0 to 1, y downwards; a doubled point is a corner.
/// </summary>
internal sealed record DigitStroke((float X, float Y)[] Points);
