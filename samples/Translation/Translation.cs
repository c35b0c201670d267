using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Generation;
using DLCompiler.Metrics;

namespace Samples;

/// <summary>English to French: trains on short sentences, and translates others, greedily and with four beams.</summary>
internal static class Translation
{
    private const int Batch = 64;

    public static IEnumerable<Score> Run(string folder, bool quick)
    {
        // Shorter sentences are learned sooner.
        var pairs = Pairs.Read(Path.Combine(folder, "fra-eng.zip"), longest: quick ? 4 : 8);

        // The same English sentence may have several translations: all of them are on one side.
        var test = pairs.Sentences.GroupBy(pair => pair.English).Take(quick ? 200 : 1000)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.French).ToArray());
        var train = pairs.Sentences.Where(pair => !test.ContainsKey(pair.English)).ToArray();
        using var model = new AttentionTranslator { Seed = 1 };
        Train(model, pairs, train, quick);
        Score[] scores = [.. new[] { 1, 4 }.Select(beams => Translate(model, pairs, test, beams, quick))];
        return scores;
    }

    private static void Train(AttentionTranslator model, Pairs pairs, (string English, string French)[] train, bool quick)
    {
        int[][] french = [.. train.Select(pair => pairs.French.Encode(pair.French))];
        var sources = Pairs.Ids(train.Select(pair => pairs.English.Encode(pair.English)), padding: 0, longest: 10);
        var targets = Pairs.Ids(french.Select(ids => (int[])[Pairs.Begin, .. ids]), padding: 0, longest: 12);
        var labels = Pairs.Ids(french.Select(ids => (int[])[.. ids, Pairs.End]), padding: -1, longest: 12);
        var order = new BatchOrder(targets.SequenceLengths, Batch) { Seed = 1 };
        long steps = quick ? 1_000 : 5L * order.BatchesPerEpoch;
        var schedule = Schedule.Cosine(quick ? 3e-3 : 2e-3, steps).WarmUp(50);
        for (long i = model.Iteration; i < steps; i++)
        {
            var rows = order.At(i);
            sources.Gather(rows);
            targets.Gather(rows);
            labels.Gather(rows);
            model.StepNext(sources.Ids, sources.Lengths, sources.Mask, targets.Ids, labels.Ids, sources.Length, targets.Length, schedule.At(i));
        }
    }

    private static Score Translate(AttentionTranslator model, Pairs pairs, Dictionary<string, string[]> test, int beams, bool quick)
    {
        var bleu = new Bleu();
        int shown = 0;
        foreach (var (english, french) in test)
        {
            int[] source = pairs.English.Encode(english);
            var writer = PrefixModel.OfSteps(AttentionTranslator.French, (ids, length) =>
            {
                // The encoder's input, once for each beam.
                int rows = ids.Length / length;
                int[] repeated = [.. Enumerable.Repeat(source, rows).SelectMany(one => one)], lengths = [.. Enumerable.Repeat(source.Length, rows)];
                float[] mask = [.. Enumerable.Repeat(1f, repeated.Length)];
                return model.Predict(repeated, lengths, mask, ids, source.Length, length);
            }, maximumLength: 12);
            var options = new BeamSearchOptions { Beams = beams, MaximumTokens = 12, StopTokens = [Pairs.End], BannedTokens = [0, Pairs.Begin] };
            string found = pairs.French.Decode([.. writer.Search([Pairs.Begin], options)[0].Tokens]);
            bleu.Add(found, [.. french.Select(one => one.ToLowerInvariant())]);
            if (shown++ < 6) Console.WriteLine($"{english} → {found} ({french[0].ToLowerInvariant()})");
        }

        return new Score($"translation, {beams} beam{(beams > 1 ? "s" : "")}", "BLEU, held out", bleu.Value, quick ? 5 : 30);
    }
}
