using System;
using System.IO;
using System.IO.Compression;
using DLCompiler.Data;

namespace Zoo;

/// <summary>Images of 32×32 in three colours, to train on and to test with.</summary>
/// <param name="Train">Training images with labels.</param>
/// <param name="Test">Test images with labels.</param>
internal sealed record ImageData(DataSet Train, DataSet Test)
{
    private const int Side = 32, Colours = 3, Pixels = Side * Side, CifarTrain = 3000, CifarTest = 1000;

    /// <summary>The first 3,000 images of CIFAR-10 to train on and the next 1,000 to test with, from records of a label and 3,072 bytes.</summary>
    /// <exception cref="IOException">The file is missing or too short.</exception>
    public static ImageData Cifar(string folder)
    {
        using var file = new GZipStream(File.OpenRead(Path.Combine(folder, "cifar10-first4000", "cifar10-train-0000-3999.bin.gz")), CompressionMode.Decompress);
        return new ImageData(Records(file, CifarTrain), Records(file, CifarTest));
    }

    /// <summary>MNIST in the middle of black images of 32×32, the same in all colours.</summary>
    /// <exception cref="IOException">A file is missing.</exception>
    public static ImageData Mnist(string folder)
    {
        string path = Path.Combine(folder, "mnist");
        return new ImageData(Digits(path, "train"), Digits(path, "t10k"));
    }

    /// <summary>The same with less: so many training images, and a third of that to test with.</summary>
    public ImageData First(int count) => new(Train.Take(count), Test.Take(Math.Min(Test.Count, count / 3)));

    private static DataSet Records(Stream file, int count)
    {
        byte[] record = new byte[1 + (Colours * Pixels)];
        float[] images = new float[count * Colours * Pixels];
        int[] labels = new int[count];
        for (int image = 0; image < count; image++)
        {
            file.ReadExactly(record);
            labels[image] = record[0];
            for (int i = 0; i < Colours * Pixels; i++) images[(image * Colours * Pixels) + i] = (record[i + 1] - 127.5f) / 63.75f;
        }

        return DataSet.Create(images, [Colours, Side, Side], labels);
    }

    private static DataSet Digits(string folder, string part)
    {
        DataSet digits = DataSet.FromIdx(Path.Combine(folder, part + "-images-idx3-ubyte.gz"), Path.Combine(folder, part + "-labels-idx1-ubyte.gz"));
        const int Digit = 28, Border = (Side - Digit) / 2;
        float[] images = new float[digits.Count * Colours * Pixels];
        ReadOnlySpan<float> pixels = digits.Features(0, digits.Count);
        for (int row = 0; row < digits.Count * Digit; row++)
        {
            int image = row / Digit, to = (image * Colours * Pixels) + ((Border + (row % Digit)) * Side) + Border;
            for (int colour = 0; colour < Colours; colour++) pixels.Slice(row * Digit, Digit).CopyTo(images.AsSpan(to + (colour * Pixels)));
        }

        return DataSet.Create(images, [Colours, Side, Side], digits.Labels(0, digits.Count).ToArray());
    }
}
