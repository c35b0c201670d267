using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DLCompiler;
using DLCompiler.Data;
using DLCompiler.Metrics;

namespace Samples;

/// <summary>Which digit is said in a recording.</summary>
internal static class SpokenDigits
{
    public static IEnumerable<Score> Run(string folder, bool quick)
    {
        var recordings = Recording.ReadAll(Path.Combine(folder, "fsdd-recordings.zip"));
        var (train, test) = (Part(recordings.Where(one => !one.IsTest)), Part(recordings.Where(one => one.IsTest)));
        double bound = quick ? 0.9 : 0.95;
        yield return new Score("spoken digits, CNN", "accuracy on the test split", Cnn(train, test, quick), bound);
        yield return new Score("spoken digits, CNN+GRU", "accuracy on the test split", CnnGru(train, test, quick), bound);
    }

    private static double Cnn(DataSet train, DataSet test, bool quick)
    {
        using var model = new SpeechCnn { Seed = 1 };
        model.Fit(train, Options(train, quick ? 6 : 30));
        return Accuracy(model.Predict(test.Features(0, test.Count)), test);
    }

    private static double CnnGru(DataSet train, DataSet test, bool quick)
    {
        using var model = new SpeechGru { Seed = 1 };
        model.Fit(train, Options(train, quick ? 10 : 30));
        return Accuracy(model.Predict(test.Features(0, test.Count)), test);
    }

    // Each time a recording is used it is shifted by up to four windows.
    private static FitOptions Options(DataSet train, int epochs) => new()
    {
        Epochs = epochs, BatchSize = 50, LearningRateSchedule = Schedule.Cosine(2e-3, (long)epochs * ((train.Count + 49) / 50)),
        Augmentation = new ImageAugmentation { Translation = 0.06 },
    };

    private static double Accuracy(float[] scores, DataSet test)
    {
        var accuracy = new Accuracy();
        accuracy.Add(scores, test.Labels(0, test.Count));
        return accuracy.Value;
    }

    private static DataSet Part(IEnumerable<Recording> recordings)
    {
        Recording[] all = [.. recordings];
        return DataSet.Create([.. all.SelectMany(Picture)], [1, Recording.Bands, Recording.Longest], [.. all.Select(one => one.Digit)]);
    }

    // Shorter recordings stand in the middle of silence.
    private static float[] Picture(Recording recording)
    {
        var picture = new float[Recording.Bands * Recording.Longest];
        Array.Fill(picture, recording.Silence);
        int windows = recording.Windows, offset = (Recording.Longest - windows) / 2;
        for (int band = 0; band < Recording.Bands; band++)
            recording.Energies.AsSpan(band * windows, windows).CopyTo(picture.AsSpan(band * Recording.Longest + offset));
        return picture;
    }
}
