using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using DLCompiler.Compiler.Onnx;

namespace DLCompiler.Onnx.Tests;

/// <summary>One set of data of a test case: tensors for the model's inputs and outputs, in their order.</summary>
internal sealed record OnnxData(IReadOnlyList<OnnxTensor> Inputs, IReadOnlyList<OnnxTensor> Outputs);

/// <summary>A test case: a folder with <c>model.onnx</c> and <c>test_data_set_0/input_0.pb</c>, ….</summary>
/// <param name="Name">The folder.</param>
/// <param name="Model">The model file.</param>
/// <param name="Data">Its sets of data.</param>
internal sealed record OnnxCase(string Name, Func<OnnxModel> Model, Func<IReadOnlyList<OnnxData>> Data);

/// <summary>The cases of a zip. They are looked for in <c>$DLCOMPILER_DATA/onnx</c>, then in <c>shared/data/onnx</c> beside the repository.</summary>
internal static class OnnxCases
{
    /// <summary>Why the tests are skipped.</summary>
    public const string Missing = "ONNX's test cases are missing: set DLCOMPILER_DATA to a folder with onnx/node-tests.zip and onnx/model-tests.zip.";

    /// <summary>The zips to read: that of <c>DLCOMPILER_ONNX_TESTS</c>, or those of the data folder; empty where there are none.</summary>
    public static IReadOnlyList<string> Archives()
    {
        string? given = Environment.GetEnvironmentVariable("DLCOMPILER_ONNX_TESTS");
        if (!string.IsNullOrEmpty(given)) return [given];
        string? data = Environment.GetEnvironmentVariable("DLCOMPILER_DATA");
        if (string.IsNullOrEmpty(data)) data = Path.Combine(RepositoryParent(), "shared", "data");
        string[] files = [Path.Combine(data, "onnx", "node-tests.zip"), Path.Combine(data, "onnx", "model-tests.zip")];
        return files.All(File.Exists) ? files : [];
    }

    /// <summary>The cases of a zip, by name.</summary>
    public static IReadOnlyList<OnnxCase> Read(string archive)
    {
        using ZipArchive zip = ZipFile.OpenRead(archive);
        Dictionary<string, byte[]> files = zip.Entries.Where(entry => entry.Name.EndsWith(".onnx", StringComparison.Ordinal)
            || entry.Name.EndsWith(".pb", StringComparison.Ordinal)).ToDictionary(entry => entry.FullName, Bytes);
        return [.. files.Keys.Where(name => name.EndsWith("/model.onnx", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            string folder = name[..name.LastIndexOf('/')];
            return new OnnxCase(folder, () => OnnxFile.ReadModel(files[name]), () => Data(files, folder + "/test_data_set_"));
        })];
    }

    private static IReadOnlyList<OnnxData> Data(Dictionary<string, byte[]> files, string prefix)
    {
        var sets = new List<OnnxData>();
        while (files.ContainsKey($"{prefix}{sets.Count}/output_0.pb"))
            sets.Add(new OnnxData(Tensors(files, $"{prefix}{sets.Count}/input_"), Tensors(files, $"{prefix}{sets.Count}/output_")));
        return sets;
    }

    private static List<OnnxTensor> Tensors(Dictionary<string, byte[]> files, string prefix)
    {
        var tensors = new List<OnnxTensor>();
        while (files.TryGetValue($"{prefix}{tensors.Count}.pb", out byte[]? bytes)) tensors.Add(OnnxFile.ReadTensor(bytes));
        return tensors;
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static string RepositoryParent()
    {
        var current = new DirectoryInfo(AppContext.BaseDirectory);
        while (current is not null && !File.Exists(Path.Combine(current.FullName, "DLCompiler.sln"))) current = current.Parent;
        return current?.Parent?.FullName ?? AppContext.BaseDirectory;
    }
}
