using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace DLCompiler.Checkpoints;

/// <summary>A model's parameters and running statistics in a safetensors file, under their names, in canonical shapes.</summary>
internal static class Checkpoint
{
    // PyTorch's batch norm counts batches; nothing here uses the count.
    private const string BatchCounter = ".num_batches_tracked";

    /// <summary>Writes all tensors; the file appears whole or not at all.</summary>
    public static void Save(ParameterSet parameters, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SafetensorsWriter.Write(path, parameters);
    }

    /// <summary>Reads all tensors; where anything doesn't fit, none is changed.</summary>
    public static void Load(ParameterSet parameters, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var header = SafetensorsHeader.Read(file, path);
        var entries = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        CheckNames(parameters, header, path);
        foreach (var view in parameters) CheckTensor(view, entries[view.Name], path);

        var values = parameters.Select(view => ReadTensor(file, header, entries[view.Name], view.Length)).ToArray();
        foreach (var (view, read) in parameters.Zip(values)) view.CopyFrom(read);
    }

    private static void CheckNames(ParameterSet parameters, SafetensorsHeader header, string path)
    {
        var inFile = header.Entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var missing = parameters.Select(view => view.Name).Where(name => !inFile.Contains(name)).ToList();
        if (missing.Count > 0)
        {
            throw new CheckpointException(
                path, missing[0], $"the file lacks {Count(missing.Count)} of the model ({Names(missing)}).", null, $"tensors {Names(inFile)}",
                "Save the checkpoint from the same model, or rename the model's fields or the file's tensors so that they agree.");
        }

        var extra = header.Entries.Select(entry => entry.Name).Where(name => !parameters.TryGet(name, out _) && !IsBatchCounter(parameters, name)).ToList();
        if (extra.Count > 0)
        {
            throw new CheckpointException(
                path, extra[0], $"the file has {Count(extra.Count)} that the model lacks ({Names(extra)}).", null, null,
                "Load it into the model that it was saved from, or remove them from the file.");
        }
    }

    private static bool IsBatchCounter(ParameterSet parameters, string name) =>
        name.EndsWith(BatchCounter, StringComparison.Ordinal) && parameters.TryGet($"{name[..^BatchCounter.Length]}.running_mean", out _);

    private static void CheckTensor(ParameterView view, SafetensorsEntry entry, string path)
    {
        if (entry.Type != "F32")
        {
            throw new CheckpointException(
                path, view.Name, "the type of its elements is another.", "F32", entry.Type, "Convert the tensor to 32-bit floating point before saving.");
        }

        if (entry.Shape.Length != view.Shape.Length || !entry.Shape.AsSpan().SequenceEqual(view.Shape.ToArray().Select(size => (long)size).ToArray()))
        {
            throw new CheckpointException(
                path, view.Name, "the shape is another.", $"[{string.Join(", ", view.Shape.ToArray())}]", entry.ShapeText,
                "Load the checkpoint into a model with the same sizes.");
        }
    }

    private static float[] ReadTensor(FileStream file, SafetensorsHeader header, SafetensorsEntry entry, int length)
    {
        var values = new float[length];
        file.Position = header.DataStart + entry.Begin;
        LittleEndian.Read(file, values);
        return values;
    }

    private static string Count(int count) => count == 1 ? "a tensor" : FormattableString.Invariant($"{count} tensors");

    private static string Names(IReadOnlyCollection<string> names)
    {
        const int shown = 8;
        string list = string.Join(", ", names.Take(shown).Select(name => $"'{name}'"));
        return names.Count > shown ? FormattableString.Invariant($"{list} and {names.Count - shown} more") : list;
    }
}
