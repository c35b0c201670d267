using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using DLCompiler.Generator.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DLCompiler.Generator.Tests.Harness;

/// <summary>What the analyzers say of a project after the generator has run on it.</summary>
internal static class AnalyzerRun
{
    public static Task<ImmutableArray<Diagnostic>> Of(CSharpCompilation compilation) => Of(GeneratorRun.Of(compilation, withKernels: false));

    public static async Task<ImmutableArray<Diagnostic>> Of(GeneratorRun run)
    {
        CompilationWithAnalyzers analysis = run.Output.WithAnalyzers([new ModelAnalyzer(), new ClassRuleAnalyzer(), new EagerCallAnalyzer(), new NoModelAnalyzer(), new LayerShapeAnalyzer()]);
        ImmutableArray<Diagnostic> found = await analysis.GetAnalyzerDiagnosticsAsync();
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>Takes the marks <c>[|</c> and <c>|]</c> out of a text and returns what stood between each pair.</summary>
    public static (string Text, ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan> Spans) Unmark(string marked)
    {
        var text = new StringBuilder();
        var spans = ImmutableArray.CreateBuilder<Microsoft.CodeAnalysis.Text.TextSpan>();
        int position = 0;
        while (marked.IndexOf("[|", position, StringComparison.Ordinal) is var open and >= 0)
        {
            int close = marked.IndexOf("|]", open, StringComparison.Ordinal);
            text.Append(marked, position, open - position);
            spans.Add(new Microsoft.CodeAnalysis.Text.TextSpan(text.Length, close - open - 2));
            text.Append(marked, open + 2, close - open - 2);
            position = close + 2;
        }

        return (text.Append(marked, position, marked.Length - position).ToString(), spans.ToImmutable());
    }
}
