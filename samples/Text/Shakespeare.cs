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

/// <summary>An LSTM learns to write like Shakespeare, character by character; the last tenth of the text is held out.</summary>
internal static class Shakespeare
{
    private const int Context = 64, Batch = 32;

    public static IEnumerable<Score> Run(string folder, bool quick)
    {
        string text = UnicodeText.ReadFile(Path.Combine(folder, "input.txt"));
        var tokenizer = CharacterTokenizer.Train(text);
        int[] ids = tokenizer.Encode(text);
        var (train, test) = (ids.AsMemory(0, ids.Length * 9 / 10), ids.AsMemory(ids.Length * 9 / 10));
        var windows = new TokenWindows(train, Context, Batch) { Seed = 1 };
        int steps = quick ? 100 : 2_000;
        var schedule = Schedule.Cosine(quick ? 5e-3 : 3e-3, steps);
        using var model = new ShakespeareLstm { Seed = 1 };
        for (long i = model.Iteration; i < steps; i++)
        {
            var batch = windows.Random(i);
            model.StepNext(batch.Inputs, batch.Targets, batch.Length, schedule.At(i));
        }

        // The held-out part in order: the states go on from window to window.
        var held = new TokenWindows(test, Context, Batch);
        var bits = new BitsPerCharacter();
        var (hidden, cell) = (new float[Batch * ShakespeareLstm.Units], new float[Batch * ShakespeareLstm.Units]);
        for (int i = 0; i < held.SequentialBatches; i++)
        {
            var batch = held.Sequential(i);
            (float[] scores, hidden, cell) = model.Predict(batch.Inputs, hidden, cell, batch.Length);
            bits.Add(scores, batch.Targets);
        }

        var options = new GenerationOptions { MaximumTokens = 300, Temperature = 0.8, Seed = 1 };
        Console.WriteLine("ROMEO:" + string.Concat(new ShakespeareMemory(model).GenerateText(tokenizer, "ROMEO:", options)));
        yield return new Score("Shakespeare, LSTM", "nats a character, held out", bits.Value * Math.Log(2), quick ? 2.4 : 1.65, LessIsBetter: true);
    }
}
