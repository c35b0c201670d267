using System.Globalization;

namespace Samples;

/// <summary>What a network reached on data that it has not seen, and what it has to reach.</summary>
/// <param name="Name">The network.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Value">What it reached.</param>
/// <param name="Bound">What it has to reach.</param>
/// <param name="LessIsBetter">Whether less is better.</param>
internal sealed record Score(string Name, string Measure, double Value, double Bound, bool LessIsBetter = false)
{
    /// <summary>Whether it learned.</summary>
    public bool IsGood => LessIsBetter ? Value <= Bound : Value >= Bound;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-22} {Measure,-34} {Value:F4}   {(LessIsBetter ? "at most" : "at least")} {Bound:F4}   {(IsGood ? "good" : "NOT GOOD")}");
}
