using System;
using System.Collections.Generic;
using System.Globalization;
using DLCompiler.Runtime;

namespace DLCompiler.Text;

/// <summary>Tokens by number, and numbers by token. Immutable.</summary>
internal sealed class Vocabulary
{
    private readonly string[] tokens;
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> idsOfSpans;

    /// <param name="tokens">All tokens in the order of their numbers.</param>
    /// <exception cref="ArgumentException">There is none, or one is empty or stands twice.</exception>
    public Vocabulary(IReadOnlyCollection<string> tokens)
    {
        if (tokens.Count == 0)
        {
            throw new ArgumentException("The vocabulary is empty: there is no token at all. Train the tokenizer on a text that is not empty.", nameof(tokens));
        }

        this.tokens = [.. tokens];
        ids = new Dictionary<string, int>(tokens.Count, StringComparer.Ordinal);
        for (int id = 0; id < this.tokens.Length; id++)
        {
            if (string.IsNullOrEmpty(this.tokens[id])) throw Wrong($"Token {id} is empty. Leave it out, or give it a text.");
            if (!ids.TryAdd(this.tokens[id], id))
                throw Wrong($"The token {QuotedText.Of(this.tokens[id])} stands twice, as {ids[this.tokens[id]]} and as {id}. Leave one of them out.");
        }

        idsOfSpans = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => tokens.Length;

    public IReadOnlyList<string> Tokens => tokens;

    public bool TryGetId(ReadOnlySpan<char> token, out int id) => idsOfSpans.TryGetValue(token, out id);

    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string TokenAt(int id) => (uint)id < (uint)tokens.Length ? tokens[id] : throw OutOfRange(id);

    private static ArgumentException Wrong(FormattableString problem) => new(problem.ToString(CultureInfo.InvariantCulture), nameof(tokens));

    private ArgumentOutOfRangeException OutOfRange(int id) => new(
        nameof(id), id, string.Create(CultureInfo.InvariantCulture,
        $"The vocabulary has {tokens.Length} tokens, 0 to {tokens.Length - 1}. The ids may be of another tokenizer."));
}
