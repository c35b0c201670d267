using System;
using System.IO;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Kernels.Tests;

public sealed class IdxReaderTests
{
    [Fact]
    public void EveryElementTypeIsBigEndian()
    {
        Assert.Equal([1f, 255f], Read("00000801 00000002 01FF").ToSingles());
        Assert.Equal([1f, -1f], Read("00000901 00000002 01FF").ToSingles());
        Assert.Equal([-2, 0x1234], Read("00000B02 00000001 00000002 FFFE1234").ToInt32s());
        Assert.Equal([int.MinValue, 7], Read("00000C01 00000002 80000000 00000007").ToInt32s());
        Assert.Equal([1.5f], Read("00000D01 00000001 3FC00000").ToSingles());
        Assert.Equal([-2f], Read("00000E01 00000001 C000000000000000").ToSingles());
    }

    [Fact]
    public void TheShapeIsKept()
    {
        var array = Read("00000803 00000001 00000002 00000003 010203040506");
        Assert.Equal([1, 2, 3], array.Shape);
        Assert.Equal(IdxElementType.Byte, array.ElementType);
        Assert.Equal(6, array.Length);
        Assert.Equal(0, Read("00000802 00000000 7FFFFFFF").Length);
    }

    [Theory]
    [InlineData("", "ends within its header")]
    [InlineData("000008", "ends within its header")]
    [InlineData("00000802 00000001", "ends within its header")]
    [InlineData("1F8B0801 00000001 00", "starts with 1F 8B")]
    [InlineData("00000701 00000001 00", "element type 07")]
    [InlineData("00000F01 00000001 00", "element type 0F")]
    [InlineData("00000800", "no dimensions")]
    [InlineData("00000801 80000000 00", "dimension 0 is 2147483648")]
    [InlineData("00000802 00010000 00010000 00", "[65536, 65536] is too large")]
    [InlineData("00000803 7FFFFFFF 7FFFFFFF 7FFFFFFF 00", "too large")]
    [InlineData("00000804 7FFFFFFF 7FFFFFFF 7FFFFFFF 7FFFFFFF 00", "too large")]
    [InlineData("00000E01 10000000 00", "too large")]
    [InlineData("00000801 7FFFFF00 000000", "ends after 3 of 2147483392 bytes")]
    [InlineData("00000801 00000003 0102", "ends after 2 of 3 bytes")]
    [InlineData("00000801 00000001 0102", "data follow after the 1 bytes")]
    public void HostileFilesAreRefused(string hexadecimal, string why)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read(hexadecimal));
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("the test ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ImagesAndLabelsMakeADataSet(bool compressed)
    {
        using var folder = new TemporaryFolder();
        string images = folder.Write("images", Bytes("00000803 00000002 00000001 00000003 00 33 FF 66 99 CC"), compressed);
        string labels = folder.Write("labels", Bytes("00000801 00000002 0709"), compressed);
        var data = DataSet.FromIdx(images, labels);
        Assert.Equal(2, data.Count);
        Assert.Equal([1, 1, 3], data.FeatureShape);
        Assert.Equal([0f, 0.2f, 1f, 0.4f, 0.6f, 0.8f], data.Features(0, 2).ToArray());
        Assert.Equal([7, 9], data.Labels(0, 2).ToArray());
    }

    [Fact]
    public void FilesThatDoNotFitAreRefused()
    {
        using var folder = new TemporaryFolder();
        string images = folder.Write("images", Bytes("00000803 00000002 00000001 00000001 0001"), compressed: false);
        string labels = folder.Write("labels", Bytes("00000801 00000003 000000"), compressed: false);
        Refused("2 images, but", images, labels);
        Refused("images are Byte elements", labels, images);
        Refused("labels are Byte elements", images, images);
    }

    [Fact]
    public void ACutCompressedFileIsRefused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("cut", Bytes("00000801 00000008 0001020304050607"), compressed: true);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..15]);
        Assert.Throws<InvalidDataException>(() => IdxReader.Read(path));
    }

    private static void Refused(string why, string imagesPath, string labelsPath) =>
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => DataSet.FromIdx(imagesPath, labelsPath)).Message, StringComparison.Ordinal);

    private static IdxArray Read(string hexadecimal) => IdxReader.Read(new MemoryStream(Bytes(hexadecimal)), "the test");

    private static byte[] Bytes(string hexadecimal) => Convert.FromHexString(hexadecimal.Replace(" ", "", StringComparison.Ordinal));
}
