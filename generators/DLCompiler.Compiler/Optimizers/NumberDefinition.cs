using System.Globalization;

namespace DLCompiler.Compiler.Optimizers;

/// <summary>What a number may be.</summary>
public enum NumberRange
{
    /// <summary>At least 0.</summary>
    NotNegative,

    /// <summary>At least 0 and less than 1.</summary>
    Fraction,

    /// <summary>More than 0.</summary>
    Positive,

    /// <summary>A whole number, at least 1.</summary>
    Count,

    /// <summary>True or false: 1 or 0.</summary>
    Switch,
}

/// <summary>A number that an optimizer has.</summary>
/// <param name="Name">The attribute's property: <c>Beta1</c>.</param>
/// <param name="Default">Its value where it is not given.</param>
/// <param name="Range">What it may be.</param>
public sealed record NumberDefinition(string Name, double Default, NumberRange Range)
{
    /// <summary>What is wrong with a value, and what is right; null if nothing is.</summary>
    public string? Mistake(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return (Range, value) switch
        {
            (NumberRange.NotNegative, not (>= 0 and < double.PositiveInfinity)) => $"{Name} is {text}; it must be at least 0",
            (NumberRange.Fraction, not (>= 0 and < 1)) => $"{Name} is {text}; it must be at least 0 and less than 1",
            (NumberRange.Positive, not (> 0 and < double.PositiveInfinity)) =>
                $"{Name} is {text}; it must be positive, such as {Example.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-")}f",
            (NumberRange.Count, not >= 1) => $"{Name} is {text}; it must be at least 1",
            _ => null,
        };
    }

    private double Example => Default > 0 ? Default : 1;
}
