using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using DLCompiler.Audio;

namespace Samples;

/// <summary>
/// A recording of the Free Spoken Digit Dataset (Jackson et al.): 3,000 of six speakers; those numbered 0 to 4 of each speaker and digit are the test set.
/// </summary>
/// <param name="Digit">What is said.</param>
/// <param name="Speaker">Who says it.</param>
/// <param name="IsTest">Whether it is in the test set.</param>
/// <param name="Energies">
/// Logarithms of the energies in bands, less their mean and over their deviation, so that loudness and microphones do not matter; row-major [bands, windows].
/// </param>
/// <param name="Silence">The least of them.</param>
internal sealed record Recording(int Digit, string Speaker, bool IsTest, float[] Energies, float Silence)
{
    /// <summary>Bands of a window, and the most windows of a recording: a second.</summary>
    public const int Bands = 40, Longest = 64;

    private const int TestRecordings = 5;

    // A window of 32 ms every 16 ms.
    private static readonly MelSpectrogram spectrogram =
        new(new MelSpectrogramOptions { SampleRate = 8000, WindowLength = 256, FftLength = 256, Hop = 128, Bands = Bands, LowestFrequency = 50, Floor = 1e-5 });

    /// <summary>The number of windows.</summary>
    public int Windows => Energies.Length / Bands;

    /// <summary>Reads an archive.</summary>
    /// <param name="path">The archive.</param>
    /// <exception cref="InvalidDataException">It has other files, or lacks a part for training or the test.</exception>
    public static Recording[] ReadAll(string path)
    {
        var recordings = new List<Recording>();
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
            recordings.Add(Create(digit, parts[1], number < TestRecordings, WavReader.Read(stream, $"{path}, {entry.Name}").ToMono()));
        }

        if (recordings.All(one => one.IsTest) || !recordings.Any(one => one.IsTest))
            throw new InvalidDataException($"{path} has {recordings.Count} recordings, and needs some for training and some for the test.");
        return [.. recordings];
    }

    // Of the few that are longer than a second, the loudest one is taken.
    private static Recording Create(int digit, string speaker, bool isTest, float[] sound)
    {
        // Shorter than a window there are no spectrograms.
        if (sound.Length < 256) Array.Resize(ref sound, 256);
        float[] bands = spectrogram.Compute(sound);
        int all = bands.Length / Bands, count = Math.Min(all, Longest);
        double mean = bands.Average(), deviation = Math.Sqrt(bands.Average(value => (value - mean) * (value - mean))) + 1e-3;
        double[] loudness = [.. Enumerable.Range(0, all).Select(window => Enumerable.Range(0, Bands).Sum(band => (double)bands[band * all + window]))];
        int first = Enumerable.Range(0, all - count + 1).MaxBy(start => loudness.AsSpan(start, count).ToArray().Sum());
        var energies = new float[Bands * count];
        for (int band = 0; band < Bands; band++)
            for (int window = 0; window < count; window++)
                energies[band * count + window] = (float)((bands[band * all + first + window] - mean) / deviation);
        return new Recording(digit, speaker, isTest, energies, (float)((bands.Min() - mean) / deviation));
    }
}
