using System;
using System.IO;
using DLCompiler.Data;

namespace Quickstart;

/// <summary>The images to train on and to test with.</summary>
/// <param name="Train">Training images with labels.</param>
/// <param name="Test">Test images with labels.</param>
internal sealed record DigitData(DataSet Train, DataSet Test)
{
    /// <summary>MNIST from a folder, or the digits that come with the library.</summary>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or of another kind.</exception>
    public static DigitData Load(DirectoryInfo? folder)
    {
        if (folder is null)
        {
            var (train, test) = Digits.Load();
            return new DigitData(train, test);
        }

        return new DigitData(
            Square(DataSet.FromIdx(Find(folder, "train-images", "idx3"), Find(folder, "train-labels", "idx1")), folder),
            Square(DataSet.FromIdx(Find(folder, "t10k-images", "idx3"), Find(folder, "t10k-labels", "idx1")), folder));
    }

    // Mirrors disagree on the name: a dash or a dot, compressed or not.
    private static string Find(DirectoryInfo folder, string name, string kind)
    {
        foreach (string separator in (string[])["-", "."])
        {
            foreach (string ending in (string[])["", ".gz"])
            {
                string path = Path.Combine(folder.FullName, name + separator + kind + "-ubyte" + ending);
                if (File.Exists(path)) return path;
            }
        }

        throw new FileNotFoundException(
            $"The folder '{folder.FullName}' has no {name}-{kind}-ubyte or {name}-{kind}-ubyte.gz. MNIST's four files are train-images, train-labels, t10k-images and t10k-labels.");
    }

    private static DataSet Square(DataSet data, DirectoryInfo folder)
    {
        if (data.FeatureLength == Digits.Size * Digits.Size) return data;
        throw new InvalidDataException($"The images in '{folder.FullName}' are of shape [{string.Join(", ", data.FeatureShape)}]; these networks take [1, 28, 28].");
    }
}
