using System;
using System.IO;
using System.Linq;
using DLCompiler.Text;
using Xunit;

namespace DLCompiler.Runtime.Tests.Text;

/// <summary>Words as tokens.</summary>
public sealed class WordTokenizerTests
{
    [Fact]
    public void Words_are_in_the_order_of_their_frequency()
    {
        var tokenizer = WordTokenizer.Train(["the cat, the dog", "a cat"]);
        Assert.Equal(["<unk>", "cat", "the", ",", "a", "dog"], Enumerable.Range(0, tokenizer.VocabularySize).Select(tokenizer.TokenAt));
        Assert.Equal([2, 5, 3, 0, 4], tokenizer.Encode("the dog, blue a"));
        Assert.Equal("the dog , <unk> a", tokenizer.Decode([2, 5, 3, 0, 4]));
        Assert.Equal("the dog , a", tokenizer.Decode([2, 5, 3, 0, 4], skipSpecial: true));
    }

    [Theory]
    [InlineData("It's 5 o'clock (rock-'n'-roll)!", WordSplit.WordsAndSigns, "It's|5|o'clock|(|rock|-|'|n|'|-|roll|)|!")]
    [InlineData("été e\u0301te\u0301 日本 👩‍👧 x²", WordSplit.WordsAndSigns, "été|e\u0301te\u0301|日本|👩|\u200D|👧|x²")]
    [InlineData(" it's \t cut , already\n", WordSplit.WhiteSpace, "it's|cut|,|already")]
    public void Texts_are_cut(string text, WordSplit split, string words)
    {
        var tokenizer = WordTokenizer.Train([text], new WordTokenizerOptions { Split = split });
        Assert.Equal(words.Split('|'), tokenizer.Encode(text).Select(tokenizer.TokenAt));
    }

    [Fact]
    public void The_vocabulary_has_bounds()
    {
        string[] texts = ["B b b a a c"];
        var small = WordTokenizer.Train(texts, new WordTokenizerOptions { LowerCase = true, MaximumSize = 3, SpecialTokens = ["<pad>"] });
        Assert.Equal(["<pad>", "<unk>", "b"], Enumerable.Range(0, small.VocabularySize).Select(small.TokenAt));
        Assert.Equal([2, 1], small.Encode("B A"));
        Assert.Equal(3, WordTokenizer.Train(texts, new WordTokenizerOptions { MinimumFrequency = 2 }).VocabularySize);
        Assert.Throws<ArgumentOutOfRangeException>(() => WordTokenizer.Train(texts, new WordTokenizerOptions { MaximumSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => WordTokenizer.Train(texts, new WordTokenizerOptions { MinimumFrequency = 0 }));
        Assert.Throws<ArgumentException>(() => WordTokenizer.Train([], new WordTokenizerOptions { UnknownToken = null }));
    }

    [Fact]
    public void Decoded_text_encodes_to_the_same_tokens() => AnyText.Holds(text =>
    {
        foreach (var split in Enum.GetValues<WordSplit>())
        {
            var tokenizer = WordTokenizer.Train([text, "end"], new WordTokenizerOptions { Split = split });
            int[] ids = tokenizer.Encode(text);
            if (!tokenizer.Encode(tokenizer.Decode(ids)).SequenceEqual(ids)) return false;
        }

        return true;
    });

    [Fact]
    public void Unknown_words_are_errors_without_a_token_for_them()
    {
        var tokenizer = WordTokenizer.Train(["a b"], new WordTokenizerOptions { UnknownToken = null });
        var exception = Assert.Throws<ArgumentException>(() => tokenizer.Encode("a c"));
        Assert.Contains("the word 'c'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_reads_like_a_special_token_is_unknown()
    {
        var tokenizer = WordTokenizer.Train(["a <pad> <pad>"], new WordTokenizerOptions { Split = WordSplit.WhiteSpace, SpecialTokens = ["<pad>"] });
        Assert.Equal([2, 1], tokenizer.Encode("a <pad>"));
        Assert.Equal([2, 0], tokenizer.Encode("a <pad>", parseSpecial: true));
    }

    [Fact]
    public void A_saved_tokenizer_is_the_same()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = WordTokenizer.Train(["It's (here)"], new WordTokenizerOptions { LowerCase = true, Split = WordSplit.WhiteSpace, SpecialTokens = ["<pad>"] });
        tokenizer.Save(folder.File("words.json"));
        var loaded = WordTokenizer.Load(folder.File("words.json"));
        Assert.Equal(tokenizer.Encode("IT'S (here) now"), loaded.Encode("IT'S (here) now"));
        Assert.Equal([2, 3, 1], [.. loaded.Encode("(here) It's now")]);
        Assert.Throws<InvalidDataException>(() => CharacterTokenizer.Load(folder.File("words.json")));
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_refused_with_line_and_byte()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("latin1.txt"), [.. "first\ncaf"u8, 0xE9, .. " au lait\n"u8]);
        var exception = Assert.Throws<InvalidDataException>(() => UnicodeText.ReadFile(folder.File("latin1.txt")));
        Assert.Contains("latin1.txt, line 2: expected UTF-8, found the byte 0xE9 at offset 9", exception.Message, StringComparison.Ordinal);
        File.WriteAllBytes(folder.File("mark.txt"), [0xEF, 0xBB, 0xBF, (byte)'a']);
        Assert.Equal("a", UnicodeText.ReadFile(folder.File("mark.txt")));
    }
}
