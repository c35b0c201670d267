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
    private const string ModelEnding = ".onnx";

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
        string[] models = [.. files.Keys.Where(name => name.EndsWith(ModelEnding, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        return [.. models.Select(name => name.EndsWith("/model.onnx", StringComparison.Ordinal) ? Folder(files, name) : Light(files, name))];
    }

    private static OnnxCase Folder(Dictionary<string, byte[]> files, string name)
    {
        string folder = name[..name.LastIndexOf('/')];
        return new OnnxCase(folder, () => OnnxFile.ReadModel(files[name]), () => Data(files, folder + "/test_data_set_"));
    }

    // A model without a folder of its own has its outputs beside it, of inputs that ONNX's own runner makes so: 0, 1/n, 2/n, … of n elements.
    private static OnnxCase Light(Dictionary<string, byte[]> files, string name)
    {
        string start = name[..^ModelEnding.Length];
        return new OnnxCase(start, () => OnnxFile.ReadModel(files[name]), () =>
        {
            OnnxGraph graph = OnnxFile.ReadModel(files[name]).Graph;
            OnnxTensor[] inputs = [.. graph.Inputs.Where(input => !graph.Initializers.ContainsKey(input.Name)).Select(input =>
            {
                int[] shape = [.. input.Shape!.Select(size => (int)size)];
                int count = shape.Aggregate(1, (product, size) => product * size);
                return new OnnxTensor(input.Element, shape, [.. Enumerable.Range(0, count).Select(i => (double)((float)i / count))]);
            })];
            return [new OnnxData(inputs, Tensors(files, start + "_output_"))];
        });
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
