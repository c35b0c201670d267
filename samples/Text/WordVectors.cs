using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Text;

namespace Samples;

/// <summary>What words mean by those that stand near them, in Shakespeare's plays.</summary>
internal static class WordVectors
{
    // Words that stand in the same places: partners are to be nearer than nearly all other words.
    private static readonly (string Word, string Partner)[] pairs =
    [
        ("king", "duke"), ("he", "she"), ("his", "her"), ("father", "mother"), ("brother", "son"), ("thou", "thee"), ("thy", "thine"), ("my", "mine"),
        ("lord", "sir"),
        ("day", "night"), ("come", "go"), ("is", "was"), ("hath", "has"), ("shall", "will"), ("eyes", "face"), ("good", "gentle"),
    ];

    public static IEnumerable<Score> Run(string folder, bool quick)
    {
        string text = UnicodeText.ReadFile(Path.Combine(folder, "input.txt"));
        var tokenizer = WordTokenizer.Train([text], new WordTokenizerOptions { LowerCase = true, MaximumSize = SkipGramModel.Words });
        var samples = new SkipGrams(tokenizer.Encode(text), SkipGramModel.Words,
            new SkipGramOptions { BatchSize = 1024, Negatives = SkipGramModel.Negatives, Seed = 1 });
        int steps = quick ? 4_000 : 10_000;
        var schedule = Schedule.Linear(5e-3, 1e-4, steps);
        using var model = new SkipGramModel { Seed = 1 };
        for (long i = model.Iteration; i < steps; i++)
        {
            samples.Draw(i);
            model.StepPair(samples.Centers, samples.Contexts, schedule.At(i));
        }

        float[][] vectors = Normalized(model.Parameters["centers.weight"].ToArray());
        foreach (string word in (string[])["king", "father", "thou", "death", "love", "blood", "day", "romeo"])
        {
            var nearest = Nearest(vectors, tokenizer.IdOf(word)).Take(6).Select(tokenizer.TokenAt);
            Console.WriteLine($"{word,-8} {string.Join(' ', nearest)}");
        }

        double mean = pairs.Average(pair => Rank(vectors, tokenizer.IdOf(pair.Word), tokenizer.IdOf(pair.Partner)));
        yield return new Score("word2vec", "mean rank of partners (chance 0.5)", mean, quick ? 0.1 : 0.05, LessIsBetter: true);
    }

    // The share of words that are nearer than the partner.
    private static double Rank(float[][] vectors, int word, int partner) => (double)Nearest(vectors, word).IndexOf(partner) / vectors.Length;

    // All other words, the one with the largest cosine first.
    private static List<int> Nearest(float[][] vectors, int word) =>
        [.. Enumerable.Range(0, vectors.Length).Where(other => other != word).OrderByDescending(other => Dot(vectors[word], vectors[other]))];

    private static float[][] Normalized(float[] table) => [.. table.Chunk(SkipGramModel.Dimensions).Select(vector =>
    {
        float length = MathF.Sqrt(Dot(vector, vector));
        return Array.ConvertAll(vector, one => one / length);
    })];

    private static float Dot(float[] a, float[] b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
