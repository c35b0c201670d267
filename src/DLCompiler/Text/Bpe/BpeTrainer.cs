using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace DLCompiler.Text;

/// <summary>
/// Learns merges (Sennrich, Haddow and Birch 2016): the most frequent pair of neighbours becomes a token, again and again; of equally frequent ones the one
/// whose tokens are older. Words are counted once, and a merge looks only at words that have the pair.
/// </summary>
internal sealed class BpeTrainer
{
    private readonly List<(int[] Tokens, long Count)> words = [];
    private readonly Dictionary<long, long> counts = [];
    private readonly Dictionary<long, HashSet<int>> places = [];
    private readonly PriorityQueue<long, (long NegativeCount, long Pair)> queue = new();
    private readonly int[] tokenOfByte = new int[256];

    public BpeTrainer(IEnumerable<string> texts)
    {
        for (int i = 0; i < 256; i++) tokenOfByte[ByteAlphabet.Order[i]] = i;
        foreach (var (word, count) in Count(texts).OrderBy(word => word.Key, StringComparer.Ordinal)) Add(word, count);
        foreach (var (pair, count) in counts) queue.Enqueue(pair, (-count, pair));
    }

    /// <summary>Learns up to so many merges; tokens are numbered from 256.</summary>
    public List<(int Left, int Right, int Result)> Learn(int most, int minimumFrequency, CancellationToken cancellationToken)
    {
        var rules = new List<(int Left, int Right, int Result)>();
        while (rules.Count < most && queue.TryDequeue(out long pair, out var priority))
        {
            cancellationToken.ThrowIfCancellationRequested();
            long count = counts.GetValueOrDefault(pair);
            if (count < minimumFrequency) continue;
            if (count != -priority.NegativeCount)
            {
                // It has become rarer, or more frequent, since it was queued.
                queue.Enqueue(pair, (-count, pair));
                continue;
            }

            var rule = ((int)(pair >> 32), (int)(uint)pair, 256 + rules.Count);
            rules.Add(rule);
            Merge(pair, rule);
        }

        return rules;
    }

    private static Dictionary<string, long> Count(IEnumerable<string> texts)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var spans = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string text in texts)
        {
            ArgumentNullException.ThrowIfNull(text, nameof(texts));
            UnicodeText.RequireWellFormed(text, nameof(texts));
            for (var rest = text.AsSpan(); rest.Length > 0;)
            {
                int length = PreTokenizer.First(rest);
                CollectionsMarshal.GetValueRefOrAddDefault(spans, rest[..length], out _)++;
                rest = rest[length..];
            }
        }

        return counts;
    }

    private void Add(string word, long count)
    {
        int[] tokens = [.. Encoding.UTF8.GetBytes(word).Select(value => tokenOfByte[value])];
        for (int i = 0; i + 1 < tokens.Length; i++) Change(MergeTable.Key(tokens[i], tokens[i + 1]), words.Count, count);
        words.Add((tokens, count));
    }

    private void Change(long pair, int word, long count)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(counts, pair, out _) += count;
        ref var owners = ref CollectionsMarshal.GetValueRefOrAddDefault(places, pair, out _);
        (owners ??= []).Add(word);
    }

    private void Merge(long pair, (int Left, int Right, int Result) rule)
    {
        HashSet<long> changed = [];
        foreach (int word in places[pair])
        {
            var (tokens, count) = words[word];
            for (int i = 0; i + 1 < tokens.Length; i++) counts[MergeTable.Key(tokens[i], tokens[i + 1])] -= count;
            tokens = Merged(tokens, rule);
            for (int i = 0; i + 1 < tokens.Length; i++)
            {
                long neighbours = MergeTable.Key(tokens[i], tokens[i + 1]);
                Change(neighbours, word, count);
                if (tokens[i] == rule.Result || tokens[i + 1] == rule.Result) changed.Add(neighbours);
            }

            words[word] = (tokens, count);
        }

        counts.Remove(pair);
        places.Remove(pair);
        foreach (long one in changed)
            if (one != pair) queue.Enqueue(one, (-counts[one], one));
    }

    private static int[] Merged(int[] tokens, (int Left, int Right, int Result) rule)
    {
        var merged = new List<int>(tokens.Length);
        for (int i = 0; i < tokens.Length; i++)
        {
            bool isPair = i + 1 < tokens.Length && tokens[i] == rule.Left && tokens[i + 1] == rule.Right;
            merged.Add(isPair ? rule.Result : tokens[i]);
            if (isPair) i++;
        }

        return [.. merged];
    }
}
