namespace DLCompiler.Compiler.Optimizers;

/// <summary>Numbers that every optimizer has: what is done to gradients before its rule and to weights after it. All are off unless given.</summary>
public static class CommonNumbers
{
    /// <summary>Weight decay that shrinks the weight, where the optimizer's own would add to the gradient, or the other way round.</summary>
    public const string DecoupledDecay = "DecoupledDecay";

    /// <summary>Whether parameters with fewer than two dimensions decay.</summary>
    public const string DecayVectors = "DecayVectors";

    /// <summary>The weight of the sum of absolute values in the loss.</summary>
    public const string L1 = "L1";

    /// <summary>Half the weight of the sum of squares in the loss.</summary>
    public const string L2 = "L2";

    /// <summary>The largest absolute value of a gradient's element.</summary>
    public const string ClipValue = "ClipValue";

    /// <summary>The largest length of a parameter's gradient.</summary>
    public const string ClipNorm = "ClipNorm";

    /// <summary>The largest length of all gradients together.</summary>
    public const string ClipGlobalNorm = "ClipGlobalNorm";

    /// <summary>The largest length of a row of weights.</summary>
    public const string MaxNorm = "MaxNorm";

    /// <summary>Steps whose gradients an update takes the mean of.</summary>
    public const string Accumulate = "Accumulate";

    /// <summary>The decay of the weights' moving average.</summary>
    public const string AverageDecay = "AverageDecay";

    /// <summary>All of them.</summary>
    public static EquatableArray<NumberDefinition> All { get; } =
    [
        new(DecoupledDecay, 0, NumberRange.Switch),
        new(DecayVectors, 1, NumberRange.Switch),
        new(L1, 0, NumberRange.NotNegative),
        new(L2, 0, NumberRange.NotNegative),
        new(ClipValue, 0, NumberRange.Positive),
        new(ClipNorm, 0, NumberRange.Positive),
        new(ClipGlobalNorm, 0, NumberRange.Positive),
        new(MaxNorm, 0, NumberRange.Positive),
        new(Accumulate, 1, NumberRange.Count),
        new(AverageDecay, 0, NumberRange.Fraction),
    ];
}
