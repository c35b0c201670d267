using System;
using System.Linq;
using System.Security.Cryptography;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Kernels.Tests;

public sealed class DigitsTests
{
    private static readonly (DataSet Train, DataSet Test) Small = Digits.Load(2000, 500, seed: 5);

    [Fact]
    public void ShapesAndLabels()
    {
        Assert.Equal((2000, 500), (Small.Train.Count, Small.Test.Count));
        Assert.Equal([1, 28, 28], Small.Train.FeatureShape);
        int[] labels = Small.Train.Labels(0, 2000).ToArray();
        for (int digit = 0; digit < 10; digit++) Assert.Equal(200, labels.Count(label => label == digit));

        // In random order: neighbours are equal about one time in ten.
        Assert.InRange(labels.Skip(1).Zip(labels).Count(pair => pair.First == pair.Second), 140, 260);
    }

    [Fact]
    public void PixelsAreInkOnPaper()
    {
        for (int i = 0; i < Small.Train.Count; i++)
        {
            float[] image = Small.Train.Features(i, 1).ToArray();
            Assert.All(image, pixel => Assert.InRange(pixel, 0, 1));
            Assert.True(image.Max() > 0.5f, "a digit has ink");

            // Strokes fill between 3 and 45 per cent of the paper.
            Assert.InRange(image.Count(pixel => pixel > 0.4f), 24, 350);
        }
    }

    [Fact]
    public void EveryPlatformDrawsTheSamePixels()
    {
        byte[] levels = [.. Small.Train.Features(0, 200).ToArray().Select(pixel => (byte)MathF.Round(pixel * 255))];
        Assert.Equal("D798B2AA1327406BEE487EDC195D9B0694747BB83E0A8E449AC1AA1F982F52B8", Convert.ToHexString(SHA256.HashData(levels)));
        Assert.True(Small.Train.Features(0, 500).SequenceEqual(Digits.Load(2000, 0, seed: 5).Train.Features(0, 500)));
    }

    [Fact]
    public void SeedsAndSetsDiffer()
    {
        Assert.False(Small.Train.Features(0, 10).SequenceEqual(Digits.Load(2000, 0, seed: 6).Train.Features(0, 10)));
        Assert.False(Small.Train.Features(0, 10).SequenceEqual(Small.Test.Features(0, 10)));
    }

    // The class with the nearest mean image: right far more often than by chance, so that images and labels belong together, but no way to solve the task.
    [Fact]
    public void ImagesBelongToTheirLabelsAndAreNotTrivial()
    {
        var means = new double[10, 784];
        for (int i = 0; i < Small.Train.Count; i++)
        {
            var image = Small.Train.Features(i, 1);
            for (int pixel = 0; pixel < 784; pixel++) means[Small.Train.Labels(i, 1)[0], pixel] += image[pixel] / 200.0;
        }

        int right = 0;
        for (int i = 0; i < Small.Test.Count; i++)
        {
            float[] image = Small.Test.Features(i, 1).ToArray();
            int nearest = Enumerable.Range(0, 10).MinBy(digit => Enumerable.Range(0, 784).Sum(pixel => Math.Pow(image[pixel] - means[digit, pixel], 2)));
            if (nearest == Small.Test.Labels(i, 1)[0]) right++;
        }

        Assert.InRange(right / 500.0, 0.5, 0.88);
    }
}
