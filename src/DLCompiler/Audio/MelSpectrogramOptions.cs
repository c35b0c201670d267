using System;
using System.Globalization;
using System.Numerics;

namespace DLCompiler.Audio;

/// <summary>How sound becomes a spectrogram. Unless something is set, as librosa does it for speech of 16 kHz, with windows of 25 ms every 10 ms.</summary>
public sealed class MelSpectrogramOptions
{
    /// <summary>Samples in a second.</summary>
    public int SampleRate { get; init; } = 16_000;

    /// <summary>Samples of a window (Hann, periodic); at most <see cref="FftLength"/>, in whose middle it stands.</summary>
    public int WindowLength { get; init; } = 400;

    /// <summary>Samples from one window to the next.</summary>
    public int Hop { get; init; } = 160;

    /// <summary>The length of the Fourier transform: a power of two.</summary>
    public int FftLength { get; init; } = 512;

    /// <summary>The number of bands.</summary>
    public int Bands { get; init; } = 80;

    /// <summary>Where the lowest band begins, in hertz.</summary>
    public double LowestFrequency { get; init; }

    /// <summary>Where the highest band ends, in hertz; 0 for half the sample rate.</summary>
    public double HighestFrequency { get; init; }

    /// <summary>The scale on which bands are equally wide.</summary>
    public MelScale Scale { get; init; }

    /// <summary>Whether bands have equal areas (Slaney's); otherwise equal heights of 1 (HTK's).</summary>
    public bool EqualAreas { get; init; } = true;

    /// <summary>
    /// Whether windows stand around their places, so that the sound is mirrored by half a transform at both ends; otherwise the first begins with the sound.
    /// </summary>
    public bool Centered { get; init; } = true;

    /// <summary>The least energy that the logarithm is taken of, so that silence is finite.</summary>
    public double Floor { get; init; } = 1e-10;

    internal double Highest => HighestFrequency > 0 ? HighestFrequency : SampleRate / 2.0;

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Check()
    {
        Require(SampleRate >= 1, nameof(SampleRate), SampleRate, "at least 1");
        Require(FftLength >= 2 && BitOperations.IsPow2(FftLength) && FftLength <= 1 << 20, nameof(FftLength), FftLength, "a power of two, from 2 to 1,048,576");
        Require(WindowLength >= 1 && WindowLength <= FftLength, nameof(WindowLength), WindowLength,
            string.Create(CultureInfo.InvariantCulture, $"from 1 to FftLength, {FftLength}"));
        Require(Hop >= 1, nameof(Hop), Hop, "at least 1");
        Require(Bands >= 1, nameof(Bands), Bands, "at least 1");
        Require(Enum.IsDefined(Scale), nameof(Scale), Scale, "Slaney or Htk");
        Require(LowestFrequency >= 0 && LowestFrequency < Highest, nameof(LowestFrequency), LowestFrequency, "from 0 to below HighestFrequency");
        Require(HighestFrequency >= 0 && Highest <= SampleRate / 2.0, nameof(HighestFrequency), HighestFrequency, "at most half the sample rate");
        Require(Floor > 0 && double.IsFinite(Floor), nameof(Floor), Floor, "finite and positive");
    }

    private static void Require(bool condition, string name, object value, string range)
    {
        if (!condition) throw new ArgumentOutOfRangeException("options", value, $"{name} must be {range}.");
    }
}
