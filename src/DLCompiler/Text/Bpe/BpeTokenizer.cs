using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using DLCompiler.Runtime;

namespace DLCompiler.Text;

/// <summary>
/// Byte-level byte-pair encoding (Sennrich, Haddow and Birch 2016; Radford et al. 2019), as GPT-2's: any Unicode text becomes tokens, and the tokens the same
/// text again. Files are GPT-2's <c>vocab.json</c> and <c>merges.txt</c>.
/// </summary>
public sealed class BpeTokenizer : Tokenizer
{
    private readonly int[] tokenOfByte = new int[256];
    private readonly byte[][] bytesOfTokens;
    private readonly IReadOnlyList<(int Left, int Right, int Result)> rules;
    private readonly MergeTable merges;
    private readonly PieceCache cache = new();

    private BpeTokenizer(Vocabulary vocabulary, IReadOnlyList<(int Left, int Right, int Result)> rules, IReadOnlyList<string> specialTokens)
        : base(vocabulary, specialTokens)
    {
        this.rules = rules;
        merges = new MergeTable(rules);
        bytesOfTokens = new byte[vocabulary.Count][];
        for (int id = 0; id < bytesOfTokens.Length; id++)
            bytesOfTokens[id] = IsSpecial(id) ? Encoding.UTF8.GetBytes(TokenAt(id)) : ByteAlphabet.BytesOf(TokenAt(id))!;
        for (int value = 0; value < 256; value++) tokenOfByte[value] = IdOf(ByteAlphabet.TextOf([(byte)value]));
    }

    /// <summary>Learns merges from texts. The same texts and options give the same tokenizer.</summary>
    /// <param name="texts">The texts; merges do not go from one into the next.</param>
    /// <param name="options">What to learn.</param>
    /// <param name="cancellationToken">Stops learning.</param>
    /// <exception cref="ArgumentException">
    /// A special token is empty, stands twice or is a byte's or a merge's, or half of a surrogate pair stands alone.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 256 and the special tokens, or the frequency below 1.</exception>
    /// <exception cref="OperationCanceledException">Learning was stopped.</exception>
    public static BpeTokenizer Train(IEnumerable<string> texts, BpeTrainingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(options);
        int special = options.SpecialTokens.Count;
        if (options.VocabularySize < 256 + special)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.VocabularySize,
                string.Create(CultureInfo.InvariantCulture, $"VocabularySize must be at least {256 + special}: 256 bytes and {special} special tokens."));
        }

        if (options.MinimumFrequency < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.MinimumFrequency, "MinimumFrequency must be at least 1.");
        var rules = new BpeTrainer(texts).Learn(options.VocabularySize - 256 - special, options.MinimumFrequency, cancellationToken);
        List<string> tokens = [.. ByteAlphabet.Order.Select(value => ByteAlphabet.TextOf([value]))];
        foreach (var (left, right, _) in rules) tokens.Add(tokens[left] + tokens[right]);
        return new BpeTokenizer(new Vocabulary([.. tokens, .. options.SpecialTokens]), rules, [.. options.SpecialTokens]);
    }

    /// <summary>Reads GPT-2's files. Tokens that are neither a byte nor made by a merge are special ones.</summary>
    /// <param name="vocabularyPath">The file with tokens and their numbers, <c>vocab.json</c>.</param>
    /// <param name="mergesPath">The file with merges, <c>merges.txt</c>.</param>
    /// <exception cref="InvalidDataException">One is not such a file, or they are not of the same tokenizer; the message has the line.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static BpeTokenizer Load(string vocabularyPath, string mergesPath)
    {
        string[] tokens = BpeFiles.ReadVocabulary(vocabularyPath);
        Vocabulary vocabulary;
        try
        {
            vocabulary = new Vocabulary(tokens);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{QuotedText.Line(vocabularyPath, 300)}: {exception.Message}", exception);
        }

        foreach (byte value in ByteAlphabet.Order)
        {
            if (vocabulary.TryGetId(ByteAlphabet.TextOf([value]), out _)) continue;
            throw new InvalidDataException(
                $"{QuotedText.Line(vocabularyPath, 300)}: expected a token for each of the 256 bytes, found none for {ByteAlphabet.Describe(value)}. " +
                "Only vocabularies of byte-level encodings, such as GPT-2's, are read.");
        }

        var rules = BpeFiles.ReadMerges(mergesPath, vocabulary);
        var text = rules.Select(rule => rule.Result).Concat(ByteAlphabet.Order.Select(value => IdOf(vocabulary, ByteAlphabet.TextOf([value])))).ToHashSet();
        return new BpeTokenizer(vocabulary, rules, [.. tokens.Where((_, id) => !text.Contains(id))]);
    }

    /// <summary>Writes GPT-2's files, the merges first. Files that exist are replaced, each when all of it is written.</summary>
    /// <param name="vocabularyPath">The file with tokens and their numbers, <c>vocab.json</c>.</param>
    /// <param name="mergesPath">The file with merges, <c>merges.txt</c>.</param>
    /// <exception cref="IOException">A file can't be written; one that exists is as it was.</exception>
    public void Save(string vocabularyPath, string mergesPath)
    {
        BpeFiles.WriteMerges(mergesPath, Vocabulary.Tokens, rules);
        BpeFiles.WriteVocabulary(vocabularyPath, Vocabulary.Tokens);
    }

    /// <summary>The bytes that a token stands for: UTF-8, but a character may go over several tokens.</summary>
    /// <param name="id">The token.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public ReadOnlySpan<byte> BytesOf(int id)
    {
        TokenAt(id);
        return bytesOfTokens[id];
    }

    private protected override DecodingState CreateState() => new Decoding(this);

    private protected override void EncodeText(ReadOnlySpan<char> text, IBufferWriter<int> ids)
    {
        while (text.Length > 0)
        {
            int length = PreTokenizer.First(text);
            var piece = text[..length];
            if (cache.TryGet(piece, out int[]? known)) ids.Write(known);
            else EncodePiece(piece, ids);
            text = text[length..];
        }
    }

    private static int IdOf(Vocabulary vocabulary, string token) => vocabulary.TryGetId(token, out int id) ? id : -1;

    private void EncodePiece(ReadOnlySpan<char> piece, IBufferWriter<int> ids)
    {
        const int onStack = 256;
        int most = Encoding.UTF8.GetByteCount(piece);
        Span<byte> bytes = most <= onStack ? stackalloc byte[onStack] : new byte[most];
        bytes = bytes[..Encoding.UTF8.GetBytes(piece, bytes)];
        var tokens = ids.GetSpan(bytes.Length)[..bytes.Length];
        for (int i = 0; i < bytes.Length; i++) tokens[i] = tokenOfByte[bytes[i]];
        int count = merges.Apply(tokens);
        cache.Add(piece, tokens[..count]);
        ids.Advance(count);
    }

    private sealed class Decoding(BpeTokenizer tokenizer) : DecodingState
    {
        // Replaces what is no UTF-8 by U+FFFD, and keeps the beginning of a character until its end comes.
        private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
        private char[] characters = new char[64];

        public override void Append(int id, StringBuilder text) => Append(tokenizer.bytesOfTokens[id], text, flush: false);

        public override void AppendSpecial(string name, StringBuilder text)
        {
            Complete(text);
            text.Append(name);
        }

        public override void Complete(StringBuilder text) => Append([], text, flush: true);

        private void Append(ReadOnlySpan<byte> bytes, StringBuilder text, bool flush)
        {
            // A character that does not end may be replaced before the first of these.
            int most = bytes.Length + 4;
            if (characters.Length < most) characters = new char[most];
            text.Append(characters.AsSpan(0, decoder.GetChars(bytes, characters, flush)));
        }
    }
}
