using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Metrics;

namespace Samples;

/// <summary>
/// Passengers of airlines, month by month, 1949 to 1960 (Box and Jenkins 1976). The next twelve months are forecast from each month on, January 1958 to January
/// 1960; the years before are trained on.
/// </summary>
internal static class Airline
{
    private const int Season = 12, TestMonths = 36;

    public static IEnumerable<Score> Run(string folder, bool quick)
    {
        float[] passengers = Series.Read(Path.Combine(folder, "airline-passengers.csv"), "Passengers")[0];

        // Growth against the same month of the year before, which has neither trend nor season; times ten, as networks begin with numbers near one.
        float[] growth = [.. Enumerable.Range(Season, passengers.Length - Season).Select(i => 10 * MathF.Log(passengers[i] / passengers[i - Season]))];
        int trainMonths = growth.Length - TestMonths;
        var train = DataSet.FromTimeSeries(growth.AsSpan(0, trainMonths), 1, AirlineGru.Context, AirlineGru.Horizon);
        var test = DataSet.FromTimeSeries(growth.AsSpan(trainMonths - AirlineGru.Context), 1, AirlineGru.Context, AirlineGru.Horizon);
        var naive = new MeanAbsoluteScaledError(passengers.AsSpan(0, passengers.Length - TestMonths), Season);
        var network = new MeanAbsoluteScaledError(passengers.AsSpan(0, passengers.Length - TestMonths), Season);
        MeanAbsoluteError naiveError = new(), networkError = new();

        // The mean of several networks, as so few months decide little.
        const int epochs = 60;
        int networks = quick ? 3 : 9;
        var forecasts = new float[test.Count * AirlineGru.Horizon];
        for (int i = 0; i < networks; i++)
        {
            using var model = new AirlineGru { Seed = (ulong)i };
            var schedule = Schedule.Cosine(5e-3, epochs * ((train.Count + 15) / 16));
            model.Fit(train, new FitOptions { Epochs = epochs, BatchSize = 16, LearningRateSchedule = schedule });
            float[] one = model.Predict(test.Features(0, test.Count));
            for (int k = 0; k < one.Length; k++) forecasts[k] += one[k] / networks;
        }

        for (int sample = 0; sample < test.Count; sample++)
        {
            // The first forecast month of the sample.
            int month = passengers.Length - TestMonths + sample;
            for (int step = 0; step < AirlineGru.Horizon; step++)
            {
                float right = passengers[month + step], before = passengers[month + step - Season];
                float forecast = before * MathF.Exp(forecasts[sample * AirlineGru.Horizon + step] / 10);
                Add(naive, naiveError, before, right);
                Add(network, networkError, forecast, right);
            }
        }

        Console.WriteLine(FormattableString.Invariant($"airline: seasonal naive MAE {naiveError.Value:F1} thousand passengers, MASE {naive.Value:F3}"));
        Console.WriteLine(FormattableString.Invariant($"airline: GRU            MAE {networkError.Value:F1} thousand passengers, MASE {network.Value:F3}"));
        yield return new Score("airline, GRU", "MASE, less than seasonal naive", network.Value, naive.Value, LessIsBetter: true);
    }

    private static void Add(Metric scaled, Metric plain, float forecast, float right)
    {
        scaled.Add([forecast], (ReadOnlySpan<float>)[right]);
        plain.Add([forecast], (ReadOnlySpan<float>)[right]);
    }
}
