using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Generation;
using DLCompiler.Metrics;

namespace Samples;

/// <summary>English to French: a network trains on short sentences, and translates others, greedily and with four beams.</summary>
internal sealed class Translation
{
    private const int Batch = 64, Longest = 12;

    private readonly Pairs pairs;
    private readonly bool isQuick;
    private readonly Dictionary<string, string[]> test;
    private readonly (string English, string French)[] train;

    private Translation(string folder, bool quick)
    {
        // Shorter sentences are learned sooner.
        (pairs, isQuick) = (Pairs.Read(Path.Combine(folder, "fra-eng.zip"), longest: quick ? 4 : 8), quick);

        // The same English sentence may have several translations: all of them are on one side.
        test = pairs.Sentences.GroupBy(pair => pair.English).Take(quick ? 200 : 1000)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.French).ToArray());
        train = [.. pairs.Sentences.Where(pair => !test.ContainsKey(pair.English))];
    }

    private delegate void Step(PaddedSequences sources, PaddedSequences targets, PaddedSequences labels, double rate);

    // What a network writes when it has read a sentence; the memory of the sentence before is used again.
    private delegate CachedModel Reader(int[] source, CachedModel? before);

    /// <summary>Recurrent layers with attention.</summary>
    public static IEnumerable<Score> RunRecurrent(string folder, bool quick)
    {
        var translation = new Translation(folder, quick);
        using var model = new AttentionTranslator { Seed = 1 };
        translation.Train(quick ? 3e-3 : 2e-3, warmUp: 50, quickSteps: 1_000, (sources, targets, labels, rate) => model.StepNext(
            sources.Ids, sources.Lengths, sources.Mask, targets.Ids, labels.Ids, sources.Length, targets.Length, rate));
        return translation.Translate("GRU", (source, before) => model.NextTokens(
            source, [source.Length], [.. Enumerable.Repeat(1f, source.Length)], source.Length, before));
    }

    /// <summary>A transformer.</summary>
    public static IEnumerable<Score> RunTransformer(string folder, bool quick)
    {
        var translation = new Translation(folder, quick);
        using var model = new TransformerTranslator { Seed = 1 };
        translation.Train(1e-3, warmUp: 200, quickSteps: 500, (sources, targets, labels, rate) => model.StepNext(
            sources.Ids, sources.Lengths, targets.Ids, labels.Ids, sources.Length, targets.Length, rate));
        return translation.Translate("transformer", (source, before) => model.NextTokens(source, [source.Length], source.Length, before));
    }

    private void Train(double rate, int warmUp, int quickSteps, Step step)
    {
        int[][] french = [.. train.Select(pair => pairs.French.Encode(pair.French))];
        var sources = Pairs.Ids(train.Select(pair => pairs.English.Encode(pair.English)), padding: 0, longest: 10);
        var targets = Pairs.Ids(french.Select(ids => (int[])[Pairs.Begin, .. ids]), padding: 0, Longest);
        var labels = Pairs.Ids(french.Select(ids => (int[])[.. ids, Pairs.End]), padding: -1, Longest);
        var order = new BatchOrder(targets.SequenceLengths, Batch) { Seed = 1 };
        long steps = isQuick ? quickSteps : 5L * order.BatchesPerEpoch;
        var schedule = Schedule.Cosine(rate, steps).WarmUp(warmUp);
        for (long i = 0; i < steps; i++)
        {
            var rows = order.At(i);
            sources.Gather(rows);
            targets.Gather(rows);
            labels.Gather(rows);
            step(sources, targets, labels, schedule.At(i));
        }
    }

    private Score[] Translate(string name, Reader read) => [.. new[] { 1, 4 }.Select(beams => Translate(name, read, beams))];

    private Score Translate(string name, Reader read, int beams)
    {
        var bleu = new Bleu();
        var options = new BeamSearchOptions { Beams = beams, MaximumTokens = Longest, StopTokens = [Pairs.End], BannedTokens = [0, Pairs.Begin] };
        CachedModel? writer = null;
        int shown = 0;
        foreach (var (english, french) in test)
        {
            writer = read(pairs.English.Encode(english), writer);
            string found = pairs.French.Decode([.. writer.Search([Pairs.Begin], options)[0].Tokens]);
            bleu.Add(found, [.. french.Select(one => one.ToLowerInvariant())]);
            if (shown++ < 6) Console.WriteLine($"{english} → {found} ({french[0].ToLowerInvariant()})");
        }

        writer?.Dispose();
        return new Score($"{name}, {beams} beam{(beams > 1 ? "s" : "")}", "BLEU, held out", bleu.Value, isQuick ? 5 : 30);
    }
}
