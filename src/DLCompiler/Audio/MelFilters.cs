using System;

namespace DLCompiler.Audio;

/// <summary>How heights of tones are measured.</summary>
public enum MelScale
{
    /// <summary>
    /// 3f/200 up to 1,000 Hz, and 15 + 27·ln(f/1000)/ln 6.4 above (Slaney, Auditory Toolbox 2, 1998): librosa's default.
    /// </summary>
    Slaney,

    /// <summary>2595·log₁₀(1 + f/700) (O'Shaughnessy 1987; Young et al., The HTK Book): torchaudio's default.</summary>
    Htk,
}

/// <summary>Triangular bands, equally wide on a scale of mels, over the frequencies of a Fourier transform.</summary>
public static class MelFilters
{
    private const double SlaneyStep = 200.0 / 3, SlaneyBend = 1000;

    private static readonly double slaneyLog = Math.Log(6.4) / 27;

    /// <summary>The mels of a frequency.</summary>
    /// <param name="hertz">The frequency.</param>
    /// <param name="scale">The scale.</param>
    public static double ToMel(double hertz, MelScale scale) => scale == MelScale.Htk ? 2595 * Math.Log10(1 + hertz / 700)
        : hertz < SlaneyBend ? hertz / SlaneyStep : SlaneyBend / SlaneyStep + Math.Log(hertz / SlaneyBend) / slaneyLog;

    /// <summary>The frequency of mels.</summary>
    /// <param name="mel">The mels.</param>
    /// <param name="scale">The scale.</param>
    public static double ToHertz(double mel, MelScale scale) => scale == MelScale.Htk ? 700 * (Math.Pow(10, mel / 2595) - 1)
        : mel < SlaneyBend / SlaneyStep ? mel * SlaneyStep : SlaneyBend * Math.Exp(slaneyLog * (mel - SlaneyBend / SlaneyStep));

    /// <summary>The weights of the bands: those of <c>librosa.filters.mel</c> (with its <c>norm="slaney"</c>, where areas are equal).</summary>
    /// <param name="options">The bands.</param>
    /// <returns>Row-major [bands, FftLength/2 + 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static float[] Create(MelSpectrogramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        int bins = options.FftLength / 2 + 1;
        double low = ToMel(options.LowestFrequency, options.Scale), high = ToMel(options.Highest, options.Scale);
        var edges = new double[options.Bands + 2];
        for (int i = 0; i < edges.Length; i++) edges[i] = ToHertz(low + (high - low) * i / (edges.Length - 1), options.Scale);
        var weights = new float[options.Bands * bins];
        for (int band = 0; band < options.Bands; band++)
        {
            var (from, top, to) = (edges[band], edges[band + 1], edges[band + 2]);
            double factor = options.EqualAreas ? 2 / (to - from) : 1;
            for (int bin = 0; bin < bins; bin++)
            {
                double frequency = (double)bin * options.SampleRate / options.FftLength;
                double rising = (frequency - from) / (top - from), falling = (to - frequency) / (to - top);
                weights[band * bins + bin] = (float)(factor * Math.Max(0, Math.Min(rising, falling)));
            }
        }

        return weights;
    }
}
