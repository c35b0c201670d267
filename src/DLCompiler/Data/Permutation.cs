using System;
using DLCompiler.Runtime;

namespace DLCompiler.Data;

/// <summary>Seeded random orders, the same on every platform.</summary>
internal static class Permutation
{
    // Keeps these numbers apart from those that models draw with the same seed.
    private const uint Stream = 0xFFFE;

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in the random order of (seed, iteration).</summary>
    public static int[] Create(int count, ulong seed, long iteration = 0)
    {
        var order = new int[count];
        Fill(order, seed, iteration);
        return order;
    }

    /// <summary>Fills a span with the numbers 0 to its length - 1 in the random order of (seed, iteration).</summary>
    public static void Fill(Span<int> order, ulong seed, long iteration = 0)
    {
        for (int i = 0; i < order.Length; i++) order[i] = i;

        // Fisher and Yates; scaling 32 bits by a multiplication favours no number by more than length/2^32.
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = (int)(((ulong)PhiloxRandom.Word(seed, Stream, iteration, i) * (uint)(i + 1)) >> 32);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
