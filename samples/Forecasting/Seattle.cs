using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Metrics;

namespace Samples;

/// <summary>
/// The weather of Seattle, day by day, 2012 to 2015 (NOAA): the highest temperatures of the next seven days, from each day of 2015 on; the years before are
/// trained on.
/// </summary>
internal static class Seattle
{
    private const int Year = 365, TestDays = 365;

    public static IEnumerable<Score> Run(string folder, bool quick)
    {
        float[][] columns = Series.Read(Path.Combine(folder, "seattle-weather.csv"), "temp_max", "temp_min", "precipitation", "wind");
        float[] highest = columns[0];
        int days = highest.Length, trainDays = days - TestDays;

        // Each column less the mean of the years before the test, over its deviation; and the day of the year on a circle.
        float[][] scaled = [.. columns.Select(column => Scaled(column, trainDays))];
        var (mean, deviation) = Moments(highest, trainDays);
        float[] values = [.. Enumerable.Range(0, days).SelectMany(day => (float[])
            [.. scaled.Select(column => column[day]), MathF.Sin(MathF.Tau * day / 365.25f), MathF.Cos(MathF.Tau * day / 365.25f)])];
        const int width = SeattleGru.Columns;
        var train = DataSet.FromTimeSeries(values.AsSpan(0, trainDays * width), width, SeattleGru.Context, SeattleGru.Horizon);
        var test = DataSet.FromTimeSeries(values.AsSpan((trainDays - SeattleGru.Context) * width), width, SeattleGru.Context, SeattleGru.Horizon);

        int epochs = quick ? 8 : 20;
        using var model = new SeattleGru { Seed = 1 };
        model.Fit(train, new FitOptions { Epochs = epochs, BatchSize = 32, LearningRateSchedule = Schedule.Cosine(3e-3, epochs * ((train.Count + 31) / 32)) });
        float[] forecasts = [.. model.Predict(test.Features(0, test.Count)).Select(value => (float)(value * deviation + mean))];

        MeanAbsoluteScaledError network = new(highest.AsSpan(0, trainDays), Year), yearly = new(highest.AsSpan(0, trainDays), Year),
            daily = new(highest.AsSpan(0, trainDays), Year);
        MeanAbsoluteError networkError = new(), yearlyError = new(), dailyError = new();
        for (int sample = 0; sample < test.Count; sample++)
        {
            // The first forecast day of the sample.
            int day = trainDays + sample;
            for (int step = 0; step < SeattleGru.Horizon; step++)
            {
                float right = highest[day + step];
                Add(network, networkError, forecasts[sample * SeattleGru.Horizon + step], right);
                Add(yearly, yearlyError, highest[day + step - Year], right);
                Add(daily, dailyError, highest[day - 1], right);
            }
        }

        Console.WriteLine(FormattableString.Invariant($"seattle: seasonal naive MAE {yearlyError.Value:F2} °C, MASE {yearly.Value:F3}"));
        Console.WriteLine(FormattableString.Invariant($"seattle: the day before MAE {dailyError.Value:F2} °C, MASE {daily.Value:F3}"));
        Console.WriteLine(FormattableString.Invariant($"seattle: GRU            MAE {networkError.Value:F2} °C, MASE {network.Value:F3}"));
        yield return new Score("seattle, GRU", "MASE, less than seasonal naive", network.Value, yearly.Value, LessIsBetter: true);
        yield return new Score("seattle, GRU", "MASE, less than the day before", network.Value, daily.Value, LessIsBetter: true);
    }

    private static (double Mean, double Deviation) Moments(float[] values, int count)
    {
        double mean = values.Take(count).Average();
        return (mean, Math.Sqrt(values.Take(count).Average(value => (value - mean) * (value - mean))));
    }

    private static float[] Scaled(float[] values, int count)
    {
        var (mean, deviation) = Moments(values, count);
        return Array.ConvertAll(values, value => (float)((value - mean) / deviation));
    }

    private static void Add(Metric scaled, Metric plain, float forecast, float right)
    {
        scaled.Add([forecast], (ReadOnlySpan<float>)[right]);
        plain.Add([forecast], (ReadOnlySpan<float>)[right]);
    }
}
