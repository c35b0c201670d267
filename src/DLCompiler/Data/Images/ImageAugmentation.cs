using System;
using System.Collections.Generic;
using System.Globalization;

namespace DLCompiler.Data;

/// <summary>
/// What is done to pictures of shape [channels, height, width] as they are loaded into a batch, for <see cref="FitOptions.Augmentation"/>: each time a sample is
/// used, it is another picture. All is drawn from the seed, the step that the epoch began with and the sample's number, so that neither threads nor a
/// resumed run change a bit. Labels and targets stay as they are.
/// </summary>
/// <remarks>
/// In this order: rotation, scale and shift (bilinear), then the crop of the padded picture, flips, noise, normalisation.
/// </remarks>
/// <example><code>Augmentation = new ImageAugmentation { Padding = 4, FlipHorizontal = true, Rotation = 10 }</code></example>
public sealed class ImageAugmentation
{
    /// <summary>Rotates by up to so many degrees, either way, about the centre; 0 to 180.</summary>
    public double Rotation { get; init; }

    /// <summary>The smallest factor that a picture is scaled by, about the centre; above 0.</summary>
    public double MinScale { get; init; } = 1;

    /// <summary>The largest factor.</summary>
    public double MaxScale { get; init; } = 1;

    /// <summary>Shifts by up to this share of height and width, either way, in whole pixels; 0 to 1.</summary>
    public double Translation { get; init; }

    /// <summary>Pixels around a picture that a crop may reach into; not negative.</summary>
    public int Padding { get; init; }

    /// <summary>The height of the crop, at a random place; null for the picture's height.</summary>
    public int? CropHeight { get; init; }

    /// <summary>The width of the crop; null for the picture's width.</summary>
    public int? CropWidth { get; init; }

    /// <summary>Whether every other picture, at random, has left and right exchanged.</summary>
    public bool FlipHorizontal { get; init; }

    /// <summary>Whether every other picture, at random, stands on its head.</summary>
    public bool FlipVertical { get; init; }

    /// <summary>The value of pixels that lie outside of the picture.</summary>
    public float Fill { get; init; }

    /// <summary>The deviation of the normal noise that is added to each number; not negative.</summary>
    public float Noise { get; init; }

    /// <summary>What is subtracted from each channel at the end, one number a channel; empty for nothing. <see cref="DataSet.Moments"/> computes it.</summary>
    public IReadOnlyList<float> Means { get; init; } = [];

    /// <summary>What each channel is divided by at the end, given with <see cref="Means"/>; not 0.</summary>
    public IReadOnlyList<float> Deviations { get; init; } = [];

    /// <summary>
    /// Samples as predictions should see them, copied: the crop from the middle, normalised, nothing random. For validation and test sets, whose shape and range
    /// must be those that the model was trained on.
    /// </summary>
    /// <param name="data">Pictures.</param>
    /// <exception cref="ArgumentException">The samples are not pictures, or the numbers do not fit them.</exception>
    public DataSet Prepare(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new ImageAugmenter(this, data, nameof(data)).Prepare(data);
    }

    /// <summary>The numbers that a run is known by.</summary>
    internal string Identity() => string.Create(
        CultureInfo.InvariantCulture,
        $"rotation {Rotation:R}, scale {MinScale:R} to {MaxScale:R}, translation {Translation:R}, padding {Padding}, crop {CropHeight} x {CropWidth}, ")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"flips {FlipHorizontal} {FlipVertical}, fill {Fill:R}, noise {Noise:R}, means {Text(Means)}, deviations {Text(Deviations)}");

    private static string Text(IEnumerable<float> numbers)
    {
        List<string> texts = [];
        foreach (float number in numbers) texts.Add(number.ToString("R", CultureInfo.InvariantCulture));
        return $"[{string.Join(' ', texts)}]";
    }
}
