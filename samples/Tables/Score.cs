using System;
using System.Globalization;

namespace Tables;

/// <summary>What a network and a linear model score on rows that they were not trained on.</summary>
/// <param name="Table">The table.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Network">The network's figure.</param>
/// <param name="Linear">The linear model's.</param>
/// <param name="LessIsBetter">Whether the smaller figure is the better one.</param>
internal sealed record Score(string Table, string Measure, double Network, double Linear, bool LessIsBetter)
{
    /// <summary>Whether the network is the better one.</summary>
    public bool IsBetter => LessIsBetter ? Network < Linear : Network > Linear;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Table,-18} {Measure,-22} network {Network:F4}   linear model {Linear:F4}   {(IsBetter ? "better" : "NOT BETTER")}");
}
