using System;
using System.Collections.Generic;
using System.Globalization;

namespace DLCompiler.Checkpoints;

/// <summary>The numbers of a checkpoint, which stand as texts in its header: written so that they are read back to the bit, in any culture.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="values">The header's texts.</param>
internal sealed class StateMetadata(string path, IReadOnlyDictionary<string, string> values)
{
    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public bool Has(string key) => values.ContainsKey(key);

    /// <exception cref="CheckpointException">The text is missing.</exception>
    public string String(string key) => values.TryGetValue(key, out string? text) ? text : throw Damaged(key, "a text", "none");

    /// <exception cref="CheckpointException">The number is missing, negative, or none.</exception>
    public long Count(string key) => long.TryParse(String(key), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
        : throw Damaged(key, "a whole number from 0", String(key));

    /// <exception cref="CheckpointException">The number is missing or none.</exception>
    public ulong Seed(string key) => ulong.TryParse(String(key), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value
        : throw Damaged(key, "a whole number from 0", String(key));

    /// <exception cref="CheckpointException">The number is missing or none.</exception>
    public double Number(string key) => Number(key, String(key));

    /// <summary>A number that is a part of a text.</summary>
    /// <exception cref="CheckpointException">It is none.</exception>
    public double Number(string key, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Damaged(key, "a number", text);

    public CheckpointException Damaged(string key, string expected, string actual) => new(
        path, null, $"the header's '{key}' is not what a checkpoint of training has.", expected, $"'{actual}'",
        "The file is damaged or was changed: take an earlier checkpoint, or load its weights alone with Load and begin a new run.");

    /// <summary>Checks that the run that the file continues is this one.</summary>
    /// <param name="what">What differs: <c>another batch size</c>.</param>
    /// <param name="expected">What this run has.</param>
    /// <param name="actual">What the file's has.</param>
    /// <param name="remedy">What to do, beside a new run.</param>
    /// <exception cref="CheckpointException">The two differ.</exception>
    public void Require(string what, string expected, string actual, string remedy)
    {
        if (expected == actual) return;
        throw new CheckpointException(
            path, null, $"the run that it was saved in has {what}.", expected, actual,
            $"{remedy}, or load the weights alone with Load and begin a new run.");
    }
}
