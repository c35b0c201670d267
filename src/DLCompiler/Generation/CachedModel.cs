using System;
using System.ComponentModel;
using DLCompiler.Runtime;

namespace DLCompiler.Generation;

/// <summary>
/// A model that continues sequences token by token, remembering what it needs of the tokens before: a model's <c>NextTokens()</c>, for models with
/// <c>[Inference(Generation = true)]</c>. Where the model has other inputs, such as what an encoder reads, <c>NextTokens</c> takes them, and what is computed of them
/// is remembered too. The memories are native; they grow with the number of sequences and are freed by <see cref="Dispose"/>.
/// </summary>
/// <remarks>One object serves one generation at a time; any number of them may use one model.</remarks>
public sealed class CachedModel : INextTokenModel, IDisposable
{
    private readonly ModelHost host;
    private readonly int function;
    private readonly int idLimit;
    private readonly long[] memories;
    private SequenceMemory? memory, spare, source;
    private long[] sourceElements = [];
    private nint[] sourceSizes = [];
    private int samples = 1;
    private int[] repeated = [];
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

    /// <summary>Sequences side by side: one for each sample that the model read, and one where it reads none, until <see cref="Reorder"/>.</summary>
    public int Sequences { get; private set; } = 1;

    /// <summary>For emitted code: reads the inputs besides the tokens.</summary>
    /// <param name="reuse">An object whose memory is used again; null for a new one.</param>
    /// <param name="host">What stands behind the model.</param>
    /// <param name="call">The call of the function that reads, with its inputs.</param>
    /// <param name="function">The index of the function that continues.</param>
    /// <param name="vocabularySize">Tokens that have scores.</param>
    /// <param name="idLimit">What ids are below; 0 where any may come.</param>
    /// <param name="maximumLength">The longest sequence.</param>
    /// <param name="memories">Elements of a sequence in each memory, at most.</param>
    /// <param name="sourceElements">Those that the first memories have with these inputs.</param>
    /// <exception cref="ArgumentException">There is no sample, or the object is another model's.</exception>
    /// <exception cref="ObjectDisposedException">The object, or the model, is disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static CachedModel Read(CachedModel? reuse, ModelHost host, FunctionCall call, int function, int vocabularySize, int idLimit, int maximumLength,
        long[] memories, long[] sourceElements)
    {
        ArgumentNullException.ThrowIfNull(sourceElements);
        if (reuse is not null && (reuse.host != host || reuse.function != function))
            throw new ArgumentException("What is to be used again belongs to another model. Pass what this model's NextTokens returned.", nameof(reuse));
        if (call.Batch < 1) throw new ArgumentException("There is no sample to read. Pass at least one.");
        var next = reuse ?? new CachedModel(host, function, vocabularySize, idLimit, maximumLength, memories);
        next.ReadSource(call, sourceElements);
        return next;
    }

    /// <inheritdoc/>
    /// <remarks>Where the model read several samples, each of them begins with the prompt, and the scores are [samples, VocabularySize].</remarks>
    /// <exception cref="ArgumentException">The prompt is empty or longer than a sequence may be, a token is none, or there is not room for the scores.</exception>
    /// <exception cref="ObjectDisposedException">This, or the model, is disposed.</exception>
    public void Start(ReadOnlySpan<int> prompt, Span<float> logits)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (prompt.IsEmpty) throw new ArgumentException("The prompt has no token. Begin with one, such as the vocabulary's first.", nameof(prompt));
        if (samples > 1 && logits.Length != (long)samples * VocabularySize)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{samples} samples were read, and there is room for {logits.Length} scores. Pass {samples} times {VocabularySize}, or read one sample."), nameof(logits));
        }

        (Sequences, Length) = (samples, 0);
        memory ??= new SequenceMemory(memories, sourceElements.Length);
        memory.Prepare(samples);
        memory.ClearSteps();
        if (source is not null)
            for (int row = 0; row < samples; row++) memory.Copy(source, row, row, sourceElements, steps: false);
        Run(Repeated(prompt), prompt.Length, logits);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is not a token for each sequence, a token is none, or there is not room for the scores.</exception>
    /// <exception cref="InvalidOperationException">Nothing was started, or the sequences are as long as they may be.</exception>
    /// <exception cref="ObjectDisposedException">This, or the model, is disposed.</exception>
    public void Step(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        RequireStarted();
        if (tokens.Length != Sequences)
            throw new ArgumentException(FormattableString.Invariant($"There are {Sequences} sequences, and {tokens.Length} tokens came."), nameof(tokens));
        Run(tokens, 1, logits);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no source, or no such row.</exception>
    /// <exception cref="InvalidOperationException">Nothing was started.</exception>
    /// <exception cref="ObjectDisposedException">This, or the model, is disposed.</exception>
    public void Reorder(ReadOnlySpan<int> sources)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        RequireStarted();
        int wrong = sources.IndexOfAnyExceptInRange(0, Sequences - 1);
        if (sources.IsEmpty || wrong >= 0)
        {
            throw new ArgumentException(sources.IsEmpty ? "No sequence would be left. Give at least one source."
                : FormattableString.Invariant($"Source {wrong} is row {sources[wrong]}, and there are rows 0 to {Sequences - 1}."), nameof(sources));
        }

        spare ??= new SequenceMemory(memories, sourceElements.Length);
        spare.Prepare(sources.Length);
        for (int row = 0; row < sources.Length; row++) spare.Copy(memory!, sources[row], row, sourceElements, steps: true);
        (memory, spare) = (spare, memory);
        Sequences = sources.Length;
    }

    /// <summary>Frees the memories. The model stays.</summary>
    public void Dispose()
    {
        disposed = true;
        memory?.Dispose();
        spare?.Dispose();
        source?.Dispose();
        memory = spare = source = null;
    }

    private void RequireStarted()
    {
        if (Length == 0) throw new InvalidOperationException("There is no sequence yet. Call Start with a prompt first.");
    }

    private void ReadSource(FunctionCall call, long[] elements)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        (samples, sourceElements, sourceSizes) = (call.Batch, elements, call.TakenSizes());
        (Sequences, Length) = (samples, 0);
        source ??= new SequenceMemory(memories[..elements.Length], elements.Length);
        source.Prepare(samples);
        call.Remember(source.Address);
        call.Run();
        GC.KeepAlive(source);
        source.Number();
        memory?.Forget();
        spare?.Forget();
    }

    // The prompt for each sample that was read.
    private ReadOnlySpan<int> Repeated(ReadOnlySpan<int> prompt)
    {
        if (samples == 1) return prompt;
        if (repeated.Length != samples * prompt.Length) repeated = new int[samples * prompt.Length];
        for (int row = 0; row < samples; row++) prompt.CopyTo(repeated.AsSpan(row * prompt.Length));
        return repeated;
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
        call.Continue(1, Length, sourceSizes);
        call.Remember(memory!.Address);
        if (idLimit > 0) call.Indices(0, tokens, steps, idLimit, nameof(tokens));
        else call.Input(0, tokens, steps, nameof(tokens));
        call.Output(0, logits, VocabularySize, nameof(logits));
        call.Run();
        GC.KeepAlive(memory);
        Length += steps;
    }
}
