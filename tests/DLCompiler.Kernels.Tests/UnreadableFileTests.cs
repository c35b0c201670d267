using System;
using System.IO;
using System.Text;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Kernels.Tests;

/// <summary>Data files that can't be read: an <see cref="IOException"/> with the path, whatever stands in the way.</summary>
public sealed class UnreadableFileTests
{
    private static readonly Action<string>[] readers =
    [
        path => IdxReader.Read(path), path => CsvDataSet.Load(path), path => DataSet.FromIdx(path, path), path => DataSet.FromCifar10(path),
        path => PngReader.Read(path),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void MissingFilesFoldersAndDevices(int reader)
    {
        using var folder = new TemporaryFolder();
        string missing = folder.Path("missing");
        Assert.Contains(missing, Assert.Throws<FileNotFoundException>(() => readers[reader](missing)).Message, StringComparison.Ordinal);
        var isFolder = Assert.Throws<IOException>(() => readers[reader](Path.GetDirectoryName(missing)!));
        Assert.EndsWith("can't be read. It is a folder: give the name of a file in it.", isFolder.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => readers[reader](""));
        Assert.ThrowsAny<ArgumentException>(() => readers[reader](null!));
        if (!OperatingSystem.IsLinux()) return;
        // A character device: it has no length and no end that one could go back from.
        Assert.Contains("pipe or a device", Assert.Throws<IOException>(() => readers[reader]("/dev/ptmx")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void EmptyFiles(int reader)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("empty", [], compressed: false);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => readers[reader](path)).Message, StringComparison.Ordinal);
        string compressed = folder.Write("empty.gz", [], compressed: true);
        Assert.Contains(compressed, Assert.Throws<InvalidDataException>(() => readers[reader](compressed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatWasReadIsClosed()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("data", Encoding.UTF8.GetBytes("not,a\nnumber,x\n"), compressed: false);
        foreach (var reader in readers) Assert.Throws<InvalidDataException>(() => reader(path));
        using var exclusive = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(exclusive.Length > 0);
    }
}
