using System;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Data;

public sealed partial class DataSet
{
    /// <summary>
    /// For each token of sequences, and for the end of each, the so many tokens before it as ids and the token as label (Bengio et al. 2003): what a network
    /// that looks at a fixed number of tokens learns with <c>Fit</c>.
    /// </summary>
    /// <param name="sequences">The sequences, such as names or sentences.</param>
    /// <param name="context">Tokens that the network sees.</param>
    /// <param name="boundary">The token that stands before sequences, as often as needed, and is the label of their ends.</param>
    /// <exception cref="ArgumentException">There is no sequence, or a token is negative.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The context is below 1, or the boundary negative.</exception>
    public static DataSet FromNextTokens(IReadOnlyList<int[]> sequences, int context, int boundary)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentOutOfRangeException.ThrowIfLessThan(context, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(boundary);
        if (sequences.Count == 0) throw new ArgumentException("There are no sequences. Pass at least one.", nameof(sequences));
        int count = checked(sequences.Sum(one => one.Length + 1));
        var ids = new int[checked(count * context)];
        var labels = new int[count];
        int sample = 0;
        foreach (int[] sequence in sequences)
        {
            int[] whole = [.. Enumerable.Repeat(boundary, context), .. sequence, boundary];
            for (int i = 0; i <= sequence.Length; i++, sample++)
            {
                whole.AsSpan(i, context).CopyTo(ids.AsSpan(sample * context));
                labels[sample] = whole[i + context];
            }
        }

        return Create(ids, [context], labels);
    }
}
