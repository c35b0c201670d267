using System;
using System.Globalization;
using DLCompiler.Runtime;

namespace DLCompiler.Generation;

/// <summary>
/// Chooses the next token from a model's scores. It has no state but memory that it uses again: what it draws follows from the seed and the token's number.
/// </summary>
public sealed class TokenSampler
{
    // Keeps these numbers apart from those that models draw with the same seed.
    private const uint Stream = 0xFFFA;

    private readonly GenerationOptions options;
    private readonly TokenScores scores;
    private readonly int[] candidates;
    private readonly double[] weights;
    private readonly int vocabularySize;

    /// <summary>Creates a sampler.</summary>
    /// <param name="options">How to choose.</param>
    /// <param name="vocabularySize">The number of tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public TokenSampler(GenerationOptions options, int vocabularySize)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 1);
        options.Check(vocabularySize);
        (this.options, this.vocabularySize) = (options, vocabularySize);
        scores = new TokenScores(vocabularySize, options.RepetitionPenalty, options.BannedTokens, options.StopTokens, options.MinimumTokens);
        (candidates, weights) = (new int[vocabularySize], new double[vocabularySize]);
    }

    /// <summary>The next token.</summary>
    /// <param name="logits">The model's scores: [vocabulary], not normalised.</param>
    /// <param name="sequence">The sequence so far, the prompt included.</param>
    /// <param name="generated">How many of its tokens were added to the prompt.</param>
    /// <exception cref="ArgumentException">There is not a score for each token, or a token of the sequence is none.</exception>
    /// <exception cref="InvalidOperationException">A score is not a number, or nothing can be chosen.</exception>
    public int Next(ReadOnlySpan<float> logits, ReadOnlySpan<int> sequence, int generated) => Next(logits, sequence, generated, options.Seed);

    /// <summary>The same with another seed.</summary>
    internal int Next(ReadOnlySpan<float> logits, ReadOnlySpan<int> sequence, int generated, ulong seed)
    {
        int wrong = sequence.IndexOfAnyExceptInRange(0, vocabularySize - 1);
        if (wrong >= 0)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Token {wrong} of the sequence is {sequence[wrong]}, but the model knows 0 to {vocabularySize - 1}."),
                nameof(sequence));
        }

        scores.Take(logits, sequence, generated);
        return options.Temperature == 0 ? scores.Values.IndexOf(scores.Largest) : Draw(generated, seed);
    }

    private int Draw(int generated, ulong seed)
    {
        double smallest = options.TopK > 0 && options.TopK < vocabularySize ? KthLargest(options.TopK) : double.NegativeInfinity;
        int count = 0;
        double total = 0;
        for (int token = 0; token < vocabularySize; token++)
        {
            double score = scores.Values[token];
            if (score < smallest || double.IsNegativeInfinity(score)) continue;
            (candidates[count], weights[count]) = (token, Math.Exp((score - scores.Largest) / options.Temperature));
            total += weights[count++];
        }

        if (options.TopP < 1) (count, total) = Nucleus(count, total);
        double rest = Uniform(generated, seed) * total;
        for (int i = 0; i < count; i++)
        {
            rest -= weights[i];
            if (rest < 0) return candidates[i];
        }

        // Rounding only: the last one that has any probability.
        return candidates[weights.AsSpan(0, count).LastIndexOfAnyExcept(0)];
    }

    // The likeliest first, until they have the probability together. What is so rare that all such tokens together could be left out is not sorted.
    private (int Count, double Total) Nucleus(int count, double total)
    {
        double rare = (1 - options.TopP) * total / count;
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (weights[i] < rare) continue;
            (candidates[kept], weights[kept]) = (candidates[i], -weights[i]);
            kept++;
        }

        // Equal weights in the order of tokens: the sort is not stable by itself.
        Array.Sort(weights, candidates, 0, kept);
        for (int first = 0; first < kept;)
        {
            int end = first + 1;
            while (end < kept && weights[end] == weights[first]) end++;
            Array.Sort(candidates, first, end - first);
            first = end;
        }

        double sum = 0;
        int number = 0;
        while (number < kept && sum < options.TopP * total)
        {
            weights[number] = -weights[number];
            sum += weights[number++];
        }

        return (number, sum);
    }

    // Quickselect (Hoare 1961) on a copy.
    private double KthLargest(int k)
    {
        scores.Values.CopyTo(weights);
        int target = vocabularySize - k, low = 0, high = vocabularySize - 1;
        while (low < high)
        {
            double pivot = weights[low + (high - low) / 2];
            int left = low, right = high;
            while (left <= right)
            {
                while (weights[left] < pivot) left++;
                while (weights[right] > pivot) right--;
                if (left > right) break;
                (weights[left], weights[right]) = (weights[right], weights[left]);
                left++;
                right--;
            }

            if (target <= right) high = right;
            else if (target >= left) low = left;
            else break;
        }

        return weights[target];
    }

    // 53 bits on [0, 1).
    private static double Uniform(int generated, ulong seed)
    {
        ulong high = PhiloxRandom.Word(seed, Stream, generated, 0), low = PhiloxRandom.Word(seed, Stream, generated, 1);
        return (((high << 32) | low) >> 11) * (1.0 / (1L << 53));
    }
}
