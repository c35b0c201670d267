using System;

namespace DLCompiler.Audio;

/// <summary>Sound from a WAV file.</summary>
public sealed class WavAudio
{
    private readonly float[] samples;

    internal WavAudio(int sampleRate, int channels, float[] samples) => (SampleRate, Channels, this.samples) = (sampleRate, channels, samples);

    /// <summary>Samples of a channel in a second.</summary>
    public int SampleRate { get; }

    /// <summary>The number of channels.</summary>
    public int Channels { get; }

    /// <summary>Samples of a channel.</summary>
    public int Length => samples.Length / Channels;

    /// <summary>All samples, −1 to 1, those of the channels beside each other: [length, channels].</summary>
    public ReadOnlySpan<float> Samples => samples;

    /// <summary>The mean of the channels: [length].</summary>
    public float[] ToMono()
    {
        var mono = new float[Length];
        for (int i = 0; i < mono.Length; i++)
        {
            float sum = 0;
            for (int channel = 0; channel < Channels; channel++) sum += samples[i * Channels + channel];
            mono[i] = sum / Channels;
        }

        return mono;
    }
}
