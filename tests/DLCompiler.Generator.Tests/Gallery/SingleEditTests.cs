using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;
using DiagnosticSeverity = Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace DLCompiler.Generator.Tests.Gallery;

/// <summary>
/// One mistake never gives two messages, whoever gives them: right models (the samples, and the gallery's mended ones) with one edit each. DLCompiler reports
/// one error at most, and nothing where C# has an error; the emitted code itself never has one. A few hundred edits; <c>DLC_TEST_FULL=1</c> tries them all,
/// about ten thousand.
/// </summary>
public sealed class SingleEditTests
{
    private const int Batch = 40, Stride = 23;

    private static bool IsFull => Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1";

    [Fact]
    public async Task OneMistakeNeverGivesTwoMessages()
    {
        SingleEdit[] edits = [.. Right().SelectMany(SingleEdit.Of)];
        // Each kind of edit and each model has its share, since they follow one another.
        if (!IsFull) edits = [.. edits.Where((_, index) => index % Stride == 2)];
        List<string> wrong = [];
        int reported = 0;
        foreach (SingleEdit[] batch in edits.Chunk(Batch))
        {
            ILookup<int, Diagnostic> said = await Said(batch);
            for (int index = 0; index < batch.Length; index++)
            {
                Diagnostic[] all = [.. said[index]];
                reported += all.Length > 0 ? 1 : 0;
                if (Objection(all) is { } objection)
                    wrong.Add($"{objection}: {batch[index].What}\n{string.Join("\n", all.Select(Verdict.Quote))}\nin\n{batch[index].Text}");
            }
        }

        Assert.True(reported * 2 > edits.Length, $"Only {reported} of {edits.Length} edits were mistakes.");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {edits.Length} edits:\n\n{string.Join("\n\n================\n\n", wrong.Take(100))}");
    }

    private static string? Objection(Diagnostic[] said)
    {
        Diagnostic[] ours = [.. said.Where(IsOurs)];
        int errors = ours.Count(found => found.DefaultSeverity == DiagnosticSeverity.Error);
        if (said.Any(found => !IsOurs(found) && IsEmitted(found))) return "The emitted code is wrong";
        if (said.Any(found => !IsOurs(found) && found.DefaultSeverity == DiagnosticSeverity.Error && !IsUse(found, ours)))
            return ours.Length > 0 ? "C# has said it" : null;
        if (errors > 1) return "Two errors";
        if (errors == 1 && ours.Length > 1) return "A warning beside an error";
        // Two layers can be left without a use by one edit; each is named.
        int kinds = ours.Select(found => found.Id == DiagnosticIds.WithoutEffect ? DiagnosticIds.UnusedField : found.Id).Distinct().Count();
        return kinds > 1 ? "Two kinds of warnings" : null;
    }

    // Who uses a model that can't be compiled misses its members, and who uses one that has another, wrong name misses it: C# says that wherever it is used.
    private static bool IsUse(Diagnostic found, Diagnostic[] ours) =>
        (found.Id == "CS1061" || (found.Id == "CS0246" && ours.All(own => own.Id == DiagnosticIds.DuplicateName)))
        && ours.All(own => ClassOf(own) != ClassOf(found));

    private static SyntaxNode? ClassOf(Diagnostic found) =>
        found.Location.SourceTree!.GetRoot().FindNode(found.Location.SourceSpan).FirstAncestorOrSelf<BaseTypeDeclarationSyntax>();

    private static bool IsOurs(Diagnostic found) => found.Id.StartsWith("DLC", StringComparison.Ordinal);

    private static bool IsEmitted(Diagnostic found) => found.Location.SourceTree!.FilePath.EndsWith(".g.cs", StringComparison.Ordinal);

    private static IEnumerable<string> Right()
    {
        foreach (string sample in new[] { Samples.LeNet5, Samples.Mlp, Samples.Gan, Samples.ResidualNet })
            yield return sample.Replace("using DLCompiler;\n\nnamespace App;\n\n", "", StringComparison.Ordinal);
        foreach (GalleryEntry entry in GalleryPage.Entries()) yield return entry.Mended;
    }

    // One compilation for several edits: each is a file with a namespace of its own.
    private static async Task<ILookup<int, Diagnostic>> Said(SingleEdit[] edits)
    {
        CSharpCompilation compilation = Verdict.Compilation(edits.Select((edit, index) => ($"Edit{index}.cs", $"namespace Edit{index};\n{edit.Text}")));
        GeneratorRun run = GeneratorRun.Of(compilation, withKernels: false);
        IEnumerable<Diagnostic> all = (await AnalyzerRun.Of(run)).Concat(run.Reported).Concat(run.Compile());
        return all.Where(found => found.Id != DiagnosticIds.NotCompiled && found.DefaultSeverity >= DiagnosticSeverity.Warning)
            .ToLookup(found => Index(found.Location.GetLineSpan().Path));
    }

    // Edit12.cs, or the emitted Edit12.Net.g.cs.
    private static int Index(string path)
    {
        string name = Path.GetFileName(path);
        return int.Parse(name["Edit".Length..name.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }
}
