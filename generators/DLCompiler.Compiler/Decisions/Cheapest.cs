using System.Collections.Generic;
using System.Globalization;

namespace DLCompiler.Compiler.Decisions;

/// <summary>The candidate that a cost model finds cheapest, and the next one: by how much it was chosen. Of equal ones the first wins.</summary>
/// <param name="fallback">What is chosen where nothing is possible.</param>
public sealed class Cheapest<T>(T fallback)
{
    private double cost = double.MaxValue, nextCost = double.MaxValue;
    private T? next;

    /// <summary>The cheapest one.</summary>
    public T Best { get; private set; } = fallback;

    /// <summary>Looks at a candidate.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="candidateCost">What it costs by the model.</param>
    /// <param name="isPreferred">Whether it is taken although it costs up to a tenth more: the model leaves something out.</param>
    public void Consider(T candidate, double candidateCost, bool isPreferred = false)
    {
        if (candidateCost < cost - 1e-9 || (isPreferred && candidateCost <= cost * 1.1))
        {
            (next, nextCost) = (Best, cost);
            (Best, cost) = (candidate, candidateCost);
        }
        else if (candidateCost < nextCost - 1e-9 && !EqualityComparer<T>.Default.Equals(candidate, Best))
        {
            (next, nextCost) = (candidate, candidateCost);
        }
    }

    /// <summary>Why it was chosen, in words.</summary>
    /// <param name="unit">What costs are counted in.</param>
    public string Why(string unit) => cost == double.MaxValue ? "nothing else is possible"
        : nextCost == double.MaxValue ? string.Format(CultureInfo.InvariantCulture, "{0:0.#} {1}; nothing else is possible", cost, unit)
            : string.Format(CultureInfo.InvariantCulture, "{0:0.#} {1}, {2} {3:0.#}", cost, unit, next, nextCost);
}
