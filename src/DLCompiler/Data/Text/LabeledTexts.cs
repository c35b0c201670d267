using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using DLCompiler.Runtime;
using DLCompiler.Text;

namespace DLCompiler.Data;

/// <summary>Texts with a class each, as files of lines have them: UTF-8, plain or compressed with gzip, lines that end with a line feed.</summary>
public sealed class LabeledTexts
{
    private readonly string[] texts;
    private readonly int[] labels;

    /// <summary>Takes texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="labels">One class for each, from 0.</param>
    /// <param name="classNames">The classes' names in the order of labels.</param>
    /// <exception cref="ArgumentException">There is no text, not a label for each, or a label is none of a class.</exception>
    public LabeledTexts(IReadOnlyList<string> texts, IReadOnlyList<int> labels, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classNames);
        (this.texts, this.labels, ClassNames) = ([.. texts], [.. labels], [.. classNames]);
        if (texts.Count == 0) throw new ArgumentException("There are no texts. Pass at least one.", nameof(texts));
        if (texts.Count != labels.Count)
            throw new ArgumentException(FormattableString.Invariant($"{texts.Count} texts have {labels.Count} labels. Pass one for each text."),
                nameof(labels));
        int wrong = this.labels.AsSpan().IndexOfAnyExceptInRange(0, classNames.Count - 1);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Label {wrong} is {labels[wrong]}, but there are {classNames.Count} classes, from 0."), nameof(labels));
        }
    }

    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts => texts;

    /// <summary>The class of each text.</summary>
    public IReadOnlyList<int> Labels => labels;

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Reads a file with a text and its class in each line. Empty lines are left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">What stands between text and class.</param>
    /// <param name="textColumn">Which field is the text, from 0.</param>
    /// <param name="labelColumn">Which field is the class, from 0.</param>
    /// <returns>Texts, with classes by their names in ordinal order.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is negative, or both are the same.</exception>
    /// <exception cref="InvalidDataException">A line has too few fields, the file has no line or is not UTF-8; the message has the line.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static LabeledTexts ReadDelimited(string path, char delimiter = '\t', int textColumn = 0, int labelColumn = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(textColumn);
        ArgumentOutOfRangeException.ThrowIfNegative(labelColumn);
        ArgumentOutOfRangeException.ThrowIfEqual(labelColumn, textColumn);
        int fields = Math.Max(textColumn, labelColumn) + 1;
        var rows = new List<(string Text, string Class)>();
        foreach (var (text, number) in Lines(path))
        {
            string[] parts = text.Split(delimiter);
            if (parts.Length < fields)
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}, line {number}: expected at least {fields} fields between '{delimiter}', found {parts.Length} in {QuotedText.Of(text)}. " +
                    $"Check the delimiter, or mend the line."));
            }

            rows.Add((parts[textColumn], parts[labelColumn].Trim()));
        }

        string[] classes = [.. rows.Select(row => row.Class).Distinct().Order(StringComparer.Ordinal)];
        return new LabeledTexts([.. rows.Select(row => row.Text)], [.. rows.Select(row => Array.IndexOf(classes, row.Class))], classes);
    }

    /// <summary>Reads a file for each class, with a text in each line. Empty lines are left out.</summary>
    /// <param name="files">The classes in the order of their labels, with their files.</param>
    /// <exception cref="ArgumentException">There is no file, or a path is empty.</exception>
    /// <exception cref="InvalidDataException">A file has no line or is not UTF-8; the message has the line.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static LabeledTexts ReadFiles(params IReadOnlyList<(string ClassName, string Path)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 0) throw new ArgumentException("There are no files. Pass one for each class.", nameof(files));
        var rows = files.SelectMany((file, label) => Lines(file.Path).Select(line => (line.Text, Label: label))).ToList();
        return new LabeledTexts([.. rows.Select(row => row.Text)], [.. rows.Select(row => row.Label)], [.. files.Select(file => file.ClassName)]);
    }

    /// <summary>Two random parts that share no text.</summary>
    /// <param name="fraction">The first part's share, 0 to 1, rounded to whole texts.</param>
    /// <param name="seed">Fixes the choice.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1, or leaves one part empty.</exception>
    public (LabeledTexts First, LabeledTexts Second) Split(double fraction, ulong seed)
    {
        int first = (int)Math.Round(texts.Length * fraction);
        if (!(fraction >= 0 && fraction <= 1) || first == 0 || first == texts.Length)
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The first part's share is between 0 and 1, and leaves a text for both parts.");
        int[] order = Permutation.Create(texts.Length, seed);
        return (Select(order[..first]), Select(order[first..]));
    }

    private static IEnumerable<(string Text, int Number)> Lines(string path)
    {
        // Signs that other systems take for the end of a line, such as U+0085, are part of texts.
        string[] lines = UnicodeText.ReadFile(path).Split('\n');
        var found = lines.Select((line, i) => (Text: line.TrimEnd('\r'), Number: i + 1)).Where(line => line.Text.Length > 0).ToList();
        return found.Count > 0 ? found : throw new InvalidDataException($"{path}: expected a text in each line, found none. Check that it is the right file.");
    }

    private LabeledTexts Select(int[] places) => new([.. places.Select(i => texts[i])], [.. places.Select(i => labels[i])], ClassNames);
}
