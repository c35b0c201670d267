using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace DLCompiler.Text;

/// <summary>
/// The tokens of pieces that have been seen: most of a text is words that it has had before. It takes what comes first and then stays as it is, so that it
/// takes some megabytes at most, whatever is encoded.
/// </summary>
internal sealed class PieceCache
{
    private const int MostPieces = 1 << 16, MostCharacters = 32;

    private readonly ConcurrentDictionary<string, int[]> tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> spans;
    private int count;

    public PieceCache() => spans = tokens.GetAlternateLookup<ReadOnlySpan<char>>();

    public bool TryGet(ReadOnlySpan<char> piece, [NotNullWhen(true)] out int[]? ids) => spans.TryGetValue(piece, out ids);

    public void Add(ReadOnlySpan<char> piece, ReadOnlySpan<int> ids)
    {
        if (piece.Length > MostCharacters || Volatile.Read(ref count) >= MostPieces) return;
        if (spans.TryAdd(piece, ids.ToArray())) Interlocked.Increment(ref count);
    }
}
