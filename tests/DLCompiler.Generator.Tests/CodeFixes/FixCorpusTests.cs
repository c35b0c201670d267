using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using DLCompiler.Generator.Tests.Gallery;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>
/// Every offer for the mistakes of the folder Mistakes and of the gallery, for one of each kind there unless <c>DLC_TEST_FULL=1</c>: what it leaves is C#, and
/// the mistake is gone.
/// </summary>
public sealed partial class FixCorpusTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Linq; using System.Threading; using DLCompiler;\n";

    private static bool IsFull => Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1";

    [Fact]
    public async Task NoOfferBreaksCode()
    {
        List<(string File, string Text, string Title, string Mistake)> mended = [];
        foreach (IGrouping<string, string> kind in MistakeTests.Cases().GroupBy(one => one.Id, one => one.Code).Concat(Gallery()))
        {
            CodeFixProvider[] fixes = [.. FixDocumentationTests.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(kind.Key))];
            if (fixes.Length == 0) continue;
            foreach (string code in IsFull ? kind : kind.Take(1))
            {
                using var solution = new FixSolution([("Mistake.cs", "namespace Mistake;\n" + code)]);
                // Some need other options than a solution of these tests has, or are programs.
                if ((await FixSolution.FindAsync(solution.Start.Projects.Single())).FirstOrDefault() is not { } found) continue;
                string mistake = Text(found);
                foreach (CodeFixProvider fix in fixes)
                {
                    foreach (CodeAction offer in await FixTest.OffersAsync(fix, solution.Start))
                    {
                        string text = (await FixSolution.TextsAsync(await FixTest.ChangedAsync(offer))).Single(), name = $"Offer{mended.Count}";
                        mended.Add((name + ".cs", text.Replace("namespace Mistake;", $"namespace {name};", StringComparison.Ordinal), offer.Title, mistake));
                    }
                }
            }
        }

        Assert.True(mended.Count > (IsFull ? 100 : 30), $"{mended.Count} offers");
        using var after = new FixSolution([.. mended.Select(offer => (offer.File, offer.Text))]);
        Project project = after.Start.Projects.Single();
        ILookup<string, string> left = (await FixSolution.FindAsync(project)).ToLookup(File, Text);
        Compilation compilation = (await project.GetCompilationAsync())!;
        await Assert.AllAsync(mended, async offer =>
        {
            // What is emitted is compiled by other tests.
            SyntaxTree tree = (await project.Documents.Single(document => document.Name == offer.File).GetSyntaxTreeAsync())!;
            Assert.Empty(compilation.GetSemanticModel(tree).GetDiagnostics().Where(error => error.DefaultSeverity == DiagnosticSeverity.Error));
            Assert.DoesNotContain(offer.Mistake, left[offer.File]);
        });
    }

    private static IEnumerable<IGrouping<string, string>> Gallery() =>
        from entry in GalleryPage.Entries()
        let id = Id().Match(entry.Quoted)
        where id.Success
        group Usings + entry.Wrong by id.Value;

    private static string Text(Diagnostic diagnostic) => $"{diagnostic.Id} {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";

    [GeneratedRegex(@"DLC\d+")]
    private static partial Regex Id();

    private static string File(Diagnostic diagnostic) => Path.GetFileName(diagnostic.Location.SourceTree?.FilePath ?? "");
}
