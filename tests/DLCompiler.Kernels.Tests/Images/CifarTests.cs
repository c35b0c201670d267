using System;
using System.IO;
using System.Linq;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Kernels.Tests;

public sealed class CifarTests : IDisposable
{
    private const int Pixels = 3072;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_of_records_plain_and_compressed()
    {
        string one = folder.Write("one.bin", [.. Record(51, 3), .. Record(0, 9)], compressed: false);
        string two = folder.Write("two.bin.gz", Record(255, 0), compressed: true);
        var data = DataSet.FromCifar10(one, two);
        Assert.Equal([3, 32, 32], data.FeatureShape);
        Assert.Equal([3, 9, 0], data.Labels(0, 3).ToArray());
        Assert.Equal("truck", data.ClassNames[9]);
        // Red, green and blue planes: the bytes count up from the first.
        Assert.Equal(Enumerable.Range(0, Pixels).Select(i => (byte)(51 + i) / 255f), data.Features(0, 1).ToArray());
        Assert.Equal(1f, data.Features(2, 1)[0]);
    }

    [Fact]
    public void Of_two_labels_the_fine_one_unless_asked_for()
    {
        string path = folder.Write("train.bin", Record(0, 19, 99), compressed: false);
        Assert.Equal(99, DataSet.FromCifar100([path]).Labels(0, 1)[0]);
        Assert.Equal(19, DataSet.FromCifar100([path], coarse: true).Labels(0, 1)[0]);
    }

    [Fact]
    public void What_is_no_such_file_says_why()
    {
        Refused("it has 0 bytes, and a record 3073", []);
        Refused("it has 100 bytes, and a record 3073", new byte[100]);
        Refused("after 1 records of 3073 bytes follow 1 more", new byte[3074]);
        Refused("record 1 has the label 10, and labels are 0 to 9. Is it a file of CIFAR-100?", [.. Record(0, 9), .. Record(0, 10)]);
        Assert.Throws<ArgumentException>(() => DataSet.FromCifar10());
        Assert.Throws<FileNotFoundException>(() => DataSet.FromCifar10(folder.Path("missing")));
    }

    private void Refused(string why, byte[] content)
    {
        string path = folder.Write("file", content, compressed: false);
        var exception = Assert.Throws<InvalidDataException>(() => DataSet.FromCifar10(path));
        Assert.StartsWith(path + " can't be read as a CIFAR file: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Record(int first, params byte[] labels) => [.. labels, .. Enumerable.Range(0, Pixels).Select(i => (byte)(first + i))];
}
