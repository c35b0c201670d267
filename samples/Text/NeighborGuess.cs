using System;

namespace Samples;

/// <summary>Guesses a hidden token by counting: what stands most often between the two tokens beside it. A neighbour that is hidden too may be any.</summary>
internal sealed class NeighborGuess
{
    private readonly int[,,] counts = new int[ShakespeareBert.Tokens, ShakespeareBert.Tokens, ShakespeareBert.Tokens];

    /// <summary>Counts a text.</summary>
    /// <param name="text">Its tokens.</param>
    public NeighborGuess(ReadOnlySpan<int> text)
    {
        for (int i = 1; i < text.Length - 1; i++)
        {
            foreach (int left in (ReadOnlySpan<int>)[text[i - 1], ShakespeareBert.Mask])
                foreach (int right in (ReadOnlySpan<int>)[text[i + 1], ShakespeareBert.Mask])
                    counts[left, right, text[i]]++;
        }
    }

    /// <summary>The guess for a place of a window.</summary>
    /// <param name="window">Its tokens.</param>
    /// <param name="place">The place.</param>
    public int At(ReadOnlySpan<int> window, int place)
    {
        int left = place > 0 ? window[place - 1] : ShakespeareBert.Mask, right = place < window.Length - 1 ? window[place + 1] : ShakespeareBert.Mask;
        int best = 0;
        for (int token = 1; token < ShakespeareBert.Tokens; token++)
            if (counts[left, right, token] > counts[left, right, best]) best = token;
        return best;
    }
}
