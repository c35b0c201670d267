using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Metrics;
using DLCompiler.Text;

namespace Samples;

/// <summary>Whether a sentence about a film is for or against it: 10,662 sentences (Pang and Lee 2005), a tenth of them held out, three times.</summary>
internal static class Sentiment
{
    private delegate float[] Predictor(ReadOnlySpan<int> ids, ReadOnlySpan<int> lengths, int length);

    private delegate float Step(ReadOnlySpan<int> ids, ReadOnlySpan<int> lengths, ReadOnlySpan<int> labels, int length, double rate);

    public static IEnumerable<Score> Run(string folder, bool quick)
    {
        var texts = LabeledTexts.ReadFiles(("against", Path.Combine(folder, "rt-polarity.neg")), ("for", Path.Combine(folder, "rt-polarity.pos")));
        ulong[] seeds = quick ? [1] : [1, 2, 3];
        double bound = quick ? 0.68 : 0.72;
        yield return new Score("sentiment, CNN", "accuracy, held out", seeds.Average(seed => Cnn(texts, seed, quick)), bound);
        yield return new Score("sentiment, LSTM", "accuracy, held out", seeds.Average(seed =>
        {
            using var model = new SentimentLstm { Seed = seed };
            return Recurrent(texts, seed, quick, (ids, lengths, length) => model.Predict(ids, lengths, length),
                (ids, lengths, labels, length, rate) => model.StepClass(ids, lengths, labels, length, rate));
        }), bound);
        yield return new Score("sentiment, both ways", "accuracy, held out", seeds.Average(seed =>
        {
            using var model = new SentimentBiLstm { Seed = seed };
            return Recurrent(texts, seed, quick, (ids, lengths, length) => model.Predict(ids, lengths, length),
                (ids, lengths, labels, length, rate) => model.StepClass(ids, lengths, labels, length, rate));
        }), bound);
    }

    private static double Cnn(LabeledTexts texts, ulong seed, bool quick)
    {
        var (train, test) = Parts(texts, seed);
        var data = train.Sentences.ToDataSet(train.Labels, SentimentCnn.Length);
        var held = test.Sentences.ToDataSet(test.Labels, SentimentCnn.Length);
        int epochs = quick ? 2 : 6;
        using var model = new SentimentCnn { Seed = seed };
        var schedule = Schedule.Cosine(2e-3, (long)epochs * ((data.Count + 63) / 64));
        model.Fit(data, new FitOptions { Epochs = epochs, BatchSize = 64, LearningRateSchedule = schedule });
        var accuracy = new Accuracy();
        accuracy.Add(model.Predict(held.Ids(0, held.Count)), held.Labels(0, held.Count));
        return accuracy.Value;
    }

    private static double Recurrent(LabeledTexts texts, ulong seed, bool quick, Predictor predict, Step step)
    {
        var (train, test) = Parts(texts, seed);
        var order = new BatchOrder(train.Sentences.SequenceLengths, batchSize: 64) { Seed = seed };
        long steps = (quick ? 3L : 6L) * order.BatchesPerEpoch;
        var schedule = Schedule.Cosine(2e-3, steps);
        for (long i = 0; i < steps; i++)
        {
            var rows = order.At(i);
            train.Sentences.Gather(rows);
            int[] labels = [.. rows.ToArray().Select(row => train.Labels[row])];
            step(train.Sentences.Ids, train.Sentences.Lengths, labels, train.Sentences.Length, schedule.At(i));
        }

        var accuracy = new Accuracy();
        test.Sentences.Gather([.. Enumerable.Range(0, test.Labels.Length)]);
        accuracy.Add(predict(test.Sentences.Ids, test.Sentences.Lengths, test.Sentences.Length), test.Labels);
        return accuracy.Value;
    }

    // Words that the held-out sentences alone have are unknown.
    private static ((PaddedSequences Sentences, int[] Labels) Train, (PaddedSequences Sentences, int[] Labels) Test) Parts(LabeledTexts texts, ulong seed)
    {
        var (train, test) = texts.Split(0.9, seed);
        var tokenizer = WordTokenizer.Train(train.Texts, new WordTokenizerOptions
        {
            Split = WordSplit.WhiteSpace, MaximumSize = SentimentCnn.Words, MinimumFrequency = 2, SpecialTokens = ["<pad>"],
        });
        return (Encoded(train), Encoded(test));

        (PaddedSequences Sentences, int[] Labels) Encoded(LabeledTexts part) =>
            (new PaddedSequences([.. part.Texts.Select(text => tokenizer.Encode(text))], padding: 0, maximumLength: SentimentCnn.Length), [.. part.Labels]);
    }
}
