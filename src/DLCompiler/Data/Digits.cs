using System;
using DLCompiler.Runtime;

namespace DLCompiler.Data;

/// <summary>
/// Handwritten-looking digits that need no download: strokes of the usual ways to write each digit, bent, slanted, moved and drawn with pens of different
/// widths. Made from a seed, the same on every platform. In size and shape as MNIST, for examples and tests; not a replacement for real data.
/// </summary>
public static class Digits
{
    /// <summary>The height and width of an image.</summary>
    public const int Size = 28;

    /// <summary>The number of classes.</summary>
    public const int Classes = 10;

    // Test images are drawn from numbers that no training image uses.
    private const long FirstTestDrawing = 1L << 40;

    /// <summary>
    /// Draws a training set and a test set of grey images [1, 28, 28] with pixels from 0 (paper) to 1 (ink) and labels 0 to 9, equally many each.
    /// </summary>
    /// <param name="trainCount">Training images.</param>
    /// <param name="testCount">Test images.</param>
    /// <param name="seed">Fixes all images and their order.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of images is negative, or more than fit in an array.</exception>
    public static (DataSet Train, DataSet Test) Load(int trainCount = 12_000, int testCount = 2_000, ulong seed = 1)
    {
        RequireCount(trainCount, nameof(trainCount));
        RequireCount(testCount, nameof(testCount));
        return (Draw(trainCount, seed, 0), Draw(testCount, seed, FirstTestDrawing));
    }

    private static void RequireCount(int count, string name)
    {
        int most = Array.MaxLength / (Size * Size);
        if (count >= 0 && count <= most) return;
        throw new ArgumentOutOfRangeException(name, count, FormattableString.Invariant($"A number of images is from 0 to {most}."));
    }

    private static DataSet Draw(int count, ulong seed, long firstDrawing)
    {
        const int Pixels = Size * Size;
        var pixels = new float[checked(count * Pixels)];
        int[] labels = Permutation.Create(count, seed, firstDrawing);
        var pen = new DigitPen();
        for (int i = 0; i < count; i++)
        {
            labels[i] %= Classes;
            pen.Draw(labels[i], new DigitRandom(seed, firstDrawing + i), pixels.AsSpan(i * Pixels, Pixels));
        }

        return DataSet.Create(pixels, [1, Size, Size], labels).WithNames([], ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    }
}

/// <summary>The random numbers of one drawing, one after the other. Only exact arithmetic: no function that platforms round differently.</summary>
internal struct DigitRandom(ulong seed, long drawing)
{
    private const uint Stream = 0xFFFD;

    private (uint Word0, uint Word1, uint Word2, uint Word3) block;
    private uint next;

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public float Uniform(float low, float high) => low + ((high - low) * Unit());

    /// <summary>A number that is spread about as a normal one: four uniform ones added (within ±3.5 standard deviations).</summary>
    public float Normal(float deviation) => (Unit() + Unit() + Unit() + Unit() - 2) * 1.7320508f * deviation;

    /// <summary>An integer from 0 to <paramref name="count"/> - 1.</summary>
    public int Choose(int count) => (int)(((ulong)Word() * (uint)count) >> 32);

    private float Unit() => (Word() >> 8) * (1f / (1 << 24));

    private uint Word()
    {
        uint position = next++ & 3;
        if (position == 0) block = PhiloxRandom.Block((next - 1) >> 2, Stream << 16, (uint)drawing, (uint)(drawing >>> 32), (uint)seed, (uint)(seed >> 32));
        return position switch { 0 => block.Word0, 1 => block.Word1, 2 => block.Word2, _ => block.Word3 };
    }
}
