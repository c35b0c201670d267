using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace DLCompiler.Generation;

/// <summary>A generation whose arguments have been checked; it may be begun several times.</summary>
internal sealed class GenerationRun
{
    private readonly INextTokenModel model;
    private readonly int[] prompt;
    private readonly GenerationOptions options;

    public GenerationRun(INextTokenModel model, IReadOnlyList<int> prompt, GenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompt);
        options.Check(model.VocabularySize);
        (this.model, this.prompt, this.options) = (model, [.. prompt], options);
        CheckPrompt(model, this.prompt, options.MaximumTokens);
    }

    /// <exception cref="ArgumentException">The prompt is empty, has a token that is none, or is with what follows longer than the model takes.</exception>
    public static void CheckPrompt(INextTokenModel model, ReadOnlySpan<int> prompt, int maximumTokens)
    {
        if (prompt.Length == 0) throw Wrong($"The prompt is empty, and the model goes on from a token. Begin with one, such as that of a text's beginning or end.");
        int wrong = prompt.IndexOfAnyExceptInRange(0, model.VocabularySize - 1);
        if (wrong >= 0) throw Wrong($"Token {wrong} of the prompt is {prompt[wrong]}, but the model knows 0 to {model.VocabularySize - 1}. Use the tokenizer that it was trained with.");
        if (prompt.Length > model.MaximumLength) throw Wrong($"The prompt has {prompt.Length} tokens, but the model takes {model.MaximumLength}. Shorten it.");

        // What the last token would be followed by is not asked for.
        if ((long)prompt.Length + maximumTokens - 1 <= model.MaximumLength) return;
        throw Wrong(
            $"The prompt's {prompt.Length} tokens and {maximumTokens} more are longer than the model takes, {model.MaximumLength}. Set MaximumTokens to {model.MaximumLength - prompt.Length + 1} or less.");
    }

    public Sequence Begin() => new(model, prompt, options);

    private static ArgumentException Wrong(FormattableString problem) => new(problem.ToString(CultureInfo.InvariantCulture), nameof(prompt));

    /// <summary>A sequence that grows by a token a call.</summary>
    public sealed class Sequence(INextTokenModel model, int[] prompt, GenerationOptions options)
    {
        private readonly TokenSampler sampler = new(options, model.VocabularySize);
        private readonly float[] logits = new float[model.VocabularySize];
        private readonly int[] tokens = [.. prompt, .. Enumerable.Repeat(0, options.MaximumTokens)];
        private int count;

        public int Current => tokens[prompt.Length + count - 1];

        public bool MoveNext()
        {
            if (count == options.MaximumTokens) return false;
            if (count == 0) model.Start(prompt, logits);
            else model.Step([Current], logits);
            int next = sampler.Next(logits, tokens.AsSpan(0, prompt.Length + count), count);
            if (options.StopTokens.Contains(next)) return false;
            tokens[prompt.Length + count++] = next;
            return true;
        }
    }
}
