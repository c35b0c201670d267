using System;
using System.IO;
using System.Linq;
using DLCompiler.Text;
using Xunit;

namespace DLCompiler.Runtime.Tests.Text;

/// <summary>GPT-2's two files: round trip, and each way to be damaged with its message.</summary>
public sealed class BpeFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public BpeFileTests() =>
        BpeTokenizer.Train(["the then there"], new BpeTrainingOptions { VocabularySize = 264, SpecialTokens = ["<|endoftext|>"] }).Save(Vocabulary, Merges);

    private string Vocabulary => folder.File("vocab.json");

    private string Merges => folder.File("merges.txt");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_saved_tokenizer_is_the_same()
    {
        Assert.Equal("#version: 0.2\nh e\nt he\nĠ the\n", File.ReadAllText(Merges));
        Assert.StartsWith("{\"!\":0,\"\\\"\":1,", File.ReadAllText(Vocabulary), StringComparison.Ordinal);
        Assert.EndsWith("\"he\":256,\"the\":257,\"Ġthe\":258,\"<|endoftext|>\":259}", File.ReadAllText(Vocabulary), StringComparison.Ordinal);
        var loaded = BpeTokenizer.Load(Vocabulary, Merges);
        Assert.Equal(["<|endoftext|>"], loaded.SpecialTokens);
        Assert.Equal(["the", "Ġthe", "r", "e"], loaded.Encode("the there").Select(loaded.TokenAt));
        Assert.Equal([259], loaded.Encode("<|endoftext|>", parseSpecial: true));
        loaded.Save(folder.File("again.json"), folder.File("again.txt"));
        Assert.Equal(File.ReadAllBytes(Vocabulary), File.ReadAllBytes(folder.File("again.json")));
        Assert.Equal(File.ReadAllBytes(Merges), File.ReadAllBytes(folder.File("again.txt")));
    }

    [Fact]
    public void Files_of_other_systems_are_read()
    {
        // Carriage returns, no version, escapes, a byte-order mark, any order of tokens.
        File.WriteAllText(Merges, "h e\r\nt he\r\nĠ the\r\n");
        var tokens = File.ReadAllText(Vocabulary).Replace("Ġ", "\\u0120", StringComparison.Ordinal);
        File.WriteAllText(Vocabulary, "\uFEFF{ \n\"the\" : 257,\n" + tokens.Replace(",\"the\":257", "", StringComparison.Ordinal)[1..]);
        Assert.Equal(2, BpeTokenizer.Load(Vocabulary, Merges).Encode("the the").Length);
    }

    [Theory]
    [InlineData("Ġ the", "Ġthe", "line 4: expected two tokens with one space between them, such as 'Ġ t', found 'Ġthe'")]
    [InlineData("Ġ the", "Ġ  the", "line 4: expected two tokens with one space between them")]
    [InlineData("Ġ the", "Ġ t", "line 4: expected a merge whose result 'Ġt' is in the vocabulary, found 'Ġ t'")]
    [InlineData("h e\n", "", "line 2: expected tokens that are bytes or made by lines before, but 'he' is not, found 't he'")]
    [InlineData("Ġ the", "t he", "line 4: expected a merge that makes a new token, but 'the' is made already")]
    [InlineData("Ġ the", "日 本", "line 4: expected tokens that are bytes or made by lines before, but '日' is not")]
    public void Damaged_merges_are_refused_with_line_and_reason(string old, string damage, string message)
    {
        File.WriteAllText(Merges, File.ReadAllText(Merges).Replace(old, damage, StringComparison.Ordinal));
        Refused(message, "merges.txt");
    }

    [Fact]
    public void Merges_that_are_not_utf8_are_refused()
    {
        File.WriteAllBytes(Merges, [.. "#version: 0.2\nh e\nt "u8, 0xFF, (byte)'\n']);
        Refused("line 3: expected UTF-8, found the byte 0xFF at offset 20", "merges.txt");
    }

    [Theory]
    [InlineData("{\"!\":0", "{\"!\":", "line 1: expected JSON")]
    [InlineData("{\"!\":0", "{\"!\":-1", "line 1: expected the number of a token, from 0, which no other token has, found '-1'")]
    [InlineData("{\"!\":0", "{\n\"!\":\n1.5", "line 3: expected the number of a token, from 0, which no other token has, found '1.5'")]
    [InlineData("{\"!\":0", "{\n\"!\":\"0\"", "line 2: expected the number of a token")]
    [InlineData("\"he\":256", "\n\"he\":255", "line 2: expected the number of a token, from 0, which no other token has, found '255'")]
    [InlineData("\"he\":256", "\n\"!\":256", "line 2: expected each token once, but '!' is 0 already")]
    [InlineData("{\"!\":0,", "{", "expected the numbers 0 to 258 for 259 tokens, found none with 0")]
    [InlineData("\"A\":", "\"Axx\":", "expected a token for each of the 256 bytes, found none for 'A' (the byte 0x41)")]
    [InlineData("\"he\":256", "\"\":256", "Token 256 is empty")]
    [InlineData("259}", "259", "line 1: expected")]
    public void A_damaged_vocabulary_is_refused_with_line_and_reason(string old, string damage, string message)
    {
        string text = File.ReadAllText(Vocabulary);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(Vocabulary, text.Replace(old, damage, StringComparison.Ordinal));
        Refused(message, "vocab.json");
    }

    [Theory]
    [InlineData("{}", "the vocabulary is empty: expected 256 tokens of bytes or more, found none")]
    [InlineData("", "line 1: expected '{', the beginning of a vocabulary such as {\"!\": 0, \"the\": 262}, found the end of the file")]
    public void An_empty_vocabulary_is_refused(string text, string message)
    {
        File.WriteAllText(Vocabulary, text);
        Refused(message, "vocab.json");
    }

    [Fact]
    public void Damage_anywhere_is_read_or_refused_with_one_exception()
    {
        byte[] vocabulary = File.ReadAllBytes(Vocabulary), merges = File.ReadAllBytes(Merges);
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 600; i++)
        {
            byte[] damaged = [.. i % 2 == 0 ? vocabulary : merges];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (random.Next(3) == 0) damaged = damaged[..random.Next(damaged.Length)];
            File.WriteAllBytes(Vocabulary, i % 2 == 0 ? damaged : vocabulary);
            File.WriteAllBytes(Merges, i % 2 == 0 ? merges : damaged);
            try
            {
                var tokenizer = BpeTokenizer.Load(Vocabulary, Merges);
                Assert.Equal("the théâtre", tokenizer.Decode(tokenizer.Encode("the théâtre")));
            }
            catch (InvalidDataException exception)
            {
                refused++;
                Assert.Contains(folder.File(""), exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, 200, 600);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_and_old_files_stay()
    {
        var tokenizer = BpeTokenizer.Load(Vocabulary, Merges);
        byte[] before = File.ReadAllBytes(Vocabulary);
        Assert.Throws<DirectoryNotFoundException>(() => tokenizer.Save(Vocabulary, folder.File("none/merges.txt")));
        Assert.Equal(before, File.ReadAllBytes(Vocabulary));
        Assert.Throws<FileNotFoundException>(() => BpeTokenizer.Load(folder.File("none.json"), Merges));
    }

    private void Refused(string message, string file)
    {
        var exception = Assert.Throws<InvalidDataException>(() => BpeTokenizer.Load(Vocabulary, Merges));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", exception.Message, StringComparison.Ordinal);
    }
}
