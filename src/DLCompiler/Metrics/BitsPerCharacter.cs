using System;

namespace DLCompiler.Metrics;

/// <summary>
/// The mean number of bits that a model of text needs for a character: the sum of −log₂ of the probabilities of the right tokens over the number of characters.
/// The logarithm of <see cref="Perplexity"/> to the base 2 where tokens are characters.
/// </summary>
/// <param name="charactersPerToken">Characters of the text over its tokens; above 0.</param>
/// <param name="ignore">A label that doesn't count, such as that of padding.</param>
public sealed class BitsPerCharacter(double charactersPerToken = 1, int ignore = -1) : Metric
{
    private readonly double charactersPerToken = charactersPerToken > 0 && double.IsFinite(charactersPerToken) ? charactersPerToken
        : throw new ArgumentOutOfRangeException(nameof(charactersPerToken), charactersPerToken, "charactersPerToken must be finite and positive.");

    private readonly Perplexity perplexity = new(ignore);

    /// <inheritdoc/>
    public override string Name => "bits_per_character";

    /// <inheritdoc/>
    public override double Value => Math.Log2(perplexity.Value) / charactersPerToken;

    /// <inheritdoc/>
    public override void Reset() => perplexity.Reset();

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels) => perplexity.Add(outputs, labels);
}
