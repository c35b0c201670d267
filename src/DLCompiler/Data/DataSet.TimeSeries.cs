using System;
using System.Globalization;

namespace DLCompiler.Data;

public sealed partial class DataSet
{
    /// <summary>
    /// Windows of a time series: the so many last steps as features, and the next values of one of its columns as targets. Windows begin at each step that has
    /// enough after it, in order; take parts by time (<c>Take</c>, <c>Slice</c>), not at random, to test on what comes later.
    /// </summary>
    /// <param name="values">The series, step after step: row-major [steps, columns].</param>
    /// <param name="columns">Values of a step.</param>
    /// <param name="context">Steps that the model sees.</param>
    /// <param name="horizon">Steps that it forecasts.</param>
    /// <param name="target">The column that it forecasts.</param>
    /// <returns>Features of shape [context, columns], targets of shape [horizon].</returns>
    /// <exception cref="ArgumentException">The values are no whole steps, or too few for one window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or there is no such column.</exception>
    public static DataSet FromTimeSeries(ReadOnlySpan<float> values, int columns, int context, int horizon, int target = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(context, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(target);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, columns);
        if (values.Length % columns != 0)
            throw new ArgumentException(Invariant($"{values.Length} values are not a whole number of steps of {columns}. Pass a multiple of {columns}."),
                nameof(values));
        int steps = values.Length / columns, count = steps - context - horizon + 1;
        if (count < 1)
        {
            throw new ArgumentException(
                Invariant($"{steps} steps are too few for a window of {context} and {horizon} to forecast: {context + horizon} or more are needed."),
                nameof(values));
        }

        var windows = new float[checked(count * context * columns)];
        var targets = new float[checked(count * horizon)];
        for (int sample = 0; sample < count; sample++)
        {
            values.Slice(sample * columns, context * columns).CopyTo(windows.AsSpan(sample * context * columns));
            for (int step = 0; step < horizon; step++) targets[sample * horizon + step] = values[(sample + context + step) * columns + target];
        }

        return Create(windows, [context, columns], targets, [horizon]);
    }
}
