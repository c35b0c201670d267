using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Tasks;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using DiagnosticSeverity = Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace DLCompiler.Generator.Tests;

/// <summary>
/// The pages in docs/diagnostics: a page's first C# block gives exactly the page's diagnostic, with the message in the text block after it; the second gives none.
/// Both start with <c>using DLCompiler;</c>, which isn't written. <c>DLC_ACCEPT=1</c> writes messages and the index anew.
/// </summary>
public sealed class DiagnosticPageTests
{
    private const string Prelude = "using DLCompiler;\n";

    // What no code of a user's shows on demand. Each page says why.
    private static readonly string[] withoutExample = ["DLC9001", "DLC9002", "DLC9003"];

    // What comes from another file than code, and has tests of its own.
    private static readonly string[] elsewhere = ["DLC4002"];

    private static bool Accepts => Environment.GetEnvironmentVariable("DLC_ACCEPT") == "1";

    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(Folder(), "DLC*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Except([.. withoutExample, .. elsewhere])
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task TheFailingExampleFailsAsQuotedAndTheMendedOneIsRight(string id)
    {
        Page page = Page.Read(id);
        Assert.Equal(DiagnosticRules.Find(id).Title, page.Title);
        Diagnostic diagnostic = Assert.Single(await AnalyzerRun.Of(Compile(id, page.Failing)));
        Assert.Equal(id, diagnostic.Id);
        string message = $"{id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
        if (Accepts) page.Accept(message);
        else Assert.Equal(page.Message, message);

        GeneratorRun mended = GeneratorRun.Of(Compile(id, page.Mended), withKernels: false);
        Assert.Empty(await AnalyzerRun.Of(mended));
        Assert.Empty(mended.Reported);
        Assert.Empty(mended.Output.GetDiagnostics().Where(error => error.DefaultSeverity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void PagesWithoutAnExampleSayWhy() => Assert.All(withoutExample, id =>
    {
        string text = File.ReadAllText(Path.Combine(Folder(), id + ".md"));
        Assert.DoesNotContain("```csharp", text, StringComparison.Ordinal);
        Assert.Contains("\nNo example", text, StringComparison.Ordinal);
    });

    [Fact]
    public void TheIndexIsMadeFromTheReleaseNotes()
    {
        string path = Path.Combine(Folder(), "README.md"), index = Index();
        if (Accepts) File.WriteAllText(path, index);
        Assert.Equal(File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal), index);
    }

    // Rules that are shown on request only are requested.
    private static CSharpCompilation Compile(string id, string example)
    {
        CSharpCompilation compilation = TestCompilation.Create(Prelude + example);
        if (DiagnosticRules.Find(id).Severity == Compiler.Diagnostics.DiagnosticSeverity.Info)
            compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new(id, ReportDiagnostic.Warn)]));
        return compilation;
    }

    private static string Index()
    {
        string generator = Path.GetFullPath(Path.Combine(Folder(), "..", "..", "generators", "DLCompiler.Generator"));
        var text = new StringBuilder("# Diagnostics\n\n");
        text.Append("Each page has the cause, an example that gives the diagnostic with its exact message, and the mended example. Examples start with\n");
        text.Append("`using DLCompiler;`. [gallery.md](gallery.md) has mistakes as they happen, with what the compiler says. This table is made from the\n");
        text.Append("release notes of the analyzers; [DLC9003](DLC9003.md), which says that the C# compiler is too old, comes from the build.\n\n");
        text.Append("| id | severity | rule |\n|---|---|---|\n");
        IEnumerable<string> rows = new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(file => File.ReadAllLines(Path.Combine(generator, file)))
            .Where(line => line.StartsWith("DLC", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        foreach (string row in rows)
        {
            string[] cells = row.Split(" | ", 4);
            string rule = cells[3][..cells[3].IndexOf(", [documentation]", StringComparison.Ordinal)];
            text.Append(CultureInfo.InvariantCulture, $"| [{cells[0]}]({cells[0]}.md) | {cells[2].ToLowerInvariant()} | {rule} |\n");
        }

        return text.ToString();
    }

    private static string Folder([CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "docs", "diagnostics"));

    /// <summary>A page in parts.</summary>
    private sealed record Page(string File, string Title, string Failing, string Message, string Mended)
    {
        public static Page Read(string id)
        {
            string file = Path.Combine(Folder(), id + ".md");
            string text = System.IO.File.ReadAllText(file).Replace("\r\n", "\n", StringComparison.Ordinal);
            string heading = text[..text.IndexOf('\n', StringComparison.Ordinal)];
            Assert.StartsWith($"# {id}: ", heading, StringComparison.Ordinal);
            string[] code = Blocks(text, "csharp");
            Assert.True(code.Length == 2, $"{id}.md needs two C# blocks: the failing example and the mended one.");
            string message = Assert.Single(Blocks(text, "text"));
            return new Page(file, heading[(id.Length + 4)..], code[0], message.TrimEnd('\n'), code[1]);
        }

        public void Accept(string message) => System.IO.File.WriteAllText(
            File, System.IO.File.ReadAllText(File).Replace($"```text\n{Message}\n```", $"```text\n{message}\n```", StringComparison.Ordinal));

        private static string[] Blocks(string text, string language)
        {
            string start = $"```{language}\n";
            return [.. text.Split(start).Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)])];
        }
    }
}
