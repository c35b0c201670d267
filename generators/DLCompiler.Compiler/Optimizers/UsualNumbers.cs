namespace DLCompiler.Compiler.Optimizers;

/// <summary>Numbers that several optimizers have.</summary>
internal static class UsualNumbers
{
    public static NumberDefinition LearningRate(double value) => new("LearningRate", value, NumberRange.NotNegative);

    public static NumberDefinition WeightDecay(double value = 0) => new("WeightDecay", value, NumberRange.NotNegative);

    public static NumberDefinition Momentum { get; } = new("Momentum", 0, NumberRange.Fraction);

    public static NumberDefinition Beta1(double value = 0.9) => new("Beta1", value, NumberRange.Fraction);

    public static NumberDefinition Beta2(double value = 0.999) => new("Beta2", value, NumberRange.Fraction);

    public static NumberDefinition Rho(double value) => new("Rho", value, NumberRange.Fraction);

    public static NumberDefinition Epsilon(double value = 1e-8) => new("Epsilon", value, NumberRange.Positive);
}
