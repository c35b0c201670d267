using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Generation;
using DLCompiler.Metrics;
using DLCompiler.Text;

namespace Samples;

/// <summary>32,033 names: networks learn to write others. A tenth of the names is held out.</summary>
internal static class Names
{
    // Stands before and after each name; the letters are 1 to 26.
    private const int Boundary = 0;

    public static IEnumerable<Score> Run(string folder, bool quick)
    {
        string text = UnicodeText.ReadFile(Path.Combine(folder, "names.txt"));
        var tokenizer = CharacterTokenizer.Train(string.Concat(text.Split('\n')), ["."]);
        int[][] names = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => tokenizer.Encode(name))];
        new Random(1).Shuffle(names);
        var (train, test) = (names[..(names.Length * 9 / 10)], names[(names.Length * 9 / 10)..]);
        var known = names.Select(name => tokenizer.Decode(name)).ToHashSet();
        yield return Mlp(train, test, tokenizer, known, quick);
        yield return Lstm(train, test, tokenizer, known, quick);
    }

    private static Score Mlp(int[][] train, int[][] test, CharacterTokenizer tokenizer, HashSet<string> known, bool quick)
    {
        var samples = DataSet.FromNextTokens(train, NamesMlp.Context, Boundary);
        int epochs = quick ? 2 : 10;
        const int batch = 256;
        using var model = new NamesMlp { Seed = 1 };
        model.Fit(samples, new FitOptions
        {
            Epochs = epochs, BatchSize = batch, LearningRateSchedule = Schedule.Cosine(3e-3, (long)epochs * ((samples.Count + batch - 1) / batch)),
        });
        var held = DataSet.FromNextTokens(test, NamesMlp.Context, Boundary);
        var perplexity = new Perplexity();
        perplexity.Add(model.Predict(held.Ids(0, held.Count)), held.Labels(0, held.Count));
        Write(new PrefixModel(27, (ids, _, logits) => model.Predict(ids, logits), window: NamesMlp.Context, padding: Boundary), tokenizer, known);
        return new Score("names, perceptron", "nats a letter, held out", Math.Log(perplexity.Value), quick ? 2.25 : 2.15, LessIsBetter: true);
    }

    private static Score Lstm(int[][] train, int[][] test, CharacterTokenizer tokenizer, HashSet<string> known, bool quick)
    {
        var (inputs, labels) = (Inputs(train), Labels(train));
        var order = new BatchOrder(inputs.SequenceLengths, batchSize: 64) { Seed = 1 };
        long steps = quick ? 1_500 : 10L * order.BatchesPerEpoch;
        var schedule = Schedule.Cosine(3e-3, steps);
        using var model = new NamesLstm { Seed = 1 };
        for (long i = model.Iteration; i < steps; i++)
        {
            var rows = order.At(i);
            inputs.Gather(rows);
            labels.Gather(rows);
            model.StepNext(inputs.Ids, labels.Ids, inputs.Length, schedule.At(i));
        }

        var perplexity = new Perplexity(ignore: -1);
        var (heldInputs, heldLabels) = (Inputs(test), Labels(test));
        int[] all = [.. Enumerable.Range(0, test.Length)];
        heldInputs.Gather(all);
        heldLabels.Gather(all);
        perplexity.Add(model.Predict(heldInputs.Ids, heldInputs.Length), heldLabels.Ids);
        using var writer = model.NextTokens();
        Write(writer, tokenizer, known);
        return new Score("names, LSTM", "nats a letter, held out", Math.Log(perplexity.Value), quick ? 2.15 : 2.05, LessIsBetter: true);
    }

    private static PaddedSequences Inputs(int[][] names) => new([.. names.Select(name => (int[])[Boundary, .. name])], Boundary, maximumLength: 16);

    private static PaddedSequences Labels(int[][] names) => new([.. names.Select(name => (int[])[.. name, Boundary])], -1, maximumLength: 16);

    // Names that the network writes; a star stands behind those that it was trained or tested with.
    private static void Write(INextTokenModel model, CharacterTokenizer tokenizer, HashSet<string> known)
    {
        var written = Enumerable.Range(0, 12).Select(seed =>
        {
            var options = new GenerationOptions { MaximumTokens = 16, StopTokens = [Boundary], Temperature = 0.9, Seed = (ulong)seed };
            return tokenizer.Decode([.. model.Generate([Boundary], options)]);
        });
        Console.WriteLine(string.Join(' ', written.Select(name => known.Contains(name) ? name + "*" : name)));
    }
}
