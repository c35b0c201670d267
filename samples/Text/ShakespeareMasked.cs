using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Metrics;
using DLCompiler.Text;

namespace Samples;

/// <summary>A BERT learns to fill gaps in Shakespeare's text, character by character; the last tenth of the text is held out.</summary>
internal static class ShakespeareMasked
{
    private const int Batch = 32;

    public static IEnumerable<Score> Run(string folder, bool quick)
    {
        string text = UnicodeText.ReadFile(Path.Combine(folder, "input.txt"));
        var tokenizer = CharacterTokenizer.Train(text, ["_"]);
        int[] ids = tokenizer.Encode(text);
        var (train, test) = (ids.AsMemory(0, ids.Length * 9 / 10), ids.AsMemory(ids.Length * 9 / 10));
        var windows = new TokenWindows(train, ShakespeareBert.Context, Batch) { Seed = 1 };
        var masking = new TokenMasking(ShakespeareBert.Tokens, ShakespeareBert.Mask) { Seed = 1, IgnoreLabel = ShakespeareBert.NotHidden };
        var (inputs, labels) = (new int[Batch * ShakespeareBert.Context], new int[Batch * ShakespeareBert.Context]);
        int steps = quick ? 800 : 8_000;
        var schedule = Schedule.Cosine(2e-3, steps).WarmUp(100);
        using var model = new ShakespeareBert { Seed = 1 };
        for (long i = model.Iteration; i < steps; i++)
        {
            masking.Apply(windows.Random(i).Inputs, i, inputs, labels);
            model.StepMasked(inputs, labels, schedule.At(i));
        }

        foreach (string sentence in (string[])["My lo_d, the kin_ is dea_.", "What s_y you, si_? Sh_ll we g_?", "I wi_l no_ lea_e thy si_e."])
            Console.WriteLine($"{sentence} → {Filled(model, tokenizer, sentence)}");

        // The held-out part, with gaps that are always the same.
        var held = new TokenWindows(test, ShakespeareBert.Context, Batch);
        var guess = new NeighborGuess(train.Span);
        var (perplexity, accuracy) = (new Perplexity(ignore: ShakespeareBert.NotHidden), new Accuracy());
        int hidden = 0, guessed = 0;
        for (int i = 0; i < held.SequentialBatches; i++)
        {
            hidden += masking.Apply(held.Sequential(i).Inputs, long.MaxValue - i, inputs, labels);
            float[] scores = model.Predict(inputs, ShakespeareBert.Context);
            perplexity.Add(scores, labels);
            for (int place = 0; place < labels.Length; place++)
            {
                if (labels[place] == ShakespeareBert.NotHidden) continue;
                accuracy.Add(scores.AsSpan(place * ShakespeareBert.Tokens, ShakespeareBert.Tokens), labels.AsSpan(place, 1));
                int first = place / ShakespeareBert.Context * ShakespeareBert.Context;
                if (guess.At(inputs.AsSpan(first, ShakespeareBert.Context), place - first) == labels[place]) guessed++;
            }
        }

        double baseline = (double)guessed / hidden;
        Console.WriteLine(FormattableString.Invariant($"{hidden} gaps; what stands most often between their neighbours is right in {baseline:F4}"));
        return
        [
            new Score("Shakespeare, BERT", "gaps filled right, held out", accuracy.Value, quick ? 0.35 : baseline + 0.1),
            new Score("Shakespeare, BERT", "nats a gap, held out", Math.Log(perplexity.Value), quick ? 2.4 : 1.4, LessIsBetter: true),
        ];
    }

    // All gaps at once, each with its likeliest character.
    private static string Filled(ShakespeareBert model, CharacterTokenizer tokenizer, string sentence)
    {
        int[] ids = tokenizer.Encode(sentence, parseSpecial: true);
        float[][] scores = [.. model.Predict(ids, ids.Length).Chunk(ShakespeareBert.Tokens)];
        return tokenizer.Decode([.. ids.Select((id, i) => id == ShakespeareBert.Mask ? Array.IndexOf(scores[i], scores[i].Max()) : id)]);
    }
}
