using System;
using System.Collections.Generic;
using System.Composition;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>Every code fix is one that IDEs find, can be loaded where they load it, is on its diagnostic's page, and mends what stands there.</summary>
public sealed partial class FixDocumentationTests
{
    // The page's example is of another form of the mistake than the fix is for.
    private static readonly string[] otherForms = ["DLC1019", "DLC2001"];

    // A size that nothing tells is asked for with the diagnostic itself.
    private static readonly string[] asksAgain = ["DLC1005"];

    /// <summary>All code fixes.</summary>
    internal static IReadOnlyList<CodeFixProvider> Fixes { get; } =
    [
        .. typeof(RemedyCodeFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RemedyCodeFix)) && !type.IsAbstract)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    // What IDEs have loaded anyway.
    private static readonly string[] known =
    [
        "netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Workspaces",
        "Microsoft.CodeAnalysis.CSharp.Workspaces", "System.Collections.Immutable", "System.Composition.AttributedModel",
    ];

    private static IEnumerable<string> Mended => Fixes.SelectMany(fix => fix.FixableDiagnosticIds).Distinct().Order(StringComparer.Ordinal);

    public static TheoryData<string> Ids => [.. Mended];

    [Fact]
    public void IdesFindThem() => Assert.All(Fixes, fix =>
    {
        ExportCodeFixProviderAttribute export = fix.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>()!;
        Assert.Equal((fix.GetType().Name, LanguageNames.CSharp), (export.Name, Assert.Single(export.Languages)));
        Assert.NotNull(fix.GetType().GetCustomAttribute<SharedAttribute>());
        Assert.Equal([FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution], fix.GetFixAllProvider()!.GetSupportedFixAllScopes());
    });

    // The assembly stands alone beside the generator's: an IDE may load the one without the other.
    [Fact]
    public void TheyNeedWhatAnIdeHasAndNothingElse() =>
        Assert.Empty(typeof(RemedyCodeFix).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Except(known));

    [Fact]
    public void PagesAndTheTableNameTheDiagnosticsThatHaveOne()
    {
        IEnumerable<string> pages = Directory.GetFiles(Path.Combine(Docs(), "diagnostics"), "DLC*.md")
            .Where(path => File.ReadAllText(path).Contains("\n## Code fix\n", StringComparison.Ordinal)).Select(path => Path.GetFileNameWithoutExtension(path));
        Assert.Equal(Mended, pages.Order(StringComparer.Ordinal));
        IEnumerable<string> rows = Row().Matches(File.ReadAllText(Path.Combine(Docs(), "code-fixes.md"))).Select(row => row.Groups[1].Value);
        Assert.Equal(Mended, rows.Distinct());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task WhatIsOfferedMendsTheExampleOfThePage(string id)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Docs(), "diagnostics", id + ".md"));
        string example = "using DLCompiler;\n" + Code().Match(page.Replace("\r\n", "\n", StringComparison.Ordinal)).Groups[1].Value;
        using var solution = new FixSolution([("Example.cs", example)]);
        int offers = 0;
        foreach (CodeFixProvider fix in Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(id)))
        {
            foreach (CodeAction action in await FixTest.OffersAsync(fix, solution.Start))
            {
                Solution changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
                await FixSolution.CheckAsync(changed, asksAgain.Contains(id) ? [id] : []);
                offers++;
            }
        }

        Assert.Equal(!otherForms.Contains(id), offers > 0);
    }

    private static string Docs([CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "..", "docs"));

    [GeneratedRegex(@"^\| \[(DLC\d+)\]", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();
}
