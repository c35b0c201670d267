using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using DLCompiler;
using DLCompiler.Audio;
using DLCompiler.Data;
using DLCompiler.Metrics;

namespace Samples;

/// <summary>
/// The Free Spoken Digit Dataset (Jackson et al.): 3,000 recordings of six speakers; those numbered 0 to 4 of each speaker and digit are the test set.
/// </summary>
internal static class SpokenDigits
{
    private const int Bands = 40, Frames = 64, TestRecordings = 5;

    // A window of 32 ms every 16 ms: 64 of them are a second.
    private static readonly MelSpectrogram spectrogram =
        new(new MelSpectrogramOptions { SampleRate = 8000, WindowLength = 256, FftLength = 256, Hop = 128, Bands = Bands, LowestFrequency = 50, Floor = 1e-5 });

    public static IEnumerable<Score> Run(string folder, bool quick)
    {
        var (train, test) = Read(Path.Combine(folder, "fsdd-recordings.zip"));
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

    private static (DataSet Train, DataSet Test) Read(string path)
    {
        List<float[]> sounds = [];
        List<int> labels = [], train = [], test = [];
        using var archive = ZipFile.OpenRead(path);
        var entries = archive.Entries.Where(entry => entry.Name.EndsWith(".wav", StringComparison.Ordinal));
        foreach (var entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            // digit_speaker_number.wav
            string[] parts = Path.GetFileNameWithoutExtension(entry.Name).Split('_');
            int number = 0;
            if (parts.Length != 3 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out int digit)
                || !int.TryParse(parts[2], CultureInfo.InvariantCulture, out number))
                throw new InvalidDataException($"{path}: {entry.Name} is not named as digit_speaker_number.wav.");
            using var stream = entry.Open();
            (number < TestRecordings ? test : train).Add(sounds.Count);
            sounds.Add(Features(WavReader.Read(stream, $"{path}, {entry.Name}").ToMono()));
            labels.Add(digit);
        }

        if (train.Count == 0 || test.Count == 0)
            throw new InvalidDataException($"{path} has {sounds.Count} recordings, and needs some for training and some for the test.");
        var all = DataSet.Create([.. sounds.SelectMany(sound => sound)], [1, Bands, Frames], [.. labels]);
        return (all.Select([.. train]), all.Select([.. test]));
    }

    // Sixty-four windows: shorter recordings stand in the middle of silence, of longer ones the loudest part is taken. Energies are less their mean and over their
    // deviation in each recording, so that loudness and microphones do not matter.
    private static float[] Features(float[] sound)
    {
        // Shorter than a window there are no spectrograms.
        if (sound.Length < 256) Array.Resize(ref sound, 256);
        float[] bands = spectrogram.Compute(sound);
        int frames = bands.Length / Bands;
        double mean = bands.Average(), deviation = Math.Sqrt(bands.Average(value => (value - mean) * (value - mean))) + 1e-3;
        double[] loudness = [.. Enumerable.Range(0, frames).Select(frame => Enumerable.Range(0, Bands).Sum(band => (double)bands[band * frames + frame]))];
        int first = frames <= Frames ? 0 : Enumerable.Range(0, frames - Frames + 1).MaxBy(start => loudness.AsSpan(start, Frames).ToArray().Sum());
        int count = Math.Min(frames, Frames), offset = (Frames - count) / 2;
        double silence = (bands.Min() - mean) / deviation;
        var features = new float[Bands * Frames];
        Array.Fill(features, (float)silence);
        for (int band = 0; band < Bands; band++)
            for (int frame = 0; frame < count; frame++)
                features[band * Frames + offset + frame] = (float)((bands[band * frames + first + frame] - mean) / deviation);
        return features;
    }
}
