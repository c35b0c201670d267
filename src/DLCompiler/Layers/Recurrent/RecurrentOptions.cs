using System;
using System.Runtime.CompilerServices;

namespace DLCompiler;

/// <summary>What the constructors of all recurrent layers take.</summary>
/// <param name="Units">H.</param>
/// <param name="Layers">How many layers stand one on the other.</param>
/// <param name="Bidirectional">Whether each has a second direction.</param>
/// <param name="Merge">What becomes of the directions' outputs.</param>
/// <param name="Sequence">Whether all outputs are given, or the last alone.</param>
/// <param name="Bias">Whether there are biases.</param>
/// <param name="Input">The declared number of inputs; 0 for none.</param>
/// <param name="Initializer">How weights are drawn.</param>
internal sealed record RecurrentOptions(
    int Units, int Layers, bool Bidirectional, DirectionMerge Merge, bool Sequence, bool Bias, int Input, Initializer Initializer)
{
    /// <summary>The number of directions.</summary>
    public int Directions => Bidirectional ? 2 : 1;

    /// <summary>The number of states of one kind.</summary>
    public int StateCount => Layers * Directions;

    /// <summary>Checks the numbers, and those of dropout, which eager evaluation has no use for.</summary>
    public RecurrentOptions Checked(float dropout, float recurrentDropout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Units, 1, "units");
        ArgumentOutOfRangeException.ThrowIfLessThan(Layers, 1, "layers");
        ArgumentOutOfRangeException.ThrowIfNegative(Input, "input");
        CheckRate(dropout);
        CheckRate(recurrentDropout);
        if (dropout > 0 && Layers == 1)
            throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "it acts between layers, and there is one. Use two layers, or Dropout after it.");
        return this;
    }

    private static void CheckRate(float rate, [CallerArgumentExpression(nameof(rate))] string name = "")
    {
        if (!(rate is >= 0 and < 1)) throw new ArgumentOutOfRangeException(name, rate, "the rate is at least 0 and less than 1.");
    }
}
