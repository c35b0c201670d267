using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using DLCompiler.Runtime;

namespace DLCompiler.Generation;

/// <summary>
/// A model that continues sequences token by token, remembering what it needs of the tokens before: a model's <c>NextTokens()</c>, for models with
/// <c>[Inference(Generation = true)]</c>. Where the model has other inputs, such as what an encoder reads, <c>NextTokens</c> takes them, and what is
/// computed of them
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
    private int[] repeated = [], lengths = [0], otherLengths = [];
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

    /// <summary>Tokens that the longest sequence has.</summary>
    public int Length { get; private set; }

    /// <summary>Sequences side by side: as many as were started, or chosen since then.</summary>
    public int Sequences => lengths.Length;

    /// <summary>Tokens that each sequence has.</summary>
    public ReadOnlySpan<int> Lengths => lengths;

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
    /// <exception cref="ArgumentException">The prompt is empty or longer than a sequence may be, a token is none, or there is not room for the
    /// scores.</exception>
    /// <exception cref="ObjectDisposedException">This, or the model, is disposed.</exception>
    public void Start(ReadOnlySpan<int> prompt, Span<float> logits)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (prompt.IsEmpty) throw new ArgumentException("The prompt has no token. Begin with one, such as the vocabulary's first.", nameof(prompt));
        if (samples > 1 && logits.Length != (long)samples * VocabularySize)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{samples} samples were read, and there is room for {logits.Length} scores. Pass {samples} times {VocabularySize}, or read one sample."),
                    nameof(logits));
        }

        Begin(samples);
        Prepare(ref memory, samples);
        for (int row = 0; source is not null && row < samples; row++) memory.Copy(source, row, row, sourceElements, steps: false);
        Run(memory, Repeated(prompt), prompt.Length, lengths, logits);
        Append(prompt.Length);
    }

    /// <summary>
    /// Begins with several prompts, each of which goes on as it would alone. Prompts of one length are read together. Where the model has read samples,
    /// there is a
    /// prompt for each of them.
    /// </summary>
    /// <param name="prompts">The prompts, filled up to one size: row-major [prompts, size]. What fills them up is not read.</param>
    /// <param name="lengths">How many tokens each has, at least one, from its row's first on.</param>
    /// <param name="logits">Gets the scores of each one's next token: [prompts, VocabularySize], not normalised.</param>
    /// <exception cref="ArgumentException">
    /// The rows are not as many as lengths or samples, a length is below 1 or above the size or what a sequence may have, a token is none, or there is not
    /// room for the
    /// scores.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This, or the model, is disposed.</exception>
    public void Start(ReadOnlySpan<int> prompts, ReadOnlySpan<int> lengths, Span<float> logits)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        int rows = lengths.Length, size = rows == 0 ? 0 : prompts.Length / rows, wrong = lengths.IndexOfAnyExceptInRange(1, Math.Min(size, MaximumLength));
        if (source is not null && rows != samples)
            throw new ArgumentException(FormattableString.Invariant($"{samples} samples were read, and {rows} lengths came. Pass a prompt for each."),
                nameof(lengths));
        if (rows == 0 || size * rows != prompts.Length || logits.Length != (long)rows * VocabularySize)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{prompts.Length} tokens and {logits.Length} scores are not those of {rows} prompts. Pass whole rows, and room for {VocabularySize} scores of each."),
                nameof(prompts));
        }

        if (wrong >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Prompt {wrong} has {lengths[wrong]} tokens, and may have 1 to {Math.Min(size, MaximumLength)}."), nameof(lengths));
        }

        Begin(rows);
        Prepare(ref memory, rows);
        float[] scores = new float[logits.Length];
        int[] tokens = new int[prompts.Length], all = lengths.ToArray();
        foreach (int length in all.Distinct())
        {
            int[] chosen = [.. Enumerable.Range(0, rows).Where(row => all[row] == length)];
            Prepare(ref spare, chosen.Length);
            for (int i = 0; i < chosen.Length; i++)
            {
                prompts.Slice(chosen[i] * size, length).CopyTo(tokens.AsSpan(i * length));
                if (source is not null) spare.Copy(source, chosen[i], i, sourceElements, steps: false);
            }

            Run(spare, tokens.AsSpan(0, chosen.Length * length), length, new int[chosen.Length], scores.AsSpan(0, chosen.Length * VocabularySize));
            for (int i = 0; i < chosen.Length; i++)
            {
                memory.Copy(spare, i, chosen[i], sourceElements, steps: true);
                scores.AsSpan(i * VocabularySize, VocabularySize).CopyTo(logits[(chosen[i] * VocabularySize)..]);
                this.lengths[chosen[i]] = length;
            }
        }

        Length = all.Max();
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
        Run(memory!, tokens, 1, lengths, logits);
        Append(1);
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

        if (!TryMove(sources))
        {
            spare ??= new SequenceMemory(memories, sourceElements.Length);
            spare.Prepare(sources.Length);
            for (int row = 0; row < sources.Length; row++) spare.Copy(memory!, sources[row], row, sourceElements, steps: true);
            (memory, spare) = (spare, memory);
        }

        if (otherLengths.Length != sources.Length) otherLengths = new int[sources.Length];
        for (int row = 0; row < sources.Length; row++) otherLengths[row] = lengths[sources[row]];
        (lengths, otherLengths) = (otherLengths, lengths);
        Length = lengths.Max();
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
        Begin(samples);
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

    // Rows that go where none is any more that stays: nothing else is copied.
    private bool TryMove(ReadOnlySpan<int> sources)
    {
        if (!memory!.Holds(sources.Length)) return false;
        for (int row = 0; row < sources.Length; row++)
            if (sources[row] != row && sources[row] < sources.Length) return false;
        for (int row = 0; row < sources.Length; row++)
            if (sources[row] != row) memory.Copy(memory, sources[row], row, sourceElements, steps: true);
        return true;
    }

    private void Begin(int rows)
    {
        if (lengths.Length != rows) lengths = new int[rows];
        Array.Clear(lengths);
        Length = 0;
    }

    private void Append(int steps)
    {
        for (int row = 0; row < lengths.Length; row++) lengths[row] += steps;
        Length += steps;
    }

    private void Prepare([NotNull] ref SequenceMemory? prepared, int rows)
    {
        prepared ??= new SequenceMemory(memories, sourceElements.Length);
        prepared.Prepare(rows);
        prepared.ClearSteps();
    }

    private void Run(SequenceMemory rows, ReadOnlySpan<int> tokens, int steps, int[] starts, Span<float> logits)
    {
        if (Length + steps > MaximumLength)
        {
            string what = FormattableString.Invariant($"A sequence may have {MaximumLength} tokens, and would have {Length + steps}.");
            throw Length == 0 ? new ArgumentException(what + " Shorten the prompt.", nameof(tokens))
                : new InvalidOperationException(what + " Start a new one.");
        }

        var call = host.Call(function);
        call.Size(0, steps, MaximumLength, nameof(tokens), "steps");
        call.Continue(1, Length, sourceSizes);
        call.Remember(rows.Address);
        if (idLimit > 0) call.Indices(0, tokens, steps, idLimit, nameof(tokens));
        else call.Input(0, tokens, steps, nameof(tokens));
        call.Input<int>(1, starts, 1, nameof(starts));
        call.Output(0, logits, VocabularySize, nameof(logits));
        call.Run();
        GC.KeepAlive(rows);
    }
}
