using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Generation;

namespace DLCompiler.Runtime.Tests.Generation;

/// <summary>Scores that depend on the whole sequence, by a hash: a model with memory (one running sum a row, as a cache would be).</summary>
internal sealed class TableModel(int vocabulary, int maximumLength = int.MaxValue) : INextTokenModel
{
    private List<uint> states = [];

    public int VocabularySize => vocabulary;

    public int MaximumLength => maximumLength;

    /// <summary>Tokens that the model was run on: a cache runs on each once.</summary>
    public int Work { get; private set; }

    /// <summary>The same scores without memory.</summary>
    public static PrefixModel Plain(int vocabulary) => new(vocabulary, (ids, length, logits) =>
    {
        for (int row = 0; row < ids.Length / length; row++) Scores(State(ids.Slice(row * length, length)), logits.Slice(row * vocabulary, vocabulary));
    });

    public static uint State(ReadOnlySpan<int> sequence)
    {
        uint state = 1;
        foreach (int token in sequence) state = Add(state, token);
        return state;
    }

    public static void Scores(uint state, Span<float> logits)
    {
        for (int token = 0; token < logits.Length; token++) logits[token] = (Add(state, token + 77) >> 8) % 997 / 100f - 5;
    }

    public void Start(ReadOnlySpan<int> prompt, Span<float> logits)
    {
        Work += prompt.Length;
        states = [State(prompt)];
        Scores(states[0], logits);
    }

    public void Step(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        for (int row = 0; row < states.Count; row++)
        {
            Work++;
            states[row] = Add(states[row], tokens[row]);
            Scores(states[row], logits.Slice(row * vocabulary, vocabulary));
        }
    }

    public void Reorder(ReadOnlySpan<int> sources) => states = [.. sources.ToArray().Select(source => states[source])];

    private static uint Add(uint state, int token)
    {
        state = (state ^ (uint)(token + 1)) * 0x9E3779B1;
        return state ^ (state >> 15);
    }
}
