using System;
using System.Linq;
using System.Numerics;
using DLCompiler.Audio;
using Xunit;

namespace DLCompiler.Runtime.Tests.Audio;

/// <summary>Spectrograms against PyTorch's <c>stft</c> with librosa's formulas of the filters, both in double precision.</summary>
public sealed class MelSpectrogramTests
{
    private static readonly MelSpectrogramOptions slaney = new() { SampleRate = 8000, WindowLength = 200, Hop = 80, FftLength = 256, Bands = 6 };

    private static readonly MelSpectrogramOptions htk = new()
    {
        SampleRate = 8000, WindowLength = 200, Hop = 80, FftLength = 256, Bands = 6, LowestFrequency = 20, HighestFrequency = 3800,
        Scale = MelScale.Htk, EqualAreas = false, Centered = false,
    };

    // Two tones and a little noise.
    private static readonly float[] sound =
        [.. Enumerable.Range(0, 1000).Select(n => (float)(0.5 * Math.Sin(2 * Math.PI * 440 * n / 8000) + 0.25 * Math.Sin(2 * Math.PI * 1500 * n / 8000 + 1) + 0.01 * (n * 7919 % 101 - 50) / 50))];

    [Theory]
    [InlineData(0, new[] { 0.880066, -0.04229, -4.625062, -0.705039, -2.907901, -6.059407 })]
    [InlineData(3, new[] { 0.897791, 0.115153, -10.619842, -0.633899, -2.811802, -8.819723 })]
    [InlineData(12, new[] { 0.897475, 0.063381, -3.324764, -0.695094, -2.901059, -7.717177 })]
    public void Slaneys_bands_of_centered_windows_are_librosas(int frame, double[] expected) => Check(slaney, 13, frame, expected);

    [Theory]
    [InlineData(0, new[] { 5.780416, 6.77814, -3.632156, 5.448959, 4.305163, -2.091482 })]
    [InlineData(3, new[] { 5.779101, 6.77694, -3.622703, 5.451287, 4.307189, -2.093777 })]
    [InlineData(9, new[] { 5.778958, 6.7761, -3.623065, 5.41128, 4.266574, -2.092373 })]
    public void Htks_bands_of_windows_from_the_start_are_librosas(int frame, double[] expected) => Check(htk, 10, frame, expected);

    [Fact]
    public void Weights_are_librosas()
    {
        float[] weights = MelFilters.Create(slaney);
        Assert.Equal(6 * 129, weights.Length);
        Assert.Equal(0.0013931825, weights[5], 1e-9);
        Assert.Equal(0.0010900827, weights[2 * 129 + 40], 1e-9);
        Assert.Equal(0.00048269292, weights[5 * 129 + 110], 1e-9);
        Assert.Equal(0.19196874872959258, weights.Sum(one => (double)one), 1e-7);
        weights = MelFilters.Create(htk);
        Assert.Equal(0.63234002, weights[5], 1e-7);
        Assert.Equal(0.21527287, weights[2 * 129 + 40], 1e-7);
        Assert.Equal(0.34973516, weights[5 * 129 + 110], 1e-7);
    }

    [Theory]
    [InlineData(0, MelScale.Slaney, 0)]
    [InlineData(500, MelScale.Slaney, 7.5)]
    [InlineData(1000, MelScale.Slaney, 15)]
    [InlineData(6400, MelScale.Slaney, 42)]
    [InlineData(700, MelScale.Htk, 781.17283875)]
    [InlineData(1000, MelScale.Htk, 999.98553699)]
    public void Scales_are_as_published(double hertz, MelScale scale, double mel)
    {
        Assert.Equal(mel, MelFilters.ToMel(hertz, scale), 1e-6);
        Assert.Equal(hertz, MelFilters.ToHertz(mel, scale), 1e-6);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public void The_transform_is_the_sum_that_defines_it(int length)
    {
        var random = new Random(1);
        Complex[] values = [.. Enumerable.Range(0, length).Select(_ => new Complex(random.NextDouble() - 0.5, random.NextDouble() - 0.5))];
        Complex[] expected = [.. Enumerable.Range(0, length).Select(k => values
            .Select((value, n) => value * Complex.Exp(-2 * Math.PI * Complex.ImaginaryOne * k * n / length)).Aggregate((a, b) => a + b))];
        new FourierTransform(length).Forward(values);
        for (int k = 0; k < length; k++) Assert.True(Complex.Abs(values[k] - expected[k]) < 1e-12);
    }

    [Fact]
    public void Silence_has_the_floor_and_short_sounds_are_refused()
    {
        var spectrogram = new MelSpectrogram(slaney);
        Assert.All(spectrogram.Compute(new float[500]), value => Assert.Equal((float)Math.Log(1e-10), value));
        Assert.Equal(2, spectrogram.Frames(129));
        var exception = Assert.Throws<ArgumentException>(() => spectrogram.Compute(new float[128]));
        Assert.Contains("128 samples are too few: 129 or more are needed", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => spectrogram.Compute(sound, new float[5]));
        Assert.Throws<ArgumentException>(() => new MelSpectrogram(htk).Compute(new float[255]));
        Assert.Throws<ArgumentException>(() => spectrogram.Compute([]));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        MelSpectrogramOptions[] wrong =
        [
            new() { FftLength = 400 }, new() { WindowLength = 513 }, new() { Hop = 0 }, new() { Bands = 0 }, new() { LowestFrequency = 9000 }, new() { HighestFrequency = 8001 },
            new() { Floor = 0 }, new() { SampleRate = 0 }, new() { Scale = (MelScale)2 },
        ];
        Assert.All(wrong, options => Assert.Throws<ArgumentOutOfRangeException>(() => new MelSpectrogram(options)));
    }

    private static void Check(MelSpectrogramOptions options, int frames, int frame, double[] expected)
    {
        var spectrogram = new MelSpectrogram(options);
        Assert.Equal(frames, spectrogram.Frames(sound.Length));
        float[] bands = spectrogram.Compute(sound);
        // Where nearly nothing is left, float samples leave fewer digits.
        for (int band = 0; band < 6; band++) Assert.Equal(expected[band], bands[band * frames + frame], 2e-4);
    }
}
