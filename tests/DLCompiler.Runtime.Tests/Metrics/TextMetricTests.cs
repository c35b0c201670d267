using System;
using System.Linq;
using DLCompiler.Metrics;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>Figures of texts against worked examples.</summary>
public sealed class TextMetricTests
{
    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("same", "same", 0)]
    [InlineData("ab", "ba", 2)]
    [InlineData("intention", "execution", 5)]
    public void Edits_are_counted(string first, string second, int expected)
    {
        Assert.Equal(expected, EditDistance.Between<char>(first, second));
        Assert.Equal(expected, EditDistance.Between<char>(second, first));
        Assert.Equal(expected, EditDistance.Between<int>([.. first.Select(one => (int)one)], [.. second.Select(one => (int)one)]));
    }

    [Fact]
    public void Error_rates_are_edits_over_the_reference()
    {
        var words = new WordErrorRate();
        Assert.True(double.IsNaN(words.Value));
        words.Add("the cat sat mat", "the cat sat on the mat");
        Assert.Equal(2 / 6.0, words.Value, 1e-12);
        words.Add("a  b\tc", "b");
        Assert.Equal(4 / 7.0, words.Value, 1e-12);
        words.Reset();
        words.Add("x", "");
        Assert.True(double.IsNaN(words.Value));

        var characters = new CharacterErrorRate();
        characters.Add("naive 🙂", "naïve 🙃");
        Assert.Equal(2 / 7.0, characters.Value, 1e-12);
        Assert.Equal(("cer", "wer"), (characters.Name, words.Name));
    }

    [Fact]
    public void Bleu_is_sacrebleus()
    {
        // The example of sacrebleu's README: BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18).
        var bleu = new Bleu();
        Assert.True(double.IsNaN(bleu.Value));
        bleu.Add("The dog bit the man.", "The dog bit the man.", "The dog had bit the man.");
        bleu.Add("It wasn't surprising.", "It was not unexpected.", "No one was surprised.");
        bleu.Add("The man had just bitten him.", "The man bit him first.", "The man had bitten the dog.");
        Assert.Equal(48.530827009929865, bleu.Value, 1e-9);
        Assert.Equal(Math.Exp(1 - 18 / 17.0), bleu.BrevityPenalty, 1e-12);
        Assert.Equal([14 / 17.0, 7 / 14.0, 5 / 11.0, 3 / 8.0], bleu.Precisions);
        bleu.Reset();
        bleu.Add("The dog bit the man.", "The dog bit the man.");
        Assert.Equal(100, bleu.Value, 1e-9);
    }

    [Fact]
    public void Orders_without_a_match_are_smoothed()
    {
        // Papineni et al. 2002, 2.1: clipped to the two of the reference.
        var bleu = new Bleu();
        bleu.Add("the the the the the the the", "The cat is on the mat the");
        Assert.Equal(2 / 7.0, bleu.Precisions[0]);
        Assert.Equal(100 * Math.Pow(2 / 7.0 / 2 / 6 / 4 / 5 / 8 / 4, 0.25), bleu.Value, 1e-9);
        bleu.Reset();
        bleu.Add("no match at all", "something else entirely different");
        Assert.Equal(0, bleu.Value);
        bleu.Reset();
        bleu.Add("too short", "too short");
        Assert.Equal(0, bleu.Value);
        Assert.Throws<ArgumentException>(() => bleu.Add("a"));
    }

    [Theory]
    [InlineData("Hello, world!", "Hello|,|world|!")]
    [InlineData("It's $3.50, or 1,000-2.", "It's|$|3.50|,|or|1,000|-|2|.")]
    [InlineData("a &quot;b&quot; &amp; c/d", "a|\"|b|\"|&|c|/|d")]
    [InlineData("(x_y) [z] {w} well-known", "(|x|_|y|)|[|z|]|{|w|}|well-known")]
    [InlineData("l'été, 日本。", "l'été|,|日本。")]
    public void Text_is_cut_as_by_mteval(string text, string tokens) => Assert.Equal(tokens.Split('|'), BleuTokenizer.Split(text));

    [Fact]
    public void Bits_per_character_are_the_logarithm_of_perplexity()
    {
        var bits = new BitsPerCharacter();
        bits.Add([MathF.Log(0.25f), MathF.Log(0.75f), MathF.Log(0.5f), MathF.Log(0.5f)], [0, 1]);
        Assert.Equal((2 + 1) / 2.0, bits.Value, 1e-6);
        var tokens = new BitsPerCharacter(charactersPerToken: 3, ignore: 1);
        tokens.Add([MathF.Log(0.25f), MathF.Log(0.75f), MathF.Log(0.5f), MathF.Log(0.5f)], [0, 1]);
        Assert.Equal(2 / 3.0, tokens.Value, 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BitsPerCharacter(0));

        // A label that is no class may stand for padding.
        var padded = new BitsPerCharacter(ignore: -100);
        padded.Add([MathF.Log(0.25f), MathF.Log(0.75f), 5, 7], [0, -100]);
        Assert.Equal(2, padded.Value, 1e-6);
        Assert.Throws<ArgumentException>(() => padded.Add([1, 2], [-1]));
    }
}
