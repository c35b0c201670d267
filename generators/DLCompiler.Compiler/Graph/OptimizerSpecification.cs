namespace DLCompiler.Compiler.Graph;

/// <summary>A number that a model sets; truth values are 0 and 1.</summary>
public sealed record OptimizerNumber(string Name, double Value);

/// <summary>
/// How a step updates parameters. The kind, and which terms there are at all (a weight decay that is not zero, clipping), is compiled in; the numbers
/// themselves are defaults.
/// </summary>
/// <param name="Kind">The name of the optimizer's definition: <c>Adam</c>.</param>
/// <param name="Numbers">The numbers that are set; the others are the definition's.</param>
public sealed record OptimizerSpecification(string Kind, EquatableArray<OptimizerNumber> Numbers)
{
    /// <summary>A number, if it is set.</summary>
    public double? Find(string name)
    {
        foreach (OptimizerNumber number in Numbers)
            if (number.Name == name) return number.Value;
        return null;
    }
}

/// <summary>What training does with a parameter in particular.</summary>
/// <param name="RateFactor">Its learning rate, as a multiple of the step's.</param>
/// <param name="WeightDecay">Its weight decay; null for the step's.</param>
public sealed record ParameterGroup(double RateFactor = 1, double? WeightDecay = null)
{
    /// <summary>As all are.</summary>
    public static ParameterGroup Default { get; } = new();
}
