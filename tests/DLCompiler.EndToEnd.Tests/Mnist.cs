using System;
using System.IO;
using DLCompiler.Data;

namespace DLCompiler.EndToEnd.Tests;

/// <summary>
/// The real MNIST, which the repository does not carry. It is looked for in <c>$DLCOMPILER_DATA/mnist</c>, then in <c>shared/data/mnist</c> beside the repository.
/// </summary>
internal static class Mnist
{
    /// <summary>Why tests that need the data are skipped.</summary>
    public const string Missing = "MNIST is missing: set DLCOMPILER_DATA to a folder with mnist/train-images-idx3-ubyte.gz and the three others.";

    private static readonly Lazy<(DataSet Train, DataSet Test)> data = new(Load);

    private static readonly string? folder = Find();

    /// <summary>Whether the files are there.</summary>
    public static bool IsAvailable => folder is not null;

    /// <summary>60,000 images.</summary>
    public static DataSet Train => data.Value.Train;

    /// <summary>10,000 images.</summary>
    public static DataSet Test => data.Value.Test;

    private static (DataSet Train, DataSet Test) Load() => (Read("train"), Read("t10k"));

    private static DataSet Read(string part) =>
        DataSet.FromIdx(Path.Combine(folder!, part + "-images-idx3-ubyte.gz"), Path.Combine(folder!, part + "-labels-idx1-ubyte.gz"));

    private static string? Find()
    {
        string? data = Environment.GetEnvironmentVariable("DLCOMPILER_DATA");
        if (string.IsNullOrEmpty(data)) data = Path.Combine(RepositoryParent(), "shared", "data");
        string mnist = Path.Combine(data, "mnist");
        return File.Exists(Path.Combine(mnist, "t10k-labels-idx1-ubyte.gz")) ? mnist : null;
    }

    private static string RepositoryParent()
    {
        var current = new DirectoryInfo(AppContext.BaseDirectory);
        while (current is not null && !File.Exists(Path.Combine(current.FullName, "DLCompiler.sln"))) current = current.Parent;
        return current?.Parent?.FullName ?? AppContext.BaseDirectory;
    }
}
