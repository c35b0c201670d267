using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using DLCompiler.Text;
using Xunit;

namespace DLCompiler.Runtime.Tests.Text;

/// <summary>Byte-pair encoding: what is learned, and that any text comes back.</summary>
public sealed class BpeTokenizerTests
{
    private const string Prose = "The quick brown fox jumps over the lazy dog. It's the fox's 3rd jump, isn't it? They'll see: 12 foxes, 345 dogs — and naïve cafés.\n\n  The end.";

    private static readonly BpeTokenizer trained = BpeTokenizer.Train([Prose, Prose.ToUpperInvariant()], new BpeTrainingOptions { VocabularySize = 290, SpecialTokens = ["<|end|>"] });

    [Fact]
    public void The_example_of_the_paper_is_learned()
    {
        // Sennrich et al. 2016, 3.2, without their sign for the end of a word; equally frequent pairs by age.
        var words = new (string Word, int Count)[] { ("low", 5), ("lower", 2), ("newest", 6), ("widest", 3) };
        var tokenizer = BpeTokenizer.Train(words.SelectMany(word => Enumerable.Repeat(word.Word, word.Count)), new BpeTrainingOptions { VocabularySize = 256 + 6 });
        Assert.Equal(["es", "est", "lo", "low", "ew", "new"], Enumerable.Range(256, 6).Select(tokenizer.TokenAt));
        Assert.Equal(["low", "est"], tokenizer.Encode("lowest").Select(tokenizer.TokenAt));
    }

    [Fact]
    public void Bytes_have_the_numbers_of_gpt2()
    {
        Assert.Equal([0, 1, 32, 220], trained.Encode("!").Concat(trained.Encode("\"")).Concat(trained.Encode("A")).Concat(trained.Encode(" ")));
        Assert.Equal("Ġ", trained.TokenAt(220));
        Assert.Equal("Ċ", trained.TokenAt(198));
        Assert.Equal(289, trained.IdOf("<|end|>"));
        Assert.Equal(290, trained.VocabularySize);
    }

    [Fact]
    public void Any_text_comes_back() => AnyText.Holds(text =>
    {
        int[] ids = trained.Encode(text);
        var decoder = trained.CreateDecoder();
        string pieces = string.Concat(ids.Select(decoder.Add)) + decoder.Finish();
        return trained.Decode(ids) == text && pieces == text && ids.All(id => id < 289)
            && ids.SelectMany(id => trained.BytesOf(id).ToArray()).SequenceEqual(Encoding.UTF8.GetBytes(text));
    });

    [Fact]
    public void Halves_of_surrogate_pairs_are_refused() => AnyText.HoldsOfAny(text =>
    {
        if (UnicodeText.Repair(text) == text) return trained.Decode(trained.Encode(text)) == text;
        Assert.Throws<ArgumentException>(() => trained.Encode(text));
        return true;
    });

    [Fact]
    public void Pieces_are_those_of_gpt2s_pattern() => AnyText.Holds(text =>
    {
        // .NET's expressions see halves of surrogate pairs, so these characters are left out here.
        text = string.Concat(text.Where(unit => !char.IsSurrogate(unit)));
        var pieces = new List<string>();
        for (string rest = text; rest.Length > 0; rest = rest[pieces[^1].Length..]) pieces.Add(rest[..PreTokenizer.First(rest)]);
        return pieces.SequenceEqual(Regex.Matches(text, @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+").Select(match => match.Value));
    });

    [Theory]
    [InlineData("We'll  see\n\n x 12a", "We|'ll| | see|\n\n| x| 12|a")]
    [InlineData("𝐀𝟏 𝟏🙂.", "𝐀|𝟏| 𝟏|🙂.")]
    public void Pieces_of_whole_code_points(string text, string pieces)
    {
        var found = new List<string>();
        for (string rest = text; rest.Length > 0; rest = rest[found[^1].Length..]) found.Add(rest[..PreTokenizer.First(rest)]);
        Assert.Equal(pieces.Split('|'), found);
    }

    [Fact]
    public void Both_ways_to_merge_give_the_same()
    {
        var random = new Random(1);
        for (int round = 0; round < 200; round++)
        {
            // Rules in the order of learning: parts are older than results.
            var rules = new List<(int Left, int Right, int Result)>();
            var keys = new HashSet<(int Left, int Right)>();
            for (int result = 4; result < 14; result++)
            {
                var pair = (random.Next(result), random.Next(result));
                if (keys.Add(pair)) rules.Add((pair.Item1, pair.Item2, result));
            }

            var table = new MergeTable(rules);
            int[] tokens = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(4))];
            int[] scanned = [.. tokens], queued = [.. tokens], plain = Plain(tokens, rules);
            Assert.Equal(plain, scanned[..table.ApplyByScan(scanned)]);
            Assert.Equal(plain, queued[..table.ApplyByQueue(queued)]);
        }
    }

    [Fact]
    public void Training_gives_what_counting_anew_gives()
    {
        var tokenizer = BpeTokenizer.Train([Prose, Prose], new BpeTrainingOptions { VocabularySize = 300 });
        var words = Regex.Matches(Prose, @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")
            .Select(match => Encoding.UTF8.GetBytes(match.Value).Select(value => tokenizer.IdOf(ByteAlphabet.TextOf([value]))).ToArray()).ToArray();
        for (int result = 256; result < tokenizer.VocabularySize; result++)
        {
            var best = words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(pairs => pairs.Count()).ThenBy(pairs => pairs.Key).First().Key;
            Assert.Equal(tokenizer.TokenAt(best.First) + tokenizer.TokenAt(best.Second), tokenizer.TokenAt(result));
            words = [.. words.Select(word => Plain(word, [(best.First, best.Second, result)]))];
        }
    }

    [Fact]
    public void Merging_ends_where_no_pair_is_frequent_enough()
    {
        Assert.Equal(256, BpeTokenizer.Train(["abc"], new BpeTrainingOptions { VocabularySize = 1000 }).VocabularySize);
        Assert.Equal(256, BpeTokenizer.Train([], new BpeTrainingOptions { VocabularySize = 1000 }).VocabularySize);
        Assert.Equal(258, BpeTokenizer.Train(["abc"], new BpeTrainingOptions { VocabularySize = 1000, MinimumFrequency = 1 }).VocabularySize);
        Assert.Throws<ArgumentOutOfRangeException>(() => BpeTokenizer.Train([], new BpeTrainingOptions { VocabularySize = 255 }));
    }

    [Fact]
    public void A_character_over_several_tokens_comes_when_it_is_whole()
    {
        var bytes = BpeTokenizer.Train([], new BpeTrainingOptions { VocabularySize = 257, SpecialTokens = ["<|end|>"] });
        int[] ids = bytes.Encode("é🙂");
        var decoder = bytes.CreateDecoder();
        Assert.Equal(["", "é", "", "", "", "🙂"], ids.Select(decoder.Add));
        Assert.Equal("", decoder.Finish());

        // What does not end is replaced, before a special token too; then the decoder begins anew.
        Assert.Equal("", decoder.Add(ids[2]));
        Assert.Equal("\uFFFD<|end|>", decoder.Add(256));
        decoder.Add(ids[2]);
        Assert.Equal("\uFFFD", decoder.Finish());
        Assert.Equal("", decoder.Add(ids[0]));
        Assert.Equal("é", decoder.Add(ids[1]));
        Assert.Equal("\uFFFDA", bytes.Decode([ids[0], bytes.IdOf("A")]));
    }

    [Fact]
    public void Long_pieces_take_no_more_than_their_share_of_time()
    {
        // A hundred thousand letters without a space: looking at all neighbours for each merge would take minutes.
        string text = string.Concat(Enumerable.Repeat("thefoxthelazydog", 6_000));
        Assert.Equal(text, trained.Decode(trained.Encode(text)));
    }

    [Fact]
    public void Threads_share_one_tokenizer()
    {
        var fresh = BpeTokenizer.Train([Prose], new BpeTrainingOptions { VocabularySize = 300 });
        int[] expected = trained.Encode(Prose + Prose);
        int[] own = fresh.Encode(Prose);
        Parallel.For(0, 64, _ =>
        {
            Assert.Equal(expected, trained.Encode(Prose + Prose));
            Assert.Equal(own, fresh.Encode(Prose));
        });
    }

    // GPT-2's encoder: all places of the pair that was learned first, then the next.
    private static int[] Plain(int[] tokens, IReadOnlyList<(int Left, int Right, int Result)> rules)
    {
        var list = tokens.ToList();
        while (true)
        {
            int rank = rules.ToList().FindIndex(one => list.Zip(list.Skip(1)).Contains((one.Left, one.Right)));
            if (rank < 0) return [.. list];
            var rule = rules[rank];
            for (int i = 0; i + 1 < list.Count; i++)
            {
                if (list[i] != rule.Left || list[i + 1] != rule.Right) continue;
                list[i] = rule.Result;
                list.RemoveAt(i + 1);
            }
        }
    }
}
