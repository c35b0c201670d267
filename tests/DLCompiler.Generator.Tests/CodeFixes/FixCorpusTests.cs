using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>Every offer for the mistakes of the folder Mistakes, of two of each kind unless <c>DLC_TEST_FULL=1</c>: what it leaves is C#, and the mistake is gone.</summary>
public sealed class FixCorpusTests
{
    private static bool IsFull => Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1";

    [Fact]
    public async Task NoOfferBreaksCode()
    {
        List<(string File, string Text, string Title, string Mistake)> mended = [];
        foreach (IGrouping<string, string> kind in MistakeTests.Cases().GroupBy(one => one.Id, one => one.Code))
        {
            CodeFixProvider[] fixes = [.. FixDocumentationTests.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(kind.Key))];
            if (fixes.Length == 0) continue;
            foreach (string code in IsFull ? kind : kind.Take(2))
            {
                using var solution = new FixSolution([("Mistake.cs", "namespace Mistake;\n" + code)]);
                string mistake = Text((await FixSolution.FindAsync(solution.Start.Projects.Single())).Single());
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

        Assert.True(mended.Count > (IsFull ? 60 : 20), $"{mended.Count} offers");
        using var after = new FixSolution([.. mended.Select(offer => (offer.File, offer.Text))]);
        Project project = after.Start.Projects.Single();
        ILookup<string, string> left = (await FixSolution.FindAsync(project)).ToLookup(File, Text);
        ILookup<string, string> errors = (await project.GetCompilationAsync())!.GetDiagnostics()
            .Where(error => error.DefaultSeverity == DiagnosticSeverity.Error).ToLookup(File, Text);
        Assert.All(mended, offer =>
        {
            Assert.Empty(errors[offer.File]);
            Assert.DoesNotContain(offer.Mistake, left[offer.File]);
        });
    }

    private static string Text(Diagnostic diagnostic) => $"{diagnostic.Id} {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";

    private static string File(Diagnostic diagnostic) => Path.GetFileName(diagnostic.Location.SourceTree?.FilePath ?? "");
}
