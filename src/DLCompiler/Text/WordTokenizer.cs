using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using DLCompiler.Runtime;

namespace DLCompiler.Text;

/// <summary>
/// A token for each word that is frequent enough. White space is not kept: decoding puts one space between words, and encoding that gives the same tokens
/// again.
/// </summary>
public sealed class WordTokenizer : Tokenizer
{
    private const string Kind = "words";

    private readonly WordSplit split;
    private readonly bool isLowerCase;
    private readonly int unknown;

    private WordTokenizer(Vocabulary vocabulary, IReadOnlyList<string> specialTokens, string? unknown, WordSplit split, bool isLowerCase)
        : base(vocabulary, specialTokens)
    {
        (this.split, this.isLowerCase, UnknownToken) = (split, isLowerCase, unknown);
        this.unknown = unknown is null ? -1 : IdOf(unknown);
    }

    /// <summary>The special token of words that the vocabulary does not have; null if they are errors.</summary>
    public string? UnknownToken { get; }

    /// <summary>A tokenizer of the words of texts: the special tokens, then the words by how often they occur, equals in ordinal order.</summary>
    /// <param name="texts">The texts; words do not go from one into the next.</param>
    /// <param name="options">Which words; null for all.</param>
    /// <exception cref="ArgumentException">
    /// There is no word and no special token, a special token stands twice, or half of a surrogate pair stands alone.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static WordTokenizer Train(IEnumerable<string> texts, WordTokenizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new WordTokenizerOptions();
        Check(options);
        List<string> special = SpecialTokenList.Of(options.SpecialTokens, options.UnknownToken);
        if (options.MaximumSize < special.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.MaximumSize, FormattableString.Invariant($"MaximumSize counts special tokens too, and there are {special.Count}."));
        }

        var counts = Count(texts, options);
        foreach (string token in special) counts.Remove(token);
        var words = counts.Where(word => word.Value >= options.MinimumFrequency)
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal)
            .Select(word => word.Key).Take(options.MaximumSize - special.Count);
        return new WordTokenizer(new Vocabulary([.. special, .. words]), special, options.UnknownToken, options.Split, options.LowerCase);
    }

    /// <summary>Reads what <see cref="Save"/> has written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not such a file; the message has the line.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static WordTokenizer Load(string path)
    {
        var file = VocabularyFile.Read(path, Kind);
        return new WordTokenizer(file.Vocabulary(), file.Special, file.Unknown, file.Split, file.LowerCase);
    }

    /// <summary>Writes the vocabulary as JSON. A file that exists is replaced when all is written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be written; one that exists is as it was.</exception>
    public void Save(string path) => new VocabularyFile(path, Kind)
    {
        Tokens = [.. Vocabulary.Tokens], Special = [.. SpecialTokens], Unknown = UnknownToken, Split = split, LowerCase = isLowerCase,
    }.Write();

    private protected override DecodingState CreateState() => new Decoding(this);

    private protected override void EncodeText(ReadOnlySpan<char> text, IBufferWriter<int> ids)
    {
        var words = new WordSplitter(text, split);
        char[] lower = [];
        while (words.MoveNext())
        {
            var word = words.Current;
            if (isLowerCase)
            {
                if (lower.Length < word.Length) lower = new char[Math.Max(64, word.Length)];
                word = lower.AsSpan(0, word.ToLowerInvariant(lower));
            }

            Write(ids, IdOfWord(word));
        }
    }

    private static Dictionary<string, long> Count(IEnumerable<string> texts, WordTokenizerOptions options)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var spans = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string text in texts)
        {
            UnicodeText.RequireWellFormed(text, nameof(texts));
            var words = new WordSplitter(options.LowerCase ? text.ToLowerInvariant() : text, options.Split);
            while (words.MoveNext()) CollectionsMarshal.GetValueRefOrAddDefault(spans, words.Current, out _)++;
        }

        return counts;
    }

    private static void Check(WordTokenizerOptions options)
    {
        if (!Enum.IsDefined(options.Split)) throw new ArgumentOutOfRangeException(nameof(options), options.Split, "Split must be WordsAndSigns or WhiteSpace.");
        if (options.MinimumFrequency < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.MinimumFrequency, "MinimumFrequency must be at least 1.");
    }

    // A word of the text that reads like a special token is not one.
    private int IdOfWord(ReadOnlySpan<char> word)
    {
        if (Vocabulary.TryGetId(word, out int id) && !IsSpecial(id)) return id;
        return unknown >= 0 ? unknown : throw new ArgumentException(
            $"The vocabulary does not have the word {QuotedText.Of(
            word.ToString())}. Train the tokenizer on a text that has it, or with a token for unknown words.", nameof(word));
    }

    private sealed class Decoding(WordTokenizer tokenizer) : DecodingState
    {
        private bool isFirst = true;

        public override void Append(int id, StringBuilder text) => AppendSpecial(tokenizer.TokenAt(id), text);

        public override void AppendSpecial(string name, StringBuilder text)
        {
            if (!isFirst) text.Append(' ');
            isFirst = false;
            text.Append(name);
        }

        public override void Complete(StringBuilder text) => isFirst = true;
    }
}
