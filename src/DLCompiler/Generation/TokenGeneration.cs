using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.Text;

namespace DLCompiler.Generation;

/// <summary>Sequences that a model writes, token by token.</summary>
public static class TokenGeneration
{
    /// <summary>Adds tokens to a prompt, each as soon as it is asked for.</summary>
    /// <param name="model">The model; no other generation may use it meanwhile.</param>
    /// <param name="prompt">What the sequence begins with, at least one token.</param>
    /// <param name="options">How tokens are chosen; null to draw 256.</param>
    /// <param name="cancellationToken">Ends the sequence with an exception before its next token.</param>
    /// <returns>The tokens after the prompt, without the stop token.</returns>
    /// <exception cref="ArgumentException">The prompt is empty, has a token that is none, or is with MaximumTokens longer than the model takes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, while tokens were asked for.</exception>
    /// <exception cref="InvalidOperationException">A score is not a number, while tokens were asked for.</exception>
    public static IEnumerable<int> Generate(
        this INextTokenModel model, IReadOnlyList<int> prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var run = new GenerationRun(model, prompt, options ?? new GenerationOptions());
        return Tokens();

        IEnumerable<int> Tokens()
        {
            var sequence = run.Begin();
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!sequence.MoveNext()) yield break;
                yield return sequence.Current;
            }
        }
    }

    /// <summary>Adds tokens to a prompt; the model runs on a thread of the pool, so that whoever awaits them is free.</summary>
    /// <param name="model">The model; no other generation may use it meanwhile.</param>
    /// <param name="prompt">What the sequence begins with, at least one token.</param>
    /// <param name="options">How tokens are chosen; null to draw 256.</param>
    /// <param name="cancellationToken">Ends the sequence with an exception before its next token.</param>
    /// <returns>The tokens after the prompt, without the stop token.</returns>
    /// <exception cref="ArgumentException">The prompt is empty, has a token that is none, or is with MaximumTokens longer than the model takes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, while tokens were asked for.</exception>
    /// <exception cref="InvalidOperationException">A score is not a number, while tokens were asked for.</exception>
    public static IAsyncEnumerable<int> GenerateAsync(
        this INextTokenModel model, IReadOnlyList<int> prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var run = new GenerationRun(model, prompt, options ?? new GenerationOptions());
        return Tokens(run, cancellationToken);

        static async IAsyncEnumerable<int> Tokens(GenerationRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var sequence = run.Begin();
            while (await Task.Run(sequence.MoveNext, cancellationToken).ConfigureAwait(false)) yield return sequence.Current;
        }
    }

    /// <summary>Adds text to a prompt, piece by piece; a piece holds whole characters only.</summary>
    /// <param name="model">The model; no other generation may use it meanwhile.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="prompt">What the text begins with; names of special tokens in it are those tokens.</param>
    /// <param name="options">How tokens are chosen; null to draw 256.</param>
    /// <param name="cancellationToken">Ends the text with an exception before its next token.</param>
    /// <returns>The text after the prompt; special tokens are left out.</returns>
    /// <exception cref="ArgumentException">
    /// The prompt has no token or half of a surrogate pair, is with MaximumTokens longer than the model takes, or the tokenizer is another model's.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, while text was asked for.</exception>
    /// <exception cref="InvalidOperationException">A score is not a number, while text was asked for.</exception>
    public static IEnumerable<string> GenerateText(
        this INextTokenModel model, Tokenizer tokenizer, string prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Check(model, tokenizer);
        var tokens = model.Generate(tokenizer.Encode(prompt, parseSpecial: true), options, cancellationToken);
        return Pieces();

        IEnumerable<string> Pieces()
        {
            var decoder = tokenizer.CreateDecoder(skipSpecial: true);
            foreach (int token in tokens)
                if (decoder.Add(token) is { Length: > 0 } piece) yield return piece;
            if (decoder.Finish() is { Length: > 0 } last) yield return last;
        }
    }

    /// <summary>Adds text to a prompt, piece by piece; the model runs on a thread of the pool.</summary>
    /// <param name="model">The model; no other generation may use it meanwhile.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="prompt">What the text begins with; names of special tokens in it are those tokens.</param>
    /// <param name="options">How tokens are chosen; null to draw 256.</param>
    /// <param name="cancellationToken">Ends the text with an exception before its next token.</param>
    /// <returns>The text after the prompt; special tokens are left out.</returns>
    /// <exception cref="ArgumentException">
    /// The prompt has no token or half of a surrogate pair, is with MaximumTokens longer than the model takes, or the tokenizer is another model's.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, while text was asked for.</exception>
    /// <exception cref="InvalidOperationException">A score is not a number, while text was asked for.</exception>
    public static IAsyncEnumerable<string> GenerateTextAsync(
        this INextTokenModel model, Tokenizer tokenizer, string prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Check(model, tokenizer);
        var tokens = model.GenerateAsync(tokenizer.Encode(prompt, parseSpecial: true), options, CancellationToken.None);
        return Pieces(tokens, tokenizer.CreateDecoder(skipSpecial: true), cancellationToken);

        static async IAsyncEnumerable<string> Pieces(
            IAsyncEnumerable<int> tokens, TokenDecoder decoder, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (int token in tokens.WithCancellation(cancellationToken).ConfigureAwait(false))
                if (decoder.Add(token) is { Length: > 0 } piece) yield return piece;
            if (decoder.Finish() is { Length: > 0 } last) yield return last;
        }
    }

    private static void Check(INextTokenModel model, Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (model.VocabularySize == tokenizer.VocabularySize) return;
        throw new ArgumentException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The model gives scores for {model.VocabularySize} tokens, but the tokenizer has {tokenizer.VocabularySize}. Use its own tokenizer."),
            nameof(tokenizer));
    }
}
