using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using DLCompiler.Data;
using DLCompiler.Text;

namespace Samples;

/// <summary>Short sentences in English and French (Tatoeba, by manythings.org/anki), whose words are known.</summary>
internal sealed class Pairs
{
    public const int EnglishWords = 4000, FrenchWords = 6000, Begin = 1, End = 2;

    private const int LongestFrench = 10;

    private Pairs(WordTokenizer english, WordTokenizer french, (string English, string French)[] sentences) =>
        (English, French, Sentences) = (english, french, sentences);

    public WordTokenizer English { get; }

    public WordTokenizer French { get; }

    public (string English, string French)[] Sentences { get; }

    /// <summary>Reads <c>fra.txt</c> of an archive: English, a tab, French, in each line.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="longest">The most words and signs of an English sentence.</param>
    /// <exception cref="InvalidDataException">It is not such a file.</exception>
    public static Pairs Read(string path, int longest)
    {
        using var archive = ZipFile.OpenRead(path);
        var entry = archive.GetEntry("fra.txt") ?? throw new InvalidDataException($"{path} has no fra.txt.");
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var all = UnicodeText.Decode(bytes.ToArray(), path + ", fra.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
            .Where(fields => fields.Length >= 2).Select(fields => (English: Spaced(fields[0]), French: Spaced(fields[1])))
            .Where(pair => Words(pair.English) <= longest && Words(pair.French) <= LongestFrench).ToArray();
        var english = Train(all.Select(pair => pair.English), ["<pad>"], EnglishWords);
        var french = Train(all.Select(pair => pair.French), ["<pad>", "<begin>", "<end>"], FrenchWords);

        // Sentences with rarer words are left out.
        int unknownEnglish = english.IdOf("<unk>"), unknownFrench = french.IdOf("<unk>");
        all = [.. all.Where(pair => !english.Encode(pair.English).Contains(unknownEnglish) && !french.Encode(pair.French).Contains(unknownFrench))];
        new Random(1).Shuffle(all);
        return new Pairs(english, french, all);
    }

    public static PaddedSequences Ids(IEnumerable<int[]> sentences, int padding, int longest) => new([.. sentences], padding, longest);

    private static WordTokenizer Train(IEnumerable<string> sentences, string[] special, int size) => WordTokenizer.Train(
        sentences, new WordTokenizerOptions { Split = WordSplit.WhiteSpace, LowerCase = true, MaximumSize = size, SpecialTokens = special });

    // Signs stand alone; the narrow spaces of French before them are spaces.
    private static string Spaced(string text)
    {
        var spaced = new StringBuilder(text.Length + 8);
        foreach (char one in text.Trim())
        {
            if (one is '.' or '!' or '?' or ',') spaced.Append(' ').Append(one);
            else spaced.Append(char.IsWhiteSpace(one) ? ' ' : one);
        }

        return spaced.ToString();
    }

    private static int Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}
