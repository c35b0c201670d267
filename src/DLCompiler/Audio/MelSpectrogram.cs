using System;
using System.Globalization;
using System.Numerics;

namespace DLCompiler.Audio;

/// <summary>
/// The natural logarithm of the energies in bands of frequencies, window after window: what networks hear (Davis and Mermelstein 1980, before their cosine
/// transform). Any number of threads may use one.
/// </summary>
public sealed class MelSpectrogram
{
    private readonly MelSpectrogramOptions options;
    private readonly FourierTransform transform;
    private readonly double[] window;
    private readonly float[] filters;
    private readonly (int First, int End)[] supports;

    /// <summary>Prepares windows and bands.</summary>
    /// <param name="options">How sound becomes a spectrogram; null for speech of 16 kHz.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public MelSpectrogram(MelSpectrogramOptions? options = null)
    {
        this.options = options ??= new MelSpectrogramOptions();
        filters = MelFilters.Create(options);
        transform = new FourierTransform(options.FftLength);
        window = new double[options.FftLength];
        int offset = (options.FftLength - options.WindowLength) / 2;
        for (int i = 0; i < options.WindowLength; i++) window[offset + i] = 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / options.WindowLength);
        supports = new (int First, int End)[options.Bands];
        int bins = options.FftLength / 2 + 1;
        for (int band = 0; band < supports.Length; band++)
        {
            // A band that is narrower than the distance of frequencies may have none.
            var own = filters.AsSpan(band * bins, bins);
            supports[band] = (Math.Max(0, own.IndexOfAnyExcept(0)), own.LastIndexOfAnyExcept(0) + 1);
        }
    }

    /// <summary>The number of bands.</summary>
    public int Bands => options.Bands;

    /// <summary>The number of windows of a sound.</summary>
    /// <param name="samples">Its length in samples.</param>
    public int Frames(int samples) => options.Centered ? (samples > 0 ? samples / options.Hop + 1 : 0)
        : samples < options.FftLength ? 0 : (samples - options.FftLength) / options.Hop + 1;

    /// <summary>The spectrogram of a sound.</summary>
    /// <param name="samples">One channel.</param>
    /// <returns>Row-major [bands, frames].</returns>
    /// <exception cref="ArgumentException">The sound is shorter than a window needs.</exception>
    public float[] Compute(ReadOnlySpan<float> samples)
    {
        var result = new float[Bands * Frames(samples.Length)];
        Compute(samples, result);
        return result;
    }

    /// <summary>Writes the spectrogram of a sound.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="destination">Gets [bands, frames], row-major.</param>
    /// <exception cref="ArgumentException">The sound is shorter than a window needs, or the destination has another length.</exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> destination)
    {
        int frames = Frames(samples.Length), half = options.FftLength / 2, bins = half + 1;

        // What is mirrored has to be there.
        if (frames == 0 || (options.Centered && samples.Length <= half))
        {
            int least = options.Centered ? half + 1 : options.FftLength;
            throw Wrong($"{samples.Length} samples are too few: {least} or more are needed. Pad the sound, or take a shorter transform.", nameof(samples));
        }

        if (destination.Length != Bands * frames)
            throw Wrong($"The destination has {destination.Length} elements, and {Bands} bands of {frames} frames are {Bands * frames}.", nameof(destination));
        var spectrum = new Complex[options.FftLength];
        var power = new double[bins];
        for (int frame = 0; frame < frames; frame++)
        {
            int start = frame * options.Hop - (options.Centered ? half : 0);
            for (int i = 0; i < spectrum.Length; i++) spectrum[i] = window[i] == 0 ? 0 : window[i] * samples[Mirrored(start + i, samples.Length)];
            transform.Forward(spectrum);
            for (int bin = 0; bin < bins; bin++) power[bin] = spectrum[bin].Real * spectrum[bin].Real + spectrum[bin].Imaginary * spectrum[bin].Imaginary;
            for (int band = 0; band < Bands; band++)
            {
                double energy = 0;
                for (int bin = supports[band].First; bin < supports[band].End; bin++) energy += filters[band * bins + bin] * power[bin];
                destination[band * frames + frame] = (float)Math.Log(Math.Max(energy, options.Floor));
            }
        }
    }

    // Without the sample at the end twice: numpy's and PyTorch's "reflect".
    private static int Mirrored(int place, int length) => place < 0 ? -place : place >= length ? 2 * (length - 1) - place : place;

    private static ArgumentException Wrong(FormattableString problem, string argument) => new(problem.ToString(CultureInfo.InvariantCulture), argument);
}
