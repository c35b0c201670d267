using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;

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
        if (prompt.Length == 0)
            throw Wrong($"The prompt is empty, and the model goes on from a token. Begin with one, such as that of a text's beginning or end.");
        int wrong = prompt.IndexOfAnyExceptInRange(0, model.VocabularySize - 1);
        if (wrong >= 0) throw Wrong($"Token {wrong} of the prompt is {prompt[wrong]}, but the model knows 0 to {model.VocabularySize - 1}. Use its own tokenizer.");
        if (prompt.Length > model.MaximumLength) throw Wrong($"The prompt has {prompt.Length} tokens, but the model takes {model.MaximumLength}. Shorten it.");

        // What the last token would be followed by is not asked for.
        int room = model.MaximumLength - prompt.Length;
        if (model.MaximumLength == int.MaxValue || maximumTokens <= room + 1L) return;
        throw Wrong($"The prompt's {prompt.Length} tokens and {maximumTokens} more do not fit in {model.MaximumLength}. Set MaximumTokens to {room + 1} or less.");
    }

    public Sequence Begin() => new(model, prompt, options);

    private static ArgumentException Wrong(FormattableString problem) => new(problem.ToString(CultureInfo.InvariantCulture), nameof(prompt));

    /// <summary>A sequence that grows by a token a call.</summary>
    public sealed class Sequence(INextTokenModel model, int[] prompt, GenerationOptions options)
    {
        private readonly TokenSampler sampler = new(options, model.VocabularySize);
        private readonly float[] logits = new float[model.VocabularySize];
        private readonly List<int> tokens = [.. prompt];
        private int count;

        public int Current => tokens[^1];

        public bool MoveNext()
        {
            if (count == options.MaximumTokens) return false;
            if (count == 0) model.Start(prompt, logits);
            else model.Step([Current], logits);
            int next = sampler.Next(logits, CollectionsMarshal.AsSpan(tokens), count);
            if (options.StopTokens.Contains(next)) return false;
            tokens.Add(next);
            count++;
            return true;
        }
    }
}
