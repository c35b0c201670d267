using System;
using System.Collections.Generic;
using System.IO;
using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Generation;
using DLCompiler.Metrics;
using DLCompiler.Text;

namespace Samples;

/// <summary>A GPT learns to write like Shakespeare, character by character; the last tenth of the text is held out.</summary>
internal static class ShakespeareTransformer
{
    private const int Batch = 12;

    public static IEnumerable<Score> Run(string folder, bool quick)
    {
        string text = UnicodeText.ReadFile(Path.Combine(folder, "input.txt"));
        var tokenizer = CharacterTokenizer.Train(text);
        int[] ids = tokenizer.Encode(text);
        var (train, test) = (ids.AsMemory(0, ids.Length * 9 / 10), ids.AsMemory(ids.Length * 9 / 10));
        var windows = new TokenWindows(train, ShakespeareGpt.Context, Batch) { Seed = 1 };
        int steps = quick ? 300 : 2_000;
        var schedule = Schedule.Cosine(1e-3, steps);
        using var model = new ShakespeareGpt { Seed = 1 };
        for (long i = model.Iteration; i < steps; i++)
        {
            var batch = windows.Random(i);
            model.StepNext(batch.Inputs, batch.Targets, schedule.At(i));
        }

        // Each window begins without what was before it.
        var held = new TokenWindows(test, ShakespeareGpt.Context, Batch);
        var perplexity = new Perplexity();
        for (int i = 0; i < held.SequentialBatches; i++)
        {
            var batch = held.Sequential(i);
            perplexity.Add(model.Predict(batch.Inputs, batch.Length), batch.Targets);
        }

        const string prompt = "ROMEO:";
        var options = new GenerationOptions { MaximumTokens = ShakespeareGpt.Context - prompt.Length, Temperature = 0.8, Seed = 1 };
        using var writer = model.NextTokens();
        Console.WriteLine(prompt + string.Concat(writer.GenerateText(tokenizer, prompt, options)));
        yield return new Score("Shakespeare, GPT", "nats a character, held out", Math.Log(perplexity.Value), quick ? 2.7 : 2, LessIsBetter: true);
    }
}
