using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Xunit;

namespace DLCompiler.Generator.Tests.Gallery;

/// <summary>A mistake of docs/diagnostics/gallery.md.</summary>
/// <param name="Title">The mistake as its author would describe it.</param>
/// <param name="Wrong">The code with the mistake.</param>
/// <param name="Quoted">What is said of it.</param>
/// <param name="Change">The lines that mend it, as a difference.</param>
internal sealed record GalleryEntry(string Title, string Wrong, string Quoted, string Change)
{
    /// <summary>The code after the change.</summary>
    public string Mended => GalleryPage.Apply(Wrong, Change, Title);
}

/// <summary>The gallery: the page itself is what the tests read, and what <c>DLC_ACCEPT=1</c> writes messages into.</summary>
internal static class GalleryPage
{
    public static string Path { get; } = Locate();

    public static string Text => File.ReadAllText(Path).Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>All entries, in order: a heading of the third level, then a block of C#, one of text and a difference.</summary>
    public static IReadOnlyList<GalleryEntry> Entries() => [.. Text.Split("\n### ").Skip(1).Select(Entry)];

    /// <summary>Writes what is said of entries into the page.</summary>
    public static void Accept(IEnumerable<(GalleryEntry Entry, string Quote)> quotes)
    {
        string page = Text;
        foreach ((GalleryEntry entry, string quote) in quotes)
        {
            int start = page.IndexOf("\n### " + entry.Title + "\n", StringComparison.Ordinal);
            int block = page.IndexOf("```text\n", start, StringComparison.Ordinal) + "```text\n".Length;
            page = page[..block] + quote + "\n" + page[page.IndexOf("```", block, StringComparison.Ordinal)..];
        }

        File.WriteAllText(Path, page);
    }

    /// <summary>Applies a difference: runs of lines that go, each found once in the code, with the lines that come in their place.</summary>
    public static string Apply(string code, string change, string title)
    {
        List<string> from = [], to = [];
        string mended = code;
        foreach (string line in change.Split('\n').Append("…"))
        {
            bool goes = line.StartsWith('-'), comes = line.StartsWith('+');
            if (from.Count > 0 && !comes && (!goes || to.Count > 0))
            {
                string old = string.Concat(from.Select(part => part + "\n"));
                int place = mended.IndexOf(old, StringComparison.Ordinal);
                Assert.True(place >= 0 && mended.IndexOf(old, place + 1, StringComparison.Ordinal) < 0, $"{title}: these lines are not there once:\n{old}");
                mended = mended.Replace(old, string.Concat(to.Select(part => part + "\n")), StringComparison.Ordinal);
                from.Clear();
                to.Clear();
            }

            if (goes) from.Add(line[1..]);
            if (comes) to.Add(line[1..]);
        }

        Assert.True(mended != code, $"{title}: the change changes nothing.");
        return mended;
    }

    private static GalleryEntry Entry(string text) =>
        new(text[..text.IndexOf('\n', StringComparison.Ordinal)], Block(text, "csharp"), Block(text, "text").TrimEnd('\n'), Block(text, "diff").TrimEnd('\n'));

    private static string Block(string text, string language)
    {
        string[] parts = text.Split($"```{language}\n");
        Assert.True(parts.Length == 2, $"There is not one {language} block in:\n{text}");
        return parts[1][..parts[1].IndexOf("```", StringComparison.Ordinal)];
    }

    private static string Locate([CallerFilePath] string caller = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(caller)!, "..", "..", "..", "docs", "diagnostics", "gallery.md"));
}
