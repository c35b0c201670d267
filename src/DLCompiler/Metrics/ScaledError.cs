using System;

namespace DLCompiler.Metrics;

/// <summary>
/// The mean absolute error of forecasts over that of the seasonal-naive forecast on the training series, which takes the value of a season before (MASE;
/// Hyndman and Koehler 2006): below 1 is better than that.
/// </summary>
public sealed class MeanAbsoluteScaledError : Metric
{
    private readonly MeanAbsoluteError error = new();
    private readonly double scale;

    /// <summary>Takes the scale from a training series.</summary>
    /// <param name="training">The series, in the unit of the forecasts.</param>
    /// <param name="season">Steps of a season: 12 for months of years, 1 to compare with the value before.</param>
    /// <exception cref="ArgumentException">The series has no two values a season apart, or all of them are equal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The season is below 1.</exception>
    public MeanAbsoluteScaledError(ReadOnlySpan<float> training, int season)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(season, 1);
        if (training.Length <= season)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{training.Length} values have none a season of {season} before them. Pass {season + 1} or more."),
                nameof(training));
        }

        for (int i = season; i < training.Length; i++) scale += Math.Abs((double)training[i] - training[i - season]);
        scale /= training.Length - season;
        if (scale == 0)
            throw new ArgumentException("The series repeats itself exactly, so that errors can't be scaled. Use MeanAbsoluteError.", nameof(training));
    }

    /// <inheritdoc/>
    public override string Name => "mase";

    /// <inheritdoc/>
    public override double Value => error.Value / scale;

    /// <inheritdoc/>
    public override void Reset() => error.Reset();

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets) => error.Add(outputs, targets);
}
