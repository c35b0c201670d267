using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DLCompiler.Data;
using DLCompiler.Runtime;

namespace DLCompiler.Checkpoints;

/// <summary>A checkpoint that is open for reading: its head is checked, its tensors are read one by one.</summary>
internal sealed class CheckpointFile : IDisposable
{
    // PyTorch's batch norm counts batches; nothing here uses the count.
    private const string BatchCounter = ".num_batches_tracked";

    private readonly FileStream file;
    private readonly SafetensorsHeader header;
    private readonly Dictionary<string, SafetensorsEntry> entries;

    private CheckpointFile(FileStream file, string path)
    {
        this.file = file;
        Path = path;
        header = SafetensorsHeader.Read(file, path);
        entries = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    public string Path { get; }

    /// <summary>Texts beside the tensors, by their names.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <exception cref="CheckpointException">The file is not a sound safetensors file.</exception>
    public static CheckpointFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = ReadableFile.Open(path, bufferSize: 0);
        try
        {
            return new CheckpointFile(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => file.Dispose();

    public bool Has(string name) => entries.ContainsKey(name);

    /// <summary>Checks that the file's tensors are the model's, beside those that hold a state of training.</summary>
    public void CheckWeights(ParameterSet parameters)
    {
        var missing = parameters.Select(view => view.Name).Where(name => !Has(name)).ToList();
        if (missing.Count > 0)
        {
            throw new CheckpointException(
                Path, missing[0], $"the file lacks {Count(missing.Count)} of the model ({Names(missing)}).", null, $"tensors {Names(entries.Keys)}",
                "Save the checkpoint from the same model, or rename the model's fields or the file's tensors so that they agree.");
        }

        var extra = header.Entries.Select(entry => entry.Name)
            .Where(name => !parameters.TryGet(name, out _) && !IsBatchCounter(parameters, name) && !StateNames.AreOfTraining(name)).ToList();
        if (extra.Count > 0)
        {
            throw new CheckpointException(
                Path, extra[0], $"the file has {Count(extra.Count)} that the model lacks ({Names(extra)}).", null, null,
                "Load it into the model that it was saved from, or remove them from the file.");
        }

        foreach (var view in parameters) Check(view.Name, view.Shape);
    }

    /// <summary>Finds tensors under their names in the file, and checks that none is missing or left over, unless that is allowed.</summary>
    public (List<(ParameterView View, string InFile)> Found, List<string> Missing, List<string> Unused) Match(
        List<(ParameterView View, string InFile)> wanted, LoadOptions options, TransposedMatrices transposed)
    {
        var found = wanted.Where(item => Has(item.InFile)).ToList();
        var missing = wanted.Where(item => !Has(item.InFile)).ToList();
        if (missing.Count > 0 && (!options.AllowMissing || found.Count == 0))
        {
            throw new CheckpointException(
                Path, missing[0].InFile, $"the file lacks {Count(missing.Count)} of the model ({Names([.. missing.Select(item => item.InFile)])}).", null,
                $"tensors {Names(entries.Keys)}",
                found.Count == 0 ? "Map the model's names to those of the file: LoadOptions.Names." : "Map their names to those of the file, or set AllowMissing to keep the values that they have.");
        }

        var taken = found.Select(item => item.InFile).ToHashSet(StringComparer.Ordinal);
        var unused = header.Entries.Select(entry => entry.Name)
            .Where(name => !taken.Contains(name) && !StateNames.AreOfTraining(name) && !name.EndsWith(BatchCounter, StringComparison.Ordinal)).ToList();
        if (unused.Count > 0 && !options.AllowUnused)
        {
            throw new CheckpointException(
                Path, unused[0], $"the file has {Count(unused.Count)} that the model does not take ({Names(unused)}).", null, null,
                "Map names of the model to them, or set AllowUnused.");
        }

        foreach (var (view, name) in found) Check(name, transposed.ShapeInFile(view));
        return (found, missing.ConvertAll(item => item.View.Name), unused);
    }

    /// <summary>A tensor's values, row-major; the file has it, of this shape.</summary>
    public float[] Read(string name, ReadOnlySpan<int> shape)
    {
        Check(name, shape);
        var entry = entries[name];
        var values = new float[checked((int)((entry.End - entry.Begin) / sizeof(float)))];
        file.Position = header.DataStart + entry.Begin;
        LittleEndian.Read(file, values);
        return values;
    }

    private static bool IsBatchCounter(ParameterSet parameters, string name) =>
        name.EndsWith(BatchCounter, StringComparison.Ordinal) && parameters.TryGet($"{name[..^BatchCounter.Length]}.running_mean", out _);

    private void Check(string name, ReadOnlySpan<int> shape)
    {
        var entry = entries[name];
        if (entry.Type != "F32")
        {
            throw new CheckpointException(
                Path, name, "the type of its elements is another.", "F32", entry.Type, "Convert the tensor to 32-bit floating point before saving.");
        }

        bool same = entry.Shape.Length == shape.Length;
        for (int axis = 0; same && axis < shape.Length; axis++) same = entry.Shape[axis] == shape[axis];
        if (!same)
        {
            throw new CheckpointException(
                Path, name, "the shape is another.", $"[{string.Join(", ", shape.ToArray())}]", entry.ShapeText,
                "Load the checkpoint into a model with the same sizes.");
        }
    }

    private static string Count(int count) => count == 1 ? "a tensor" : FormattableString.Invariant($"{count} tensors");

    private static string Names(IReadOnlyCollection<string> names)
    {
        const int shown = 8;
        string list = string.Join(", ", names.Take(shown).Select(QuotedText.Of));
        return names.Count > shown ? FormattableString.Invariant($"{list} and {names.Count - shown} more") : list;
    }
}
