using System;
using System.Linq;
using DLCompiler;
using DLCompiler.Generation;

namespace Samples;

/// <summary>The next character of a text: long short-term memory with the states given and taken, so that writing goes on from where it was.</summary>
[Model]
public partial class ShakespeareLstm
{
    internal const int Characters = 65, Units = 256;

    readonly Embedding table = new(Characters, 64);
    readonly Lstm memory = new(Units);
    readonly Dense next = new(Characters);

    /// <summary>From characters and states to the scores after each character, and the states after the last.</summary>
    public (Tensor Scores, Tensor Hidden, Tensor Cell) Forward(
        [Shape("N", "T <= 64")] Tensor<int> ids, [Shape("N", Units)] Tensor hidden, [Shape("N", Units)] Tensor cell)
    {
        var (outputs, lastHidden, lastCell) = memory.ForwardWithState(table.Forward(ids), hidden, cell);
        return (next.Forward(outputs), lastHidden, lastCell);
    }

    [Step(Optimizer = Optimizer.Adam, LearningRate = 2e-3f, ClipGlobalNorm = 1)]
    Tensor NextLoss([Shape("N", "T <= 64")] Tensor<int> ids, [Shape("N", "T <= 64")] Tensor<int> labels) =>
        next.Forward(memory.Forward(table.Forward(ids))).SoftmaxCrossEntropy(labels);
}

/// <summary>What generation needs of it: a step runs the network on one character.</summary>
internal sealed class ShakespeareMemory(ShakespeareLstm model) : INextTokenModel
{
    private const int Longest = 64;

    private float[] hidden = [];
    private float[] cell = [];

    public int VocabularySize => ShakespeareLstm.Characters;

    public int MaximumLength => int.MaxValue;

    public void Start(ReadOnlySpan<int> prompt, Span<float> logits)
    {
        (hidden, cell) = (new float[ShakespeareLstm.Units], new float[ShakespeareLstm.Units]);
        for (int first = 0; first < prompt.Length; first += Longest)
            Run(prompt[first..Math.Min(prompt.Length, first + Longest)], Math.Min(Longest, prompt.Length - first), logits);
    }

    public void Step(ReadOnlySpan<int> tokens, Span<float> logits) => Run(tokens, 1, logits);

    public void Reorder(ReadOnlySpan<int> sources)
    {
        int[] rows = sources.ToArray();
        (hidden, cell) = (Rows(hidden), Rows(cell));

        float[] Rows(float[] states) => [.. rows.SelectMany(row => states.AsSpan(row * ShakespeareLstm.Units, ShakespeareLstm.Units).ToArray())];
    }

    private void Run(ReadOnlySpan<int> ids, int length, Span<float> logits)
    {
        (float[] scores, hidden, cell) = model.Predict(ids, hidden, cell, length);
        int rows = ids.Length / length;
        for (int row = 0; row < rows; row++)
            scores.AsSpan(((row + 1) * length - 1) * VocabularySize, VocabularySize).CopyTo(logits[(row * VocabularySize)..]);
    }
}
