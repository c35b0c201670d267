using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DLCompiler.Ide.Tests;

/// <summary>What was seen, as docs/ide.md shows it: the text in the block after <c>&lt;!-- seen: name --&gt;</c>. <c>DLC_ACCEPT=1</c> writes it anew.</summary>
internal static class Transcript
{
    private static readonly string page = Path.Combine(FreshProject.Repository(), "docs", "ide.md");

    /// <summary>Checks that the page shows what was seen.</summary>
    public static void Verify(string name, string seen)
    {
        Match shown = Find(name);
        Assert.True(shown.Success, $"docs/ide.md has no block '<!-- seen: {name} -->'.");
        if (Environment.GetEnvironmentVariable("DLC_ACCEPT") == "1")
        {
            Group old = shown.Groups[1];
            File.WriteAllText(page, Text().Remove(old.Index, old.Length).Insert(old.Index, seen + "\n"));
            shown = Find(name);
        }

        Assert.Equal(shown.Groups[1].Value, seen + "\n");
    }

    /// <summary>A problem with its line and the squiggle under it, and the places that belong to it.</summary>
    public static string Of(Diagnostic problem)
    {
        TextLine line = problem.Location.SourceTree!.GetText().Lines.GetLineFromPosition(problem.Location.SourceSpan.Start);
        int indent = problem.Location.SourceSpan.Start - line.Start;
        int length = Math.Min(problem.Location.SourceSpan.Length, line.End - problem.Location.SourceSpan.Start);
        string severity = problem.Severity.ToString().ToLowerInvariant(), message = problem.GetMessage(CultureInfo.InvariantCulture);
        var text = new StringBuilder($"{Place(problem.Location)}: {severity} {problem.Id}: {message}\n{line}\n");
        text.Append(' ', indent).Append('~', length);
        foreach (Location place in problem.AdditionalLocations)
            text.Append("\n  see ").Append(Place(place)).Append(": ").Append(place.SourceTree!.GetText().ToString(place.SourceSpan));
        return text.ToString();
    }

    /// <summary>The lines that differ between two texts which differ in one place.</summary>
    public static string Difference(string before, string after)
    {
        string[] old = before.Split('\n'), changed = after.Split('\n');
        int same = old.Zip(changed).TakeWhile(pair => pair.First == pair.Second).Count();
        int end = old.Skip(same).Reverse().Zip(changed.Skip(same).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        IEnumerable<string> removed = old[same..^end].Select(line => "- " + line), added = changed[same..^end].Select(line => "+ " + line);
        return string.Join("\n", removed.Concat(added));
    }

    private static Match Find(string name) => Regex.Match(Text(), $"<!-- seen: {Regex.Escape(name)} -->\n```\\w*\n(.*?)```", RegexOptions.Singleline);

    private static string Text() => File.ReadAllText(page).ReplaceLineEndings("\n");

    private static string Place(Location location)
    {
        FileLinePositionSpan span = location.GetLineSpan();
        return $"{Path.GetFileName(span.Path)}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1})";
    }
}
