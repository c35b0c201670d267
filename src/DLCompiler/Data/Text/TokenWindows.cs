using System;
using System.Globalization;
using DLCompiler.Runtime;

namespace DLCompiler.Data;

/// <summary>
/// Windows over one long sequence of tokens, such as a corpus: inputs, and as targets the tokens that follow them. What a batch holds follows from the seed and
/// its number alone, so that training that asks for batch <c>model.Iteration</c> goes on where it was.
/// </summary>
/// <example><code>
/// var windows = new TokenWindows(tokenizer.Encode(text), context: 64, batchSize: 12) { Seed = 1 };
/// for (long i = model.Iteration; i &lt; 2000; i++)
/// {
///     var batch = windows.Random(i);
///     model.StepTrain(batch.Inputs, batch.Targets, batch.Length, schedule.At(i));
/// }
/// </code></example>
public sealed class TokenWindows
{
    // Keeps these numbers apart from those that models draw with the same seed.
    private const uint Stream = 0xFFF9;

    private readonly ReadOnlyMemory<int> tokens;
    private readonly TokenBatch batch;

    /// <summary>Cuts a sequence into windows.</summary>
    /// <param name="tokens">The sequence, which must not change; at least one token longer than a window.</param>
    /// <param name="context">Tokens of a window.</param>
    /// <param name="batchSize">Windows of a batch.</param>
    /// <exception cref="ArgumentException">The sequence is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public TokenWindows(ReadOnlyMemory<int> tokens, int context, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(context, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (tokens.Length <= context)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{tokens.Length} tokens are no window of {context} with the token after it. Pass {context + 1} or more, or take a smaller context."),
                nameof(tokens));
        }

        (this.tokens, Context, BatchSize) = (tokens, context, batchSize);
        batch = new TokenBatch(batchSize, context);
    }

    /// <summary>Fixes which windows are drawn.</summary>
    public ulong Seed { get; init; }

    /// <summary>Tokens of a window.</summary>
    public int Context { get; }

    /// <summary>Windows of a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Windows that there are, one for each token that one may begin with.</summary>
    public int Count => tokens.Length - Context;

    /// <summary>
    /// Batches that <see cref="Sequential"/> gives until it begins anew; 0 where each row's part of the tokens is shorter than a window. What is left of a part
    /// that is no whole number of windows is not used.
    /// </summary>
    public int SequentialBatches => (tokens.Length - 1) / BatchSize / Context;

    /// <summary>Windows that begin anywhere, each place as likely as any other.</summary>
    /// <param name="number">The batch's number.</param>
    /// <returns>The batch, which the next call writes anew.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public TokenBatch Random(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        for (int row = 0; row < BatchSize; row++)
            batch.Fill(row, tokens.Span.Slice((int)(((ulong)PhiloxRandom.Word(Seed, Stream, number, row) * (uint)Count) >> 32), Context + 1));
        return batch;
    }

    /// <summary>
    /// Windows in their order: row r goes through the r-th part of the tokens, window after window, so that a recurrent network's states can go on from batch
    /// to batch. At numbers that are a multiple of <see cref="SequentialBatches"/> the parts begin anew.
    /// </summary>
    /// <param name="number">The batch's number.</param>
    /// <returns>The batch, which the next call writes anew.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="InvalidOperationException">The parts are shorter than a window.</exception>
    public TokenBatch Sequential(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        int part = (tokens.Length - 1) / BatchSize;
        if (part < Context)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"{tokens.Length} tokens in {BatchSize} parts are {part} each, less than a window of {Context}. Take a smaller batch or context."));
        }

        int place = (int)(number % SequentialBatches) * Context;
        for (int row = 0; row < BatchSize; row++) batch.Fill(row, tokens.Span.Slice(row * part + place, Context + 1));
        return batch;
    }
}

/// <summary>Windows of tokens, and the tokens that follow each of theirs.</summary>
public sealed class TokenBatch
{
    private readonly int[] inputs;
    private readonly int[] targets;

    internal TokenBatch(int rows, int length)
    {
        (Rows, Length) = (rows, length);
        (inputs, targets) = (new int[checked(rows * length)], new int[rows * length]);
    }

    /// <summary>The number of windows.</summary>
    public int Rows { get; }

    /// <summary>Tokens of a window.</summary>
    public int Length { get; }

    /// <summary>The windows: row-major [rows, length].</summary>
    public ReadOnlySpan<int> Inputs => inputs;

    /// <summary>For each token of the inputs the next: row-major [rows, length].</summary>
    public ReadOnlySpan<int> Targets => targets;

    internal void Fill(int row, ReadOnlySpan<int> window)
    {
        window[..^1].CopyTo(inputs.AsSpan(row * Length));
        window[1..].CopyTo(targets.AsSpan(row * Length));
    }
}
