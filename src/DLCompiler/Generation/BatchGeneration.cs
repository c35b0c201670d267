using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace DLCompiler.Generation;

/// <summary>Several sequences that a model writes at the same time: a step reads the weights once for all of them.</summary>
public static class BatchGeneration
{
    /// <summary>
    /// Adds tokens to each prompt. Prompts may have different lengths, and sequences end for themselves; each is the one that <c>Generate</c> gives for its
    /// prompt, with
    /// the seed and the prompt's number added.
    /// </summary>
    /// <param name="model">The model; no other generation may use it meanwhile. Where it has read samples, there is a prompt for each.</param>
    /// <param name="prompts">What the sequences begin with, each at least one token.</param>
    /// <param name="options">How tokens are chosen; null to draw 256 for each.</param>
    /// <param name="cancellationToken">Ends the generation with an exception before its next step.</param>
    /// <returns>For each prompt, the tokens after it, without the stop token.</returns>
    /// <exception cref="ArgumentException">
    /// There is no prompt, or not one for each sample that was read, or one is empty, has a token that is none, or is with MaximumTokens longer than the
    /// model takes.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">A score is not a number, or nothing can be chosen.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public static int[][] GenerateBatch(
        this CachedModel model, IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompts);
        options ??= new GenerationOptions();
        options.Check(model.VocabularySize);
        if (prompts.Count == 0) throw new ArgumentException("There is no prompt. Pass at least one.", nameof(prompts));
        List<int>[] sequences = [.. prompts.Select(prompt => new List<int>(prompt))];
        foreach (var sequence in sequences) GenerationRun.CheckPrompt(model, sequence.ToArray(), options.MaximumTokens);
        new Run(model, sequences, options).Write(cancellationToken);
        return [.. sequences.Select((sequence, row) => sequence.Skip(prompts[row].Count).ToArray())];
    }

    private sealed class Run(CachedModel model, List<int>[] sequences, GenerationOptions options)
    {
        private readonly TokenSampler sampler = new(options, model.VocabularySize);
        private readonly float[] logits = new float[sequences.Length * model.VocabularySize];

        // The sequences that go on, in the order in which the model has them.
        private readonly List<int> open = [.. Enumerable.Range(0, sequences.Length)];

        public void Write(CancellationToken cancellationToken)
        {
            if (options.MaximumTokens == 0) return;
            int size = sequences.Max(sequence => sequence.Count);
            model.Start([.. sequences.SelectMany(sequence => sequence.Concat(Enumerable.Repeat(0, size - sequence.Count)))],
                [.. sequences.Select(sequence => sequence.Count)], logits);
            for (int count = 0; ; count++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int[] sources = Choose(count);
                if (open.Count == 0 || count + 1 == options.MaximumTokens) return;
                if (sources.Length < model.Sequences) model.Reorder(sources);
                model.Step([.. open.Select(row => sequences[row][^1])], logits.AsSpan(0, open.Count * model.VocabularySize));
            }
        }

        // Adds a token to each sequence that goes on. The last one takes the place of one that ends.
        private int[] Choose(int count)
        {
            List<int> sources = [.. Enumerable.Range(0, open.Count)];
            for (int place = 0; place < open.Count;)
            {
                int row = open[place];
                var scores = logits.AsSpan(sources[place] * model.VocabularySize, model.VocabularySize);
                int next = sampler.Next(scores, [.. sequences[row]], count, options.Seed + (ulong)row);
                if (!options.StopTokens.Contains(next))
                {
                    sequences[row].Add(next);
                    place++;
                    continue;
                }

                (open[place], sources[place]) = (open[^1], sources[^1]);
                open.RemoveAt(open.Count - 1);
                sources.RemoveAt(sources.Count - 1);
            }

            return [.. sources];
        }
    }
}
