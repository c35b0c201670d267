using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace DLCompiler.Generation;

/// <summary>The likeliest sequences that a model would write, found by following several at the same time.</summary>
public static class BeamSearch
{
    /// <summary>
    /// Searches until as many sequences have ended as there are beams, or the longest length is reached. A sequence ends where a stop token is among the best
    /// continuations, as many of them as there are beams.
    /// </summary>
    /// <param name="model">The model; no other generation may use it meanwhile.</param>
    /// <param name="prompt">What the sequences begin with, at least one token.</param>
    /// <param name="options">How to search.</param>
    /// <param name="cancellationToken">Ends the search with an exception before its next step.</param>
    /// <returns>At most as many sequences as beams, the best score first, and those that a stop token ended before the others.</returns>
    /// <exception cref="ArgumentException">The prompt is empty, has a token that is none, or is with MaximumTokens longer than the model takes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">A score is not a number, or nothing can be chosen.</exception>
    public static IReadOnlyList<Hypothesis> Search(
        this INextTokenModel model, IReadOnlyList<int> prompt, BeamSearchOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(model.VocabularySize);
        int[] start = [.. prompt];
        GenerationRun.CheckPrompt(model, start, options.MaximumTokens);
        return new Run(model, start, options).Search(cancellationToken);
    }

    private sealed class Run(INextTokenModel model, int[] prompt, BeamSearchOptions options)
    {
        private readonly int vocabulary = model.VocabularySize;
        private readonly float[] logits = new float[options.Beams * model.VocabularySize];
        private readonly TokenScores scores =
            new(model.VocabularySize, options.RepetitionPenalty, options.BannedTokens, options.StopTokens, options.MinimumTokens);

        private readonly List<Hypothesis> finished = [];
        private List<Beam> beams = [new Beam([], 0)];

        public IReadOnlyList<Hypothesis> Search(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            model.Start(prompt, logits.AsSpan(0, vocabulary));
            for (int length = 1; ; length++)
            {
                var chosen = Choose(length);
                if (finished.Count >= options.Beams || chosen.Count == 0 || length == options.MaximumTokens)
                {
                    beams = [.. chosen.Select(one => one.Beam)];
                    break;
                }

                cancellationToken.ThrowIfCancellationRequested();
                model.Reorder([.. chosen.Select(one => one.Source)]);
                beams = [.. chosen.Select(one => one.Beam)];
                model.Step([.. beams.Select(beam => beam.Tokens[^1])], logits.AsSpan(0, beams.Count * vocabulary));
            }

            var unfinished = beams.Select(beam => Result(beam.Tokens, beam.LogProbability, beam.Tokens.Length, isFinished: false));
            return [.. finished.OrderByDescending(one => one.Score).Concat(unfinished.OrderByDescending(one => one.Score)).Take(options.Beams)];
        }

        // The best continuations of all sequences: those with stop tokens end, the others go on.
        private List<(int Source, Beam Beam)> Choose(int length)
        {
            // Each sequence may have all its stop tokens among the best, and as many others as there are beams have to be left.
            var best = new BestContinuations(options.Beams + beams.Count * options.StopTokens.Count);
            for (int row = 0; row < beams.Count; row++) Collect(row, length, best);
            var chosen = new List<(int Source, Beam Beam)>();
            for (int i = 0; i < best.Count && chosen.Count < options.Beams; i++)
            {
                var (logProbability, row, token) = best[i];
                if (!options.StopTokens.Contains(token)) chosen.Add((row, new Beam([.. beams[row].Tokens, token], logProbability)));
                else if (i < options.Beams) finished.Add(Result(beams[row].Tokens, logProbability, length, isFinished: true));
            }

            return chosen;
        }

        private void Collect(int row, int length, BestContinuations best)
        {
            var beam = beams[row];
            scores.Take(logits.AsSpan(row * vocabulary, vocabulary), [.. prompt, .. beam.Tokens], length - 1);
            double sum = 0;
            foreach (double score in scores.Values) sum += Math.Exp(score - scores.Largest);
            double normalizer = scores.Largest + Math.Log(sum);
            for (int token = 0; token < vocabulary; token++)
                if (!double.IsNegativeInfinity(scores.Values[token])) best.Add(beam.LogProbability + scores.Values[token] - normalizer, row, token);
        }

        private Hypothesis Result(int[] tokens, double logProbability, int length, bool isFinished) =>
            new(tokens, logProbability, logProbability / Math.Pow((5 + length) / 6.0, options.LengthPenalty), isFinished);
    }

    private sealed record Beam(int[] Tokens, double LogProbability);

    /// <summary>The so many best, in order; of equals the one that came first.</summary>
    private sealed class BestContinuations(int capacity)
    {
        private readonly (double LogProbability, int Row, int Token)[] items = new (double LogProbability, int Row, int Token)[capacity];

        public int Count { get; private set; }

        public (double LogProbability, int Row, int Token) this[int index] => items[index];

        public void Add(double logProbability, int row, int token)
        {
            if (Count == items.Length && logProbability <= items[^1].LogProbability) return;
            int place = Count < items.Length ? Count++ : items.Length - 1;
            for (; place > 0 && items[place - 1].LogProbability < logProbability; place--) items[place] = items[place - 1];
            items[place] = (logProbability, row, token);
        }
    }
}
