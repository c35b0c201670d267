using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using DLCompiler;
using DLCompiler.Generation;
using DLCompiler.Metrics;

namespace Samples;

/// <summary>Which digits are said one after the other, where nobody says when: two to four recordings of a speaker without a pause.</summary>
internal static class SpokenSequences
{
    private const int Batch = 32, Tests = 500;

    public static IEnumerable<Score> Run(string folder, bool quick)
    {
        var recordings = Recording.ReadAll(Path.Combine(folder, "fsdd-recordings.zip"));
        var train = new DigitSequences(recordings.Where(one => !one.IsTest), Batch, seed: 1);
        int steps = quick ? 300 : 1_500;
        var schedule = Schedule.Cosine(3e-3, steps).WarmUp(30);
        using var model = new SpeechCtc { Seed = 1 };
        for (int i = 0; i < steps; i++)
        {
            train.Draw();
            model.StepLabel(train.Sound, train.Lengths, train.Labels, train.Counts, train.Steps, schedule.At(i));
        }

        var test = new DigitSequences(recordings.Where(one => one.IsTest), Tests, seed: 2);
        test.Draw();
        float[] scores = model.Predict(test.Sound, test.Lengths, test.Steps);
        int row = test.Steps * SpeechCtc.Classes;
        float[][] each = [.. Enumerable.Range(0, Tests).Select(i => scores.AsSpan(i * row, test.Lengths[i] * SpeechCtc.Classes).ToArray())];
        for (int i = 0; i < 3; i++)
            Console.WriteLine($"{BestPath(each[i])} → {Digits(CtcDecoder.Greedy(each[i], SpeechCtc.Classes))} ({Digits(Right(test, i))})");
        return
        [
            .. Scores("greedy", test, each, one => CtcDecoder.Greedy(one, SpeechCtc.Classes), quick),
            .. Scores("beams", test, each, one => [.. CtcDecoder.PrefixSearch(one, SpeechCtc.Classes, beams: 16)[0].Labels], quick),
        ];
    }

    private static Score[] Scores(string decoder, DigitSequences test, float[][] scores, Func<float[], int[]> decode, bool quick)
    {
        int right = 0;
        var errors = new WordErrorRate();
        for (int i = 0; i < scores.Length; i++)
        {
            int[] found = decode(scores[i]);
            if (found.AsSpan().SequenceEqual(Right(test, i))) right++;
            errors.Add(Digits(found), Digits(Right(test, i)));
        }

        return
        [
            new Score($"CTC, {decoder}", "sequences right, test split", (double)right / scores.Length, quick ? 0.8 : 0.95),
            new Score($"CTC, {decoder}", "label error rate, test split", errors.Value, quick ? 0.1 : 0.02, LessIsBetter: true),
        ];
    }

    private static ReadOnlySpan<int> Right(DigitSequences test, int i) => test.Labels.AsSpan(i * SpeechCtc.Longest, test.Counts[i]);

    private static string Digits(ReadOnlySpan<int> labels) => string.Join(' ', labels.ToArray().Select(label => label - 1));

    // The likeliest class of each step; the blank is a dot.
    private static string BestPath(float[] scores) => string.Concat(scores.Chunk(SpeechCtc.Classes).Select(step =>
    {
        int best = Array.IndexOf(step, step.Max());
        return best == 0 ? "." : (best - 1).ToString(CultureInfo.InvariantCulture);
    }));
}
