using System;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Checkpoints;

/// <summary>The names in a file of a model's tensors, as <see cref="LoadOptions.Names"/> maps them.</summary>
internal sealed class NameMap
{
    private readonly List<KeyValuePair<string, string>> entries;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    public NameMap(IReadOnlyDictionary<string, string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        entries = [.. names.OrderByDescending(entry => entry.Key.Length)];
        foreach (var (model, file) in entries)
        {
            if (model.Length == 0 || model.EndsWith('.') != file.EndsWith('.'))
            {
                throw new ArgumentException(
                    $"Names maps '{model}' to '{file}'. Map a tensor's name to a tensor's name, or a beginning to a beginning, both with a dot at the end.",
                    nameof(names));
            }
        }
    }

    /// <summary>The name in the file of a tensor of the model.</summary>
    public string InFile(string name)
    {
        foreach (var (model, file) in entries)
        {
            if (!(model.EndsWith('.') ? name.StartsWith(model, StringComparison.Ordinal) : name == model)) continue;
            used.Add(model);
            return file + name[model.Length..];
        }

        return name;
    }

    /// <summary>Refuses names that no tensor of the model has: they are misspelt, and what they were meant for would quietly be looked for elsewhere.</summary>
    public void CheckUsed()
    {
        string? wrong = entries.Select(entry => entry.Key).FirstOrDefault(key => !used.Contains(key));
        if (wrong is not null)
            throw new ArgumentException($"Names maps '{wrong}', but the model has no tensor {(wrong.EndsWith('.') ? "that begins so" : "of that name")}.", nameof(LoadOptions.Names));
    }
}
