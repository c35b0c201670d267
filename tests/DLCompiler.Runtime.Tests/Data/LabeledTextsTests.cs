using System;
using System.IO;
using System.Linq;
using DLCompiler.Data;
using DLCompiler.Metrics;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>Texts with classes from files of lines.</summary>
public sealed class LabeledTextsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Lines_with_text_and_class_are_read()
    {
        // U+0085 does not end a line.
        File.WriteAllText(folder.File("reviews.txt"), "Good \u0085 film.  \t1\r\n\nBad\t0 \nFine\t1");
        var texts = LabeledTexts.ReadDelimited(folder.File("reviews.txt"));
        Assert.Equal(["Good \u0085 film.  ", "Bad", "Fine"], texts.Texts);
        Assert.Equal([1, 0, 1], texts.Labels);
        Assert.Equal(["0", "1"], texts.ClassNames);
        File.WriteAllText(folder.File("reviews.csv"), "pos;x;good\nneg;y;bad\n");
        Assert.Equal(["good", "bad"], LabeledTexts.ReadDelimited(folder.File("reviews.csv"), ';', textColumn: 2, labelColumn: 0).Texts);
    }

    [Fact]
    public void A_file_for_each_class_is_read_and_parts_share_nothing()
    {
        File.WriteAllText(folder.File("neg"), string.Concat(Enumerable.Range(0, 30).Select(i => $"bad {i}\n")));
        File.WriteAllText(folder.File("pos"), string.Concat(Enumerable.Range(0, 20).Select(i => $"good {i}\n")));
        var texts = LabeledTexts.ReadFiles(("neg", folder.File("neg")), ("pos", folder.File("pos")));
        Assert.Equal((50, 20), (texts.Texts.Count, texts.Labels.Sum()));
        var (first, second) = texts.Split(0.9, seed: 1);
        Assert.Equal((45, 5), (first.Texts.Count, second.Texts.Count));
        Assert.Equal(texts.Texts.Order(), first.Texts.Concat(second.Texts).Order());
        Assert.All(first.Texts.Zip(first.Labels), one => Assert.Equal(one.First.StartsWith("good", StringComparison.Ordinal) ? 1 : 0, one.Second));
        Assert.Equal(second.Texts, texts.Split(0.9, seed: 1).Second.Texts);
        Assert.NotEqual(second.Texts, texts.Split(0.9, seed: 2).Second.Texts);
        Assert.Throws<ArgumentOutOfRangeException>(() => texts.Split(1, 1));
    }

    [Fact]
    public void Wrong_files_are_refused_with_line_and_reason()
    {
        File.WriteAllText(folder.File("reviews.txt"), "Good\t1\nno class here\n");
        var exception = Assert.Throws<InvalidDataException>(() => LabeledTexts.ReadDelimited(folder.File("reviews.txt")));
        Assert.Contains("reviews.txt, line 2: expected at least 2 fields", exception.Message, StringComparison.Ordinal);
        File.WriteAllText(folder.File("empty.txt"), "\n\n");
        Assert.Contains("found none", Assert.Throws<InvalidDataException>(() => LabeledTexts.ReadFiles(("a", folder.File("empty.txt")))).Message, StringComparison.Ordinal);
        File.WriteAllBytes(folder.File("latin1.txt"), [0xE9, (byte)'\n']);
        Assert.Throws<InvalidDataException>(() => LabeledTexts.ReadFiles(("a", folder.File("latin1.txt"))));
        Assert.Throws<ArgumentException>(() => new LabeledTexts(["a"], [1], ["only"]));
        Assert.Throws<ArgumentException>(() => new LabeledTexts(["a"], [], ["only"]));
    }

    [Fact]
    public void Scaled_errors_are_those_of_hyndman_and_koehler()
    {
        // Seasons of 2: differences 2, 2, 3 in the training series, mean 7/3.
        var error = new MeanAbsoluteScaledError([1, 5, 3, 7, 6], season: 2);
        error.Add([1, 2], new float[] { 3, 5 });
        Assert.Equal(2.5 / (7 / 3.0), error.Value, 1e-12);
        Assert.Throws<ArgumentException>(() => new MeanAbsoluteScaledError([1, 2], 2));
        Assert.Throws<ArgumentException>(() => new MeanAbsoluteScaledError([1, 2, 1, 2], 2));
    }
}
