using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace DLCompiler.Text;

/// <summary>
/// Which neighbours become one token, and which first: the merge that was learned first, and of equals the leftmost (Sennrich, Haddow and Birch 2016).
/// </summary>
internal sealed class MergeTable
{
    // Up to here looking at all neighbours for each merge is quicker than a queue of them.
    private const int Short = 32;

    private const int None = int.MaxValue;

    private readonly Dictionary<long, Merge> merges;

    /// <param name="rules">Left, right and what they become, in the order of learning.</param>
    public MergeTable(IReadOnlyList<(int Left, int Right, int Result)> rules)
    {
        merges = new Dictionary<long, Merge>(rules.Count);
        for (int rank = 0; rank < rules.Count; rank++) merges.Add(Key(rules[rank].Left, rules[rank].Right), new Merge(rank, rules[rank].Result));
    }

    public static long Key(int left, int right) => ((long)left << 32) | (uint)right;

    /// <summary>Merges in place.</summary>
    /// <param name="tokens">The tokens of a piece.</param>
    /// <returns>How many are left, at its beginning.</returns>
    public int Apply(Span<int> tokens) => tokens.Length <= Short ? ApplyByScan(tokens) : ApplyByQueue(tokens);

    internal int ApplyByScan(Span<int> tokens)
    {
        Span<int> ranks = tokens.Length <= Short ? stackalloc int[Short] : new int[tokens.Length];
        int count = tokens.Length;
        for (int i = 0; i + 1 < count; i++) ranks[i] = Rank(tokens[i], tokens[i + 1]);
        while (count > 1)
        {
            int best = 0;
            for (int i = 1; i + 1 < count; i++)
                if (ranks[i] < ranks[best]) best = i;
            if (ranks[best] == None) break;
            tokens[best] = merges[Key(tokens[best], tokens[best + 1])].Result;
            tokens[(best + 2)..count].CopyTo(tokens[(best + 1)..]);
            ranks[Math.Min(best + 2, count)..count].CopyTo(ranks[(best + 1)..]);
            count--;
            if (best > 0) ranks[best - 1] = Rank(tokens[best - 1], tokens[best]);
            if (best + 1 < count) ranks[best] = Rank(tokens[best], tokens[best + 1]);
        }

        return count;
    }

    /// <summary>The same in n·log n steps: a queue of neighbours by rank and place, and a list that is linked both ways.</summary>
    internal int ApplyByQueue(Span<int> tokens)
    {
        int count = tokens.Length;
        var previous = new int[count];
        var next = new int[count];
        var queue = new PriorityQueue<(int Left, int Right), long>(count);
        for (int i = 0; i < count; i++)
        {
            (previous[i], next[i]) = (i - 1, i + 1);
            if (i > 0) Enqueue(queue, tokens, i - 1, i);
        }

        while (queue.TryDequeue(out var pair, out long priority))
        {
            // Either may have become part of another token since; then what is there now has another rank, or is not there.
            var (left, right) = pair;
            if (tokens[left] < 0 || next[left] != right || Rank(tokens[left], tokens[right]) != (int)(priority >> 32)) continue;
            tokens[left] = merges[Key(tokens[left], tokens[right])].Result;
            tokens[right] = -1;
            next[left] = next[right];
            if (next[left] < count)
            {
                previous[next[left]] = left;
                Enqueue(queue, tokens, left, next[left]);
            }

            if (previous[left] >= 0) Enqueue(queue, tokens, previous[left], left);
        }

        int kept = 0;
        for (int i = 0; i < count; i = next[i]) tokens[kept++] = tokens[i];
        return kept;
    }

    private void Enqueue(PriorityQueue<(int Left, int Right), long> queue, Span<int> tokens, int left, int right)
    {
        int rank = Rank(tokens[left], tokens[right]);
        if (rank != None) queue.Enqueue((left, right), ((long)rank << 32) | (uint)left);
    }

    private int Rank(int left, int right)
    {
        ref readonly var merge = ref CollectionsMarshal.GetValueRefOrNullRef(merges, Key(left, right));
        return System.Runtime.CompilerServices.Unsafe.IsNullRef(in merge) ? None : merge.Rank;
    }

    private readonly record struct Merge(int Rank, int Result);
}
