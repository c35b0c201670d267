using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using DLCompiler;
using DLCompiler.Data;
using Spectre.Console;

namespace Quickstart;

/// <summary>One run of the sample: train, save, reload, look at some predictions, test.</summary>
internal sealed class Session(Options options)
{
    private const int PicturesToShow = 6;
    private const int PlainWidth = 100;

    /// <summary>Runs the sample.</summary>
    public void Run()
    {
        var data = DigitData.Load(options.Data);
        using var model = Create(options.Seed);
        model.Threads = options.Threads;

        Console.WriteLine(Summary);
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Train.Count:N0} training images, {data.Test.Count:N0} test images ({options.Data?.FullName ?? "embedded digits"}), batch {options.Batch}, {options.Threads} threads, seed {options.Seed}"));
        Report.Show(options.Epochs, progress => model.Fit(data.Train, new FitOptions
        {
            Epochs = options.Epochs, BatchSize = options.Batch, Validation = data.Test, Progress = progress,
        }));

        // What is shown and tested is the reloaded model: a fresh object, with other parameters until it has read the file.
        using var reloaded = Create(options.Seed + 1);
        SaveAndReload(model, reloaded);
        ShowPredictions(reloaded, data.Test);
        var result = reloaded.Evaluate(data.Test);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test loss: {result.Loss:F4}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy: {result.Accuracy:F4}"));
    }

    private string Summary => options.Model == "mlp" ? Mlp.Summary : LeNet5.Summary;

    private IDigitClassifier Create(ulong seed) => options.Model == "mlp" ? new Mlp { Seed = seed } : new LeNet5 { Seed = seed };

    private void SaveAndReload(IDigitClassifier model, IDigitClassifier reloaded)
    {
        var folder = Directory.CreateTempSubdirectory("dlcompiler-quickstart-");
        try
        {
            string path = Path.Combine(folder.FullName, options.Model + ".safetensors");
            model.Save(path);
            reloaded.Load(path);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"saved and reloaded: {path}, {new FileInfo(path).Length:N0} bytes"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Half of the pictures are errors, if there are so many among the first images: they say more than the others.
    private static void ShowPredictions(IDigitClassifier model, DataSet test)
    {
        const int Candidates = 500;
        int count = Math.Min(Candidates, test.Count);
        float[] scores = model.Predict(test.Features(0, count));
        int[] predicted = [.. scores.Chunk(Digits.Classes).Select(Largest)];
        var errors = Enumerable.Range(0, count).Where(i => predicted[i] != test.Labels(i, 1)[0]).Take(PicturesToShow / 2).ToList();
        var chosen = Enumerable.Range(0, count).Except(errors).Take(PicturesToShow - errors.Count).Concat(errors);

        var pictures = new List<(ReadOnlyMemory<float>, string)>();
        foreach (int i in chosen)
        {
            int label = test.Labels(i, 1)[0];
            string caption = predicted[i] == label ? $"predicted {label}" : $"predicted {predicted[i]}, but it is {label}";
            pictures.Add((test.Features(i, 1).ToArray(), caption));
        }

        Console.WriteLine();
        foreach (string line in Pictures.Draw(pictures, Console.IsOutputRedirected ? PlainWidth : AnsiConsole.Profile.Width)) Console.WriteLine(line);
    }

    private static int Largest(float[] scores) => Array.IndexOf(scores, scores.Max());
}
