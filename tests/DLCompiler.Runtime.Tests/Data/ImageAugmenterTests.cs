using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Runtime.Tests;

public sealed class ImageAugmenterTests
{
    private const int Channels = 2, Height = 7, Width = 9, Length = Channels * Height * Width;

    private static readonly float[] Picture = [.. Enumerable.Range(1, Length).Select(i => (float)i)];

    [Fact]
    public void Nothing_asked_for_changes_nothing() => Assert.Equal(Picture, Draw(new ImageAugmentation(), 3));

    [Fact]
    public void Crops_of_the_padded_picture_are_its_parts_and_all_of_them_occur()
    {
        var augmentation = new ImageAugmentation { Padding = 1, CropHeight = 7, CropWidth = 8, Fill = -5 };
        var seen = new HashSet<(int, int)>();
        for (int sample = 0; sample < 300; sample++)
        {
            float[] drawn = Draw(augmentation, sample);
            var places = from top in Enumerable.Range(-1, 3) from left in Enumerable.Range(-1, 4) select (top, left);
            seen.Add(Assert.Single(places, place => drawn.SequenceEqual(Part(7, 8, place.top, place.left, -5))));
        }

        Assert.Equal(12, seen.Count);
    }

    [Fact]
    public void Flips_turn_one_in_two()
    {
        int mirrored = 0, upsideDown = 0;
        for (int sample = 0; sample < 400; sample++)
        {
            float[] drawn = Draw(new ImageAugmentation { FlipHorizontal = true, FlipVertical = true }, sample);
            bool isMirrored = drawn[0] is Width or Height * Width, isUpsideDown = drawn[0] > Width;
            mirrored += isMirrored ? 1 : 0;
            upsideDown += isUpsideDown ? 1 : 0;
            for (int i = 0; i < Length; i++)
            {
                int channel = i / (Height * Width), y = i / Width % Height, x = i % Width;
                if (isMirrored) x = Width - 1 - x;
                if (isUpsideDown) y = Height - 1 - y;
                Assert.Equal(Pixel(channel, y, x), drawn[i]);
            }
        }

        Assert.InRange(mirrored, 160, 240);
        Assert.InRange(upsideDown, 160, 240);
    }

    [Fact]
    public void Shifts_are_whole_pixels()
    {
        var seen = new HashSet<(int, int)>();
        for (int sample = 0; sample < 2000; sample++)
        {
            float[] drawn = Draw(new ImageAugmentation { Translation = 0.25, Fill = 0.5f }, sample);
            var places = from top in Enumerable.Range(-2, 5) from left in Enumerable.Range(-2, 5) select (top, left);
            seen.Add(Assert.Single(places, place => drawn.SequenceEqual(Part(Height, Width, place.top, place.left, 0.5f))));
        }

        Assert.Equal(25, seen.Count);
    }

    [Fact]
    public void Scaling_keeps_the_middle()
    {
        // Twice as large: pixel (y, x) comes from half its distance to the middle, between four pixels.
        float[] drawn = Draw(new ImageAugmentation { MinScale = 2, MaxScale = 2 }, 1);
        for (int i = 0; i < Length; i++)
        {
            double y = 3 + ((i / Width % Height) - 3) / 2.0, x = 4 + ((i % Width) - 4) / 2.0;
            Assert.Equal(1 + (i / (Height * Width) * Height * Width) + (y * Width) + x, drawn[i], 1e-4);
        }

        // Half as large: what was not there is filled.
        float[] small = Draw(new ImageAugmentation { MinScale = 0.5, MaxScale = 0.5, Fill = -1 }, 1);
        Assert.Equal(-1, small[0]);
        Assert.Equal(Pixel(1, 3, 4), small[(Height * Width) + (3 * Width) + 4], 1e-4f);
        Assert.Equal(Pixel(0, 1, 2), small[(2 * Width) + 3], 1e-4f);
    }

    [Fact]
    public void Rotations_turn_a_slope_and_keep_the_middle()
    {
        // A plane x: turned by an angle, it is cos x + sin y about the middle.
        const int size = 21, middle = 10;
        float[] slope = [.. Enumerable.Range(0, size * size).Select(i => (float)(i % size - middle))];
        var data = DataSet.Create(slope, [1, size, size]);
        var augmenter = new ImageAugmenter(new ImageAugmentation { Rotation = 30 }, data, "data");
        double most = 0, least = 0;
        for (int sample = 0; sample < 200; sample++)
        {
            var drawn = new float[size * size];
            augmenter.Draw(slope, drawn, 1, 5, sample);
            double cos = drawn[middle * size + middle + 1], sin = drawn[(middle + 1) * size + middle];
            Assert.Equal(0, drawn[middle * size + middle], 1e-5f);
            Assert.Equal(1, cos * cos + sin * sin, 1e-5);
            Assert.Equal(4 * cos - 3 * sin, drawn[(middle - 3) * size + middle + 4], 1e-4);
            double angle = Math.Atan2(sin, cos) * 180 / Math.PI;
            (least, most) = (Math.Min(least, angle), Math.Max(most, angle));
        }

        Assert.InRange(most, 25, 30.001);
        Assert.InRange(least, -30.001, -25);
    }

    [Fact]
    public void Noise_is_normal_and_different_everywhere()
    {
        float[] zeros = new float[1003];
        var augmenter = new ImageAugmenter(new ImageAugmentation { Noise = 0.5f }, DataSet.Create(zeros, [1, 17, 59]), "data");
        var all = new List<float>();
        for (int sample = 0; sample < 50; sample++)
        {
            var drawn = new float[zeros.Length];
            augmenter.Draw(zeros, drawn, 1, 0, sample);
            all.AddRange(drawn);
        }

        double mean = all.Average(value => (double)value), squares = all.Average(value => (double)value * value), fourth = all.Average(value => Math.Pow(value, 4));
        Assert.InRange(mean, -0.01, 0.01);
        Assert.InRange(Math.Sqrt(squares), 0.495, 0.505);
        Assert.InRange(fourth / (squares * squares), 2.9, 3.1);
        Assert.True(all.Distinct().Count() > 0.99 * all.Count);
    }

    [Fact]
    public void Normalisation_is_the_last()
    {
        float[] drawn = Draw(new ImageAugmentation { Means = [10, 70], Deviations = [2, 4], Padding = 1, Fill = 14 }, 8);
        float[] padded = Draw(new ImageAugmentation { Padding = 1, Fill = 14 }, 8);
        for (int i = 0; i < Length; i++) Assert.Equal(i < Length / 2 ? (padded[i] - 10) / 2 : (padded[i] - 70) / 4, drawn[i]);
    }

    [Fact]
    public void Everything_follows_from_seed_epoch_and_sample()
    {
        var augmentation = new ImageAugmentation
        {
            Rotation = 20, MinScale = 0.8, MaxScale = 1.3, Translation = 0.1, Padding = 2, FlipHorizontal = true, Noise = 0.1f,
        };
        Assert.Equal(Draw(augmentation, 4), Draw(augmentation, 4));
        Assert.NotEqual(Draw(augmentation, 4), Draw(augmentation, 5));
        Assert.NotEqual(Draw(augmentation, 4), Draw(augmentation, 4, iteration: 8));
        Assert.NotEqual(Draw(augmentation, 4), Draw(augmentation, 4, seed: 2));
    }

    [Fact]
    public void Predictions_see_the_middle()
    {
        var augmentation = new ImageAugmentation { CropHeight = 3, CropWidth = 4, Means = [1, 2], Deviations = [2, 2], Rotation = 90, FlipVertical = true, Noise = 1 };
        var prepared = augmentation.Prepare(DataSet.Create([.. Picture, .. Picture], [Channels, Height, Width], [1, 0]).WithNames([], ["a", "b"]));
        Assert.Equal([Channels, 3, 4], prepared.FeatureShape);
        float[] expected = [.. Part(3, 4, 2, 2, 0).Select((value, i) => (value - (i < 12 ? 1 : 2)) / 2)];
        Assert.Equal([.. expected, .. expected], prepared.Features(0, 2).ToArray());
        Assert.Equal([1, 0], prepared.Labels(0, 2).ToArray());
        Assert.Equal(["a", "b"], prepared.ClassNames);
    }

    [Fact]
    public void Drawing_allocates_nothing()
    {
        var augmenter = new ImageAugmenter(
            new ImageAugmentation { Rotation = 5, Padding = 1, Noise = 0.1f, Means = [1, 1], Deviations = [1, 1], FlipHorizontal = true }, Data(), "data");
        float[] drawn = new float[Length];
        augmenter.Draw(Picture, drawn, 1, 1, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int sample = 0; sample < 20; sample++) augmenter.Draw(Picture, drawn, 1, 1, sample);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refused("CropHeight must be from 1 to 9: the pictures' 7 pixels and twice the Padding of 1.", new ImageAugmentation { CropHeight = 10, Padding = 1 });
        Refused("Means has 3 numbers, but the pictures have 2 channels of 7 x 9", new ImageAugmentation { Means = [1, 2, 3] });
        Refused("Means and Deviations go together", new ImageAugmentation { Means = [1, 2] });
        Refused("Deviations must be finite numbers that are not 0", new ImageAugmentation { Means = [1, 2], Deviations = [1, 0] });
        Refused("Rotation must be from 0 to 180 degrees", new ImageAugmentation { Rotation = double.NaN });
        Refused("MaxScale must be a finite number, at least MinScale", new ImageAugmentation { MinScale = 1.5 });
        Refused("MinScale must be", new ImageAugmentation { MinScale = 0 });
        Refused("Translation must be from 0 to 1", new ImageAugmentation { Translation = 2 });
        Refused("Noise must be", new ImageAugmentation { Noise = -1 });
        Refused("Padding must be", new ImageAugmentation { Padding = -1 });
        Refused("Fill must be", new ImageAugmentation { Fill = float.NaN });
        var table = DataSet.Create(new float[8], [4]);
        Assert.Contains(
            "takes pictures of shape [channels, height, width], but the samples are numbers of shape [4]",
            Assert.Throws<ArgumentException>(() => new ImageAugmentation().Prepare(table)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Moments_are_those_of_channels_and_columns()
    {
        var table = DataSet.Create([1, 10, 5, 3, 10, 9], [3]);
        var (means, deviations) = table.Moments();
        Assert.Equal([2, 10, 7], means);
        Assert.Equal([1, 1, 2], deviations);
        Assert.Equal([-1, 0, -1, 1, 0, 1], table.Normalize(means, deviations).Features(0, 2).ToArray());

        var pictures = DataSet.Create([0, 2, 10, 10, 4, 6, 10, 30], [2, 1, 2]);
        (means, deviations) = pictures.Moments();
        Assert.Equal([3, 15], means);
        Assert.Equal(Math.Sqrt(5), deviations[0], 1e-6);
        Assert.Equal(Math.Sqrt(75), deviations[1], 1e-6);
        Assert.Throws<ArgumentException>(() => pictures.Normalize([1], [1]));
        Assert.Throws<ArgumentException>(() => pictures.Normalize([1, 2], [1, 0]));
    }

    private static void Refused(string why, ImageAugmentation augmentation) =>
        Assert.Contains(why, Assert.ThrowsAny<ArgumentException>(() => augmentation.Prepare(Data())).Message, StringComparison.Ordinal);

    private static DataSet Data() => DataSet.Create(Picture, [Channels, Height, Width]);

    private static float[] Draw(ImageAugmentation augmentation, int sample, ulong seed = 1, long iteration = 7)
    {
        var augmenter = new ImageAugmenter(augmentation, Data(), "data");
        var result = new float[augmenter.Length];
        augmenter.Draw(Picture, result, seed, iteration, sample);
        return result;
    }

    private static float Pixel(int channel, int y, int x) => Picture[(channel * Height + y) * Width + x];

    private static IEnumerable<float> Part(int height, int width, int top, int left, float fill) =>
        from channel in Enumerable.Range(0, Channels)
        from y in Enumerable.Range(top, height)
        from x in Enumerable.Range(left, width)
        select y is >= 0 and < Height && x is >= 0 and < Width ? Pixel(channel, y, x) : fill;
}
