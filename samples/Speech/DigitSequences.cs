using System;
using System.Collections.Generic;
using System.Linq;

namespace Samples;

/// <summary>Batches of sequences, each of two to four recordings of one speaker, drawn at random.</summary>
/// <param name="recordings">What is drawn from.</param>
/// <param name="batchSize">Sequences of a batch.</param>
/// <param name="seed">Fixes what is drawn.</param>
internal sealed class DigitSequences(IEnumerable<Recording> recordings, int batchSize, int seed)
{
    private readonly Recording[][] speakers = [.. recordings.GroupBy(one => one.Speaker).Select(group => group.ToArray())];
    private readonly Random random = new(seed);

    /// <summary>The batch's steps: row-major [sequences, steps, features], zero after a sequence's end.</summary>
    public float[] Sound { get; private set; } = [];

    /// <summary>The steps of the batch's longest sequence.</summary>
    public int Steps { get; private set; }

    /// <summary>The steps of each sequence.</summary>
    public int[] Lengths { get; } = new int[batchSize];

    /// <summary>The classes of what is said, digits and one more, filled up with zeros: row-major [sequences, <see cref="SpeechCtc.Longest"/>].</summary>
    public int[] Labels { get; } = new int[batchSize * SpeechCtc.Longest];

    /// <summary>The digits of each sequence.</summary>
    public int[] Counts { get; } = new int[batchSize];

    /// <summary>Draws the next batch.</summary>
    public void Draw()
    {
        Recording[][] sequences = [.. Enumerable.Range(0, batchSize).Select(_ => Sequence())];
        for (int row = 0; row < batchSize; row++)
        {
            var sequence = sequences[row];
            (Lengths[row], Counts[row]) = (sequence.Sum(StepsOf), sequence.Length);
            for (int i = 0; i < SpeechCtc.Longest; i++) Labels[row * SpeechCtc.Longest + i] = i < sequence.Length ? sequence[i].Digit + 1 : 0;
        }

        Steps = Lengths.Max();
        Sound = new float[batchSize * Steps * SpeechCtc.Features];
        for (int row = 0; row < batchSize; row++)
        {
            int step = row * Steps;
            foreach (var recording in sequences[row])
            {
                Write(recording, Sound.AsSpan(step * SpeechCtc.Features));
                step += StepsOf(recording);
            }
        }
    }

    private static int StepsOf(Recording recording) => (recording.Windows + 1) / 2;

    // Window after window. Silence fills up the last step.
    private static void Write(Recording recording, Span<float> sound)
    {
        for (int window = 0; window < 2 * StepsOf(recording); window++)
            for (int band = 0; band < Recording.Bands; band++)
            {
                bool isInside = window < recording.Windows;
                sound[window * Recording.Bands + band] = isInside ? recording.Energies[band * recording.Windows + window] : recording.Silence;
            }
    }

    private Recording[] Sequence()
    {
        var speaker = speakers[random.Next(speakers.Length)];
        return [.. Enumerable.Range(0, random.Next(2, SpeechCtc.Longest + 1)).Select(_ => speaker[random.Next(speaker.Length)])];
    }
}
