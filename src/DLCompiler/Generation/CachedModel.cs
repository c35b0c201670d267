using System;
using System.ComponentModel;
using System.Linq;
using DLCompiler.Runtime;

namespace DLCompiler.Generation;

/// <summary>
/// A model that continues sequences token by token, remembering what it needs of the tokens before: a model's <c>NextTokens()</c>, for models with
/// <c>[Inference(Generation = true)]</c>. The memories are native; they grow with the number of sequences and are freed by <see cref="Dispose"/>.
/// </summary>
/// <remarks>One object serves one generation at a time; any number of them may use one model.</remarks>
public sealed class CachedModel : INextTokenModel, IDisposable
{
    // Compiled code lays out memories for whole blocks of so many sequences.
    private const int Block = 16;

    private readonly ModelHost host;
    private readonly int function;
    private readonly int idLimit;
    private readonly long[] memories;
    private NativeBlock? memory, spare;
    private int rows;
    private bool disposed;

    /// <summary>For emitted code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public CachedModel(ModelHost host, int function, int vocabularySize, int idLimit, int maximumLength, long[] memories)
    {
        (this.host, this.function, this.idLimit, this.memories) = (host, function, idLimit, memories);
        (VocabularySize, MaximumLength) = (vocabularySize, maximumLength);
    }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public int MaximumLength { get; }

    /// <summary>Tokens that each sequence has.</summary>
    public int Length { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The prompt is empty or longer than a sequence may be, a token is none, or there is not room for the scores.</exception>
    /// <exception cref="ObjectDisposedException">This, or the model, is disposed.</exception>
    public void Start(ReadOnlySpan<int> prompt, Span<float> logits)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (prompt.IsEmpty) throw new ArgumentException("The prompt has no token. Begin with one, such as the vocabulary's first.", nameof(prompt));
        (rows, Length) = (1, 0);
        memory = Sized(memory, 1);
        memory.Clear();
        Run(prompt, prompt.Length, logits);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is not a token for each sequence, a token is none, or there is not room for the scores.</exception>
    /// <exception cref="InvalidOperationException">Nothing was started, or the sequences are as long as they may be.</exception>
    /// <exception cref="ObjectDisposedException">This, or the model, is disposed.</exception>
    public void Step(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (Length == 0) throw new InvalidOperationException("There is no sequence yet. Call Start with a prompt first.");
        if (tokens.Length != rows) throw new ArgumentException(FormattableString.Invariant($"There are {rows} sequences, and {tokens.Length} tokens came."), nameof(tokens));
        Run(tokens, 1, logits);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no source, or no such row.</exception>
    /// <exception cref="ObjectDisposedException">This, or the model, is disposed.</exception>
    public void Reorder(ReadOnlySpan<int> sources)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        int wrong = sources.IndexOfAnyExceptInRange(0, rows - 1);
        if (sources.IsEmpty || wrong >= 0)
        {
            throw new ArgumentException(sources.IsEmpty ? "No sequence would be left. Give at least one source."
                : FormattableString.Invariant($"Source {wrong} is row {sources[wrong]}, and there are rows 0 to {rows - 1}."), nameof(sources));
        }

        spare = Sized(spare, sources.Length);
        long from = 0, to = 0;
        foreach (long elements in memories)
        {
            for (int row = 0; row < sources.Length; row++) Row(memory!, from + (sources[row] * elements), elements).CopyTo(Row(spare, to + (row * elements), elements));
            from += elements * Rounded(rows);
            to += elements * Rounded(sources.Length);
        }

        (memory, spare) = (spare, memory);
        rows = sources.Length;
    }

    /// <summary>Frees the memories. The model stays.</summary>
    public void Dispose()
    {
        disposed = true;
        memory?.Dispose();
        spare?.Dispose();
        memory = spare = null;
    }

    private void Run(ReadOnlySpan<int> tokens, int steps, Span<float> logits)
    {
        if (Length + steps > MaximumLength)
        {
            string what = FormattableString.Invariant($"A sequence may have {MaximumLength} tokens, and would have {Length + steps}.");
            throw Length == 0 ? new ArgumentException(what + " Shorten the prompt.", nameof(tokens)) : new InvalidOperationException(what + " Start a new one.");
        }

        var call = host.Call(function);
        call.Size(0, steps, MaximumLength, nameof(tokens), "steps");
        call.Continue(1, Length, memory!.Address);
        if (idLimit > 0) call.Indices(0, tokens, steps, idLimit, nameof(tokens));
        else call.Input(0, tokens, steps, nameof(tokens));
        call.Output(0, logits, VocabularySize, nameof(logits));
        call.Run();
        GC.KeepAlive(memory);
        Length += steps;
    }

    private NativeBlock Sized(NativeBlock? block, int sequences)
    {
        long bytes = memories.Sum() * Rounded(sequences) * sizeof(float);
        if (block?.Bytes >= bytes) return block;
        block?.Dispose();
        return new NativeBlock(bytes);
    }

    private static long Rounded(int sequences) => (sequences + Block - 1) / Block * Block;

    private static unsafe Span<float> Row(NativeBlock block, long offset, long elements) => new((float*)block.Address + offset, checked((int)elements));
}
