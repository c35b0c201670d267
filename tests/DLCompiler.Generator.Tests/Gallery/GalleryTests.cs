using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DLCompiler.Generator.Tests.Gallery;

/// <summary>
/// The mistakes of docs/diagnostics/gallery.md: each gives one message, whoever gives it, with the id, the place and the words that the page quotes; what the
/// page writes instead gives none. <c>DLC_ACCEPT=1</c> writes the messages anew.
/// </summary>
public sealed class GalleryTests
{
    private static bool Accepts => Environment.GetEnvironmentVariable("DLC_ACCEPT") == "1";

    public static TheoryData<string> Titles => [.. GalleryPage.Entries().Select(entry => entry.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task AMistakeGivesOneMessageAndItsRemedyNone(string title)
    {
        GalleryEntry entry = GalleryPage.Entries().Single(candidate => candidate.Title == title);
        Verdict wrong = await Verdict.Of(entry.Wrong);
        Diagnostic found = One(wrong);
        if (!Accepts) Assert.Equal(entry.Quoted, Verdict.Quote(found));
        Verdict mended = await Verdict.Of(entry.Mended);
        Assert.Equal("", Said(mended));
    }

    [Fact]
    public void ThereAreFortyMistakesOrMoreAndEachIsAnother()
    {
        IReadOnlyList<GalleryEntry> entries = GalleryPage.Entries();
        Assert.True(entries.Count >= 40);
        Assert.Equal(entries.Count, entries.Select(entry => entry.Title).Distinct().Count());
        Assert.Equal(entries.Count, entries.Select(entry => entry.Quoted).Distinct().Count());
    }

    [Fact]
    public async Task MessagesAreWrittenAnewOnRequest()
    {
        if (!Accepts) return;
        List<(GalleryEntry, string)> quotes = [];
        foreach (GalleryEntry entry in GalleryPage.Entries())
        {
            Verdict wrong = await Verdict.Of(entry.Wrong);
            quotes.Add((entry, string.Join("\n\n", wrong.All.Select(Verdict.Quote))));
        }

        GalleryPage.Accept(quotes);
    }

    private static Diagnostic One(Verdict verdict)
    {
        Assert.True(verdict.All.Length == 1, $"One mistake, {verdict.All.Length} messages:\n{Said(verdict)}");
        return verdict.All[0];
    }

    private static string Said(Verdict verdict) => string.Join("\n", verdict.All.Select(found =>
        found.Location.SourceTree is null ? found.ToString() : Verdict.Quote(found)));
}
