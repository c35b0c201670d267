using System;
using System.IO;
using DLCompiler.Text;
using Xunit;

namespace DLCompiler.Runtime.Tests.Text;

/// <summary>Characters as tokens.</summary>
public sealed class CharacterTokenizerTests
{
    [Fact]
    public void Characters_are_in_the_order_of_code_points_after_special_tokens()
    {
        var tokenizer = CharacterTokenizer.Train("hello, 🙂", ["<pad>"]);
        Assert.Equal(8, tokenizer.VocabularySize);
        Assert.Equal([4, 3, 5, 5, 6, 2, 1, 7], tokenizer.Encode("hello, 🙂"));
        Assert.Equal("🙂", tokenizer.TokenAt(7));
        Assert.Equal(0, tokenizer.IdOf("<pad>"));
    }

    [Fact]
    public void Any_text_comes_back() => AnyText.Holds(text =>
    {
        var tokenizer = CharacterTokenizer.Train(text, ["<s>", "<pad>"]);
        return tokenizer.Decode(tokenizer.Encode(text)) == text;
    });

    [Fact]
    public void Unknown_characters_are_the_unknown_token_or_an_error()
    {
        Assert.Equal([1, 0, 2], CharacterTokenizer.Train("ab", unknown: "?!").Encode("aéb"));
        var exception = Assert.Throws<ArgumentException>(() => CharacterTokenizer.Train("ab").Encode("aéb"));
        Assert.Contains("'é', U+00E9, character 1 of the text", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_special_tokens_are_text_unless_asked_for()
    {
        var tokenizer = CharacterTokenizer.Train("<s>ab", ["<s>", "<s>a"]);
        Assert.DoesNotContain(0, tokenizer.Encode("b<s>"));
        Assert.Equal([tokenizer.IdOf("b"), 0, 0], tokenizer.Encode("b<s><s>", parseSpecial: true));
        Assert.Equal([tokenizer.IdOf("b"), 1, tokenizer.IdOf("b")], tokenizer.Encode("b<s>ab", parseSpecial: true));
        Assert.Equal("b<s>b", tokenizer.Decode([tokenizer.IdOf("b"), 0, tokenizer.IdOf("b")]));
        Assert.Equal("bb", tokenizer.Decode([tokenizer.IdOf("b"), 0, tokenizer.IdOf("b")], skipSpecial: true));
    }

    [Fact]
    public void Halves_of_surrogate_pairs_are_refused_with_their_place_and_can_be_repaired()
    {
        var tokenizer = CharacterTokenizer.Train("ab\uFFFD");
        var exception = Assert.Throws<ArgumentException>(() => tokenizer.Encode("a\uD83Db"));
        Assert.StartsWith("Character 1 of the text is U+D83D", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CharacterTokenizer.Train("\uDE42"));
        Assert.Equal("a\uFFFDb", tokenizer.Decode(tokenizer.Encode(UnicodeText.Repair("a\uD83Db"))));
    }

    [Fact]
    public void Repaired_text_is_well_formed_and_well_formed_text_stays() => AnyText.HoldsOfAny(text =>
    {
        string repaired = UnicodeText.Repair(text), repeated = UnicodeText.Repair(repaired);
        // .NET's own encoder replaces the same halves.
        return ReferenceEquals(repaired, repeated) && repaired == System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
    });

    [Fact]
    public void An_empty_vocabulary_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => CharacterTokenizer.Train(""));
        Assert.StartsWith("The vocabulary is empty", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, CharacterTokenizer.Train("", ["<pad>"]).VocabularySize);
    }

    [Fact]
    public void Ids_of_another_vocabulary_are_refused()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => CharacterTokenizer.Train("ab").Decode([0, 2]));
        Assert.Contains("The vocabulary has 2 tokens, 0 to 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_tokenizer_is_the_same()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = CharacterTokenizer.Train("a\"\\\n\u0001é🙂", ["<pad>"], "<unk>");
        tokenizer.Save(folder.File("characters.json"));
        var loaded = CharacterTokenizer.Load(folder.File("characters.json"));
        Assert.Equal(tokenizer.Encode("é\"x\n🙂"), loaded.Encode("é\"x\n🙂"));
        Assert.Equal(tokenizer.SpecialTokens, loaded.SpecialTokens);
        Assert.Equal("<unk>", loaded.UnknownToken);
        Assert.Equal(tokenizer.VocabularySize, loaded.VocabularySize);
    }

    [Theory]
    [InlineData("", "line 1: expected '{', the beginning of a vocabulary of characters, found the end of the file")]
    [InlineData("[]", "line 1: expected '{', the beginning of a vocabulary of characters, found '[]'")]
    [InlineData("{\n\"kind\": \"words\"}", "line 2: expected the kind 'characters', found '\"words\"}'")]
    [InlineData("{\"kind\": \"characters\",\n\"tokens\": [\"a\",\n 5]}", "line 3: expected a token in quotes, or ']' at the end, found '5]}'")]
    [InlineData("{\"kind\": \"characters\",\n\"tokens\": \"a\"}", "line 2: expected '[', the beginning of a list")]
    [InlineData("{\"kind\": \"characters\",\n\"tokens\": [\"a\" \"b\"]}", "line 2: expected JSON, found")]
    [InlineData("{\"kind\": \"characters\",\n\"tokens\": [\"a\", \"b\"", "line 2: expected")]
    [InlineData("{\"kind\": \"characters\", \"tokens\": [\"ab\"]}", "the token 'ab' is not one character")]
    [InlineData("{\"kind\": \"characters\", \"tokens\": [\"a\", \"a\"]}", "The token 'a' stands twice, as 0 and as 1")]
    [InlineData("{\"kind\": \"characters\", \"tokens\": []}", "The vocabulary is empty")]
    [InlineData("{\"kind\": \"characters\", \"special\": [\"<s>\"], \"tokens\": [\"a\"]}", "the special token '<s>' is not among the tokens")]
    [InlineData("{\"kind\": \"characters\", \"tokens\": [\"\\ud800\"]}", "line 1: expected a token in quotes, or ']' at the end, found a text that is not Unicode")]
    [InlineData("{\"tokens\": [\"a\"]}", "it has no \"kind\"")]
    public void A_damaged_file_is_refused_with_line_and_reason(string text, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("characters.json"), text);
        var exception = Assert.Throws<InvalidDataException>(() => CharacterTokenizer.Load(folder.File("characters.json")));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains("characters.json", exception.Message, StringComparison.Ordinal);
    }
}
