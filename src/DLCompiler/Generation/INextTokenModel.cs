using System;

namespace DLCompiler.Generation;

/// <summary>
/// What generation needs of a model: scores of the next token of sequences that grow side by side. It remembers the sequences: as tokens that it runs through
/// again (<see cref="PrefixModel"/>), or as caches of keys and values, or states of recurrent layers, to which a step adds one token. An encoder–decoder is one
/// too: it is made with the encoder's result, and the prompt is what the decoder begins with.
/// </summary>
/// <remarks>One object serves one generation at a time. A new <see cref="Start"/> forgets the sequences before.</remarks>
public interface INextTokenModel
{
    /// <summary>The number of tokens that have scores.</summary>
    int VocabularySize { get; }

    /// <summary>The most tokens that a sequence may have, the prompt included; <see cref="int.MaxValue"/> where there is no bound.</summary>
    int MaximumLength { get; }

    /// <summary>Begins with one sequence.</summary>
    /// <param name="prompt">Its tokens, at least one.</param>
    /// <param name="logits">Gets the scores of the next token: [VocabularySize], not normalised.</param>
    void Start(ReadOnlySpan<int> prompt, Span<float> logits);

    /// <summary>Adds a token to each sequence.</summary>
    /// <param name="tokens">One for each sequence.</param>
    /// <param name="logits">Gets the scores of each one's next token: [sequences, VocabularySize], not normalised.</param>
    void Step(ReadOnlySpan<int> tokens, Span<float> logits);

    /// <summary>Chooses which sequences go on: row i becomes a copy of what row <c>sources[i]</c> is. There are as many after it as sources.</summary>
    /// <param name="sources">Rows, in any order; one may stand several times, or not at all.</param>
    void Reorder(ReadOnlySpan<int> sources);
}
