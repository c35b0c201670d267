using System;
using System.IO;
using System.Linq;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Kernels.Tests;

public sealed class PngFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Subfolders_are_classes_in_ordinal_order()
    {
        Write("dog/2.png", PngText.Grey(2, 1, 0, 51));
        Write("dog/10.PNG", PngText.Grey(2, 1, 102, 153));
        Write("Cat/a.png", PngText.Grey(2, 1, 204, 255));
        Write("dog/notes.txt", [1, 2]);
        var data = DataSet.FromPngFolder(folder.Path(""));
        Assert.Equal(["Cat", "dog"], data.ClassNames);
        Assert.Equal([1, 1, 2], data.FeatureShape);
        Assert.Equal([0, 1, 1], data.Labels(0, 3).ToArray());
        Assert.Equal([0.8f, 1, 0.4f, 0.6f, 0, 0.2f], data.Features(0, 3).ToArray());
    }

    [Fact]
    public void A_folder_without_subfolders_has_no_labels()
    {
        for (int i = 0; i < 40; i++) Write($"{i:D2}.png", PngText.Grey(1, 1, (byte)i));
        var data = DataSet.FromPngFolder(folder.Path(""));
        Assert.False(data.HasLabels);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i / 255f), data.Features(0, 40).ToArray());
    }

    [Fact]
    public void Channels_are_converted()
    {
        Write("a.png", PngText.File(2, 1, 8, 2, [255, 0, 0, 10, 20, 30]));
        Write("b.png", PngText.File(2, 1, 8, 6, [0, 255, 0, 51, 40, 50, 60, 255]));
        Write("c.png", PngText.File(2, 1, 8, 4, [255, 51, 0, 255]));

        float[] grey = Features(1);
        float[] expected = [0.299f, ((299 * 10) + (587 * 20) + (114 * 30)) / 255000f, 0.587f, ((299 * 40) + (587 * 50) + (114 * 60)) / 255000f, 1, 0];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], grey[i], 1e-7f);
        Assert.Equal(
            [255, 10, 0, 20, 0, 30, 0, 40, 255, 50, 0, 60, 255, 0, 255, 0, 255, 0], Features(3).Select(value => (int)Math.Round(value * 255)));
        Assert.Equal(
            [255, 10, 0, 20, 0, 30, 255, 255, 0, 40, 255, 50, 0, 60, 51, 255, 255, 0, 255, 0, 255, 0, 51, 255],
            Features(4).Select(value => (int)Math.Round(value * 255)));

        float[] Features(int channels) =>
            DataSet.FromPngFolder(folder.Path(""), new PngFolderOptions { Channels = channels }).Features(0, 3).ToArray();
    }

    [Fact]
    public void Sizes_are_scaled_as_Pillow_does()
    {
        byte[] pixels = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 250];
        Write("a.png", PngText.Grey(4, 4, pixels));
        Scaled(2, 3, [31.5714, 43.5714, 55.5714, 94.4286, 106.4286, 148.4286]);
        Scaled(
            5, 6,
            [
                0, 5, 11.6667, 18.3333, 25, 30, 28, 33, 39.6667, 46.3333, 53, 58, 60, 65, 71.6667, 78.3333, 85, 90, 92, 97, 103.6667, 110.3333, 132, 152, 120, 125,
                131.6667, 138.3333, 195, 250,
            ]);
        Scaled(4, 4, [.. pixels.Select(pixel => (double)pixel)]);

        void Scaled(int height, int width, double[] expected)
        {
            var data = DataSet.FromPngFolder(folder.Path(""), new PngFolderOptions { Height = height, Width = width });
            Assert.Equal([1, height, width], data.FeatureShape);
            float[] actual = data.Features(0, 1).ToArray();
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i] * 255.0, 2e-4);
        }
    }

    [Fact]
    public void What_does_not_fit_names_the_file()
    {
        Refused<DirectoryNotFoundException>("does not exist", "missing");
        Refused<InvalidDataException>("has no PNG files (*.png)", "");
        string first = Write("a/1.png", PngText.Grey(2, 1, 0, 0)), second = Write("a/2.png", PngText.Grey(1, 2, 0, 0));
        Refused<DirectoryNotFoundException>("is a file", "a/1.png");
        Refused<InvalidDataException>($"{second} has 1 x 2 pixels, but {first}, the first, has 2 x 1. Set Height and Width", "");
        Write("a/2.png", PngText.File(2, 1, 8, 2, new byte[6]));
        Refused<InvalidDataException>($"{second} has 3 channels, but {first}, the first, has 1. Set Channels", "");
        File.WriteAllBytes(second, [1, 2, 3]);
        File.WriteAllBytes(folder.Path("a/3.png"), [1, 2, 3]);
        Refused<InvalidDataException>($"{second} can't be read as a PNG file: it starts with 010203", "");
        Directory.CreateDirectory(folder.Path("b"));
        Refused<InvalidDataException>($"{folder.Path("b")} has no PNG files, and each folder in", "");
        Write("c.png", PngText.Grey(1, 1, 0));
        Refused<InvalidDataException>("has folders (such as a) and pictures (such as c.png) side by side", "");

        Assert.Throws<ArgumentException>(() => DataSet.FromPngFolder(""));
        Assert.Throws<ArgumentException>(() => DataSet.FromPngFolder("x", new PngFolderOptions { Height = 3 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSet.FromPngFolder("x", new PngFolderOptions { Channels = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSet.FromPngFolder("x", new PngFolderOptions { Height = 0, Width = 1 }));
    }

    private void Refused<TException>(string why, string path)
        where TException : Exception =>
        Assert.Contains(why, Assert.Throws<TException>(() => DataSet.FromPngFolder(folder.Path(path))).Message, StringComparison.Ordinal);

    private string Write(string name, byte[] content)
    {
        string path = folder.Path(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }
}
