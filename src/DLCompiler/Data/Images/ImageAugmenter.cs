using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.Intrinsics;
using DLCompiler.Runtime;

namespace DLCompiler.Data;

/// <summary>An augmentation bound to the shape of pictures: any thread may ask it for any sample, and nothing is allocated.</summary>
internal sealed class ImageAugmenter
{
    // Keeps these numbers apart from those that models draw with the same seed.
    private const uint Stream = 0xFFFB;

    // Where in a sample's stream each decision stands, and where its noise begins.
    private const int CropY = 0, CropX = 1, FlipX = 2, FlipY = 3, Scale = 4, Angle = 5, ShiftY = 6, ShiftX = 7, NoiseStart = 16;

    private readonly ImageAugmentation options;
    private readonly int channels;
    private readonly int height;
    private readonly int width;
    private readonly int cropHeight;
    private readonly int cropWidth;
    private readonly bool warps;
    private readonly float[] means;
    private readonly float[] factors;

    /// <param name="options">What is to be done.</param>
    /// <param name="data">Pictures.</param>
    /// <param name="name">The argument that they came as, for messages.</param>
    /// <exception cref="ArgumentException">The samples are not pictures, or the numbers do not fit them.</exception>
    public ImageAugmenter(ImageAugmentation options, DataSet data, string name)
    {
        if (data.HasIds || data.FeatureShape.Count != 3)
        {
            string shape = Invariant($"{(data.HasIds ? "ids" : "numbers")} of shape [{string.Join(", ", data.FeatureShape)}]");
            throw new ArgumentException(
                $"Augmentation takes pictures of shape [channels, height, width], but the samples are {shape}. "
                    + "Leave it out, or load pictures, as DataSet.FromPngFolder does.", name);
        }

        this.options = options;
        (channels, height, width) = (data.FeatureShape[0], data.FeatureShape[1], data.FeatureShape[2]);
        Check();
        (cropHeight, cropWidth) = (Crop(options.CropHeight, height, nameof(options.CropHeight)), Crop(options.CropWidth, width, nameof(options.CropWidth)));
        warps = options.Rotation != 0 || options.MinScale != 1 || options.MaxScale != 1;
        means = [.. options.Means];
        factors = [.. options.Deviations.Select(deviation => 1 / deviation)];
    }

    /// <summary>A sample's shape afterwards.</summary>
    public int[] Shape => [channels, cropHeight, cropWidth];

    /// <summary>Elements of a sample afterwards.</summary>
    public int Length => channels * cropHeight * cropWidth;

    /// <summary>Draws a picture from a sample.</summary>
    /// <param name="source">The sample.</param>
    /// <param name="result">The picture, <see cref="Length"/> elements.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="iteration">The step that the epoch began with; below 2^31.</param>
    /// <param name="sample">The sample's number.</param>
    public void Draw(ReadOnlySpan<float> source, Span<float> result, ulong seed, long iteration, int sample)
    {
        var random = new Draws(seed, (iteration << 32) | (uint)sample);
        int top = random.Below(CropY, height + 2 * options.Padding - cropHeight + 1) - options.Padding;
        int left = random.Below(CropX, width + 2 * options.Padding - cropWidth + 1) - options.Padding;
        bool mirrored = options.FlipHorizontal && random.Below(FlipX, 2) == 1, upsideDown = options.FlipVertical && random.Below(FlipY, 2) == 1;
        double down = 0, right = 0;
        if (options.Translation > 0)
        {
            down = Math.Round(random.Between(ShiftY, -options.Translation, options.Translation) * height);
            right = Math.Round(random.Between(ShiftX, -options.Translation, options.Translation) * width);
        }

        var place = new Placement(top, left, mirrored, upsideDown);
        if (warps)
        {
            double scale = random.Between(Scale, options.MinScale, options.MaxScale);
            double angle = random.Between(Angle, -options.Rotation, options.Rotation) * (Math.PI / 180);
            Warp(source, result, place, VectorMath.Cos(angle) / scale, VectorMath.Sin(angle) / scale, down, right);
        }
        else
        {
            Copy(source, result, place with { Top = top - (int)down, Left = left - (int)right });
        }

        if (options.Noise > 0) AddNoise(result, random);
        Normalize(result);
    }

    /// <summary>All samples without anything random.</summary>
    public DataSet Prepare(DataSet data)
    {
        if ((long)data.Count * Length > Array.MaxLength)
        {
            throw new ArgumentException(
                Invariant($"{data.Count} samples of {Length} elements are more than fit in an array. Prepare parts."), nameof(data));
        }

        var features = new float[data.Count * Length];
        var middle = new Placement((height - cropHeight) >> 1, (width - cropWidth) >> 1, Mirrored: false, UpsideDown: false);
        for (int i = 0; i < data.Count; i++)
        {
            var result = features.AsSpan(i * Length, Length);
            Copy(data.Features(i, 1), result, middle);
            Normalize(result);
        }

        return data.WithFeatures(features, Shape);
    }

    // Row by row, as far as the picture goes.
    private void Copy(ReadOnlySpan<float> source, Span<float> result, Placement place)
    {
        int begin = Math.Clamp(-place.Left, 0, cropWidth), end = Math.Clamp(width - place.Left, begin, cropWidth);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = 0; y < cropHeight; y++)
            {
                var row = result.Slice((channel * cropHeight + y) * cropWidth, cropWidth);
                int from = place.Top + (place.UpsideDown ? cropHeight - 1 - y : y);
                if (from < 0 || from >= height || begin == end)
                {
                    row.Fill(options.Fill);
                    continue;
                }

                row[..begin].Fill(options.Fill);
                source.Slice((channel * height + from) * width + place.Left + begin, end - begin).CopyTo(row[begin..]);
                row[end..].Fill(options.Fill);
                if (place.Mirrored) row.Reverse();
            }
        }
    }

    // Each pixel of the result is looked up where it came from: cos and sin are those of the angle over the scale.
    private void Warp(ReadOnlySpan<float> source, Span<float> result, Placement place, double cos, double sin, double down, double right)
    {
        double middleY = (height - 1) / 2.0, middleX = (width - 1) / 2.0;
        for (int y = 0; y < cropHeight; y++)
        {
            double dy = place.Top + (place.UpsideDown ? cropHeight - 1 - y : y) - middleY - down;
            for (int x = 0; x < cropWidth; x++)
            {
                double dx = place.Left + (place.Mirrored ? cropWidth - 1 - x : x) - middleX - right;
                Sample(source, result, y * cropWidth + x, middleY + cos * dy - sin * dx, middleX + cos * dx + sin * dy);
            }
        }
    }

    private void Sample(ReadOnlySpan<float> source, Span<float> result, int at, double y, double x)
    {
        int area = height * width, step = cropHeight * cropWidth;
        if (!(y > -1 && y < height && x > -1 && x < width))
        {
            for (int channel = 0; channel < channels; channel++) result[channel * step + at] = options.Fill;
            return;
        }

        int y0 = (int)Math.Floor(y), x0 = (int)Math.Floor(x);
        float below = (float)(y - y0), beside = (float)(x - x0);
        bool inside = y0 >= 0 && y0 + 1 < height && x0 >= 0 && x0 + 1 < width;
        for (int channel = 0; channel < channels; channel++)
        {
            var plane = source.Slice(channel * area, area);
            int first = y0 * width + x0;
            float upper = inside ? Between(plane[first], plane[first + 1], beside) : Between(Pixel(plane, y0, x0), Pixel(plane, y0, x0 + 1), beside);
            float lower = inside ? Between(plane[first + width], plane[first + width + 1], beside)
                : Between(Pixel(plane, y0 + 1, x0), Pixel(plane, y0 + 1, x0 + 1), beside);
            result[channel * step + at] = Between(upper, lower, below);
        }
    }

    private static float Between(float first, float second, float share) => first + (second - first) * share;

    private float Pixel(ReadOnlySpan<float> plane, int y, int x) =>
        (uint)y < (uint)height && (uint)x < (uint)width ? plane[y * width + x] : options.Fill;

    // Box and Muller 1958, eight pairs at a time.
    private void AddNoise(Span<float> values, Draws random)
    {
        Span<float> normal = stackalloc float[16];
        for (int i = 0; i < values.Length; i += 16)
        {
            var logarithm = VectorMath.Log(Vector256<float>.One - random.Uniform(NoiseStart + i));
            var radius = Vector256.Sqrt(logarithm * (-2 * options.Noise * options.Noise));
            var angle = random.Uniform(NoiseStart + i + 8) * MathF.Tau;
            (radius * VectorMath.Cos(angle)).CopyTo(normal);
            (radius * VectorMath.Sin(angle)).CopyTo(normal[8..]);
            for (int j = 0; j < Math.Min(16, values.Length - i); j++) values[i + j] += normal[j];
        }
    }

    private void Normalize(Span<float> result)
    {
        if (means.Length == 0) return;
        int area = cropHeight * cropWidth;
        for (int channel = 0; channel < channels; channel++)
        {
            float mean = means[channel], factor = factors[channel];
            foreach (ref float value in result.Slice(channel * area, area)) value = (value - mean) * factor;
        }
    }

    private void Check()
    {
        Require(options.Rotation is >= 0 and <= 180, nameof(options.Rotation), options.Rotation, "from 0 to 180 degrees");
        Require(options.MinScale > 0 && double.IsFinite(options.MinScale), nameof(options.MinScale), options.MinScale, "a finite number above 0");
        Require(
            options.MaxScale >= options.MinScale && double.IsFinite(options.MaxScale), nameof(options.MaxScale), options.MaxScale,
            "a finite number, at least MinScale");
        Require(options.Translation is >= 0 and <= 1, nameof(options.Translation), options.Translation, "from 0 to 1, a share of height and width");
        Require(options.Padding is >= 0 and <= 1 << 16, nameof(options.Padding), options.Padding, "from 0 to 65536 pixels");
        Require(float.IsFinite(options.Fill), nameof(options.Fill), options.Fill, "a finite number");
        Require(options.Noise >= 0 && float.IsFinite(options.Noise), nameof(options.Noise), options.Noise, "a finite number, not negative");
        RequireChannels(options.Means, nameof(options.Means));
        RequireChannels(options.Deviations, nameof(options.Deviations));
        if (options.Means.Count != options.Deviations.Count)
            throw new ArgumentException("Means and Deviations go together: give both, or neither.", nameof(options));
        foreach (float deviation in options.Deviations)
            Require(float.IsFinite(1 / deviation), nameof(options.Deviations), deviation, "finite numbers that are not 0");
    }

    private int Crop(int? size, int whole, string name)
    {
        int crop = size ?? whole;
        if (crop >= 1 && crop <= whole + 2 * options.Padding) return crop;
        throw new ArgumentOutOfRangeException(
            name, size,
            Invariant($"{name} must be from 1 to {whole + 2 * options.Padding}: the pictures' {whole} pixels and twice the Padding of {options.Padding}."));
    }

    private void RequireChannels(IReadOnlyList<float> numbers, string name)
    {
        ArgumentNullException.ThrowIfNull(numbers, name);
        if (numbers.Count == 0 || numbers.Count == channels) return;
        throw new ArgumentException(
            Invariant($"{name} has {numbers.Count} numbers, but the pictures have {channels} channels of {height} x {width}. Give one for each channel."), name);
    }

    private static void Require(bool condition, string name, object value, string expected)
    {
        if (!condition) throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where a crop lies in the picture, and how it is turned.</summary>
    private readonly record struct Placement(int Top, int Left, bool Mirrored, bool UpsideDown);

    /// <summary>The random numbers of one sample in one epoch.</summary>
    private readonly struct Draws(ulong seed, long iteration)
    {
        public int Below(int index, int count) => (int)(((ulong)PhiloxRandom.Word(seed, Stream, iteration, index) * (uint)count) >> 32);

        public double Between(int index, double from, double to) => from + (to - from) * PhiloxRandom.Uniform(seed, Stream, iteration, index);

        public Vector256<float> Uniform(int first) => PhiloxRandom.Uniform256(seed, Stream, iteration, first);
    }
}
