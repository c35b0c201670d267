using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Generator.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DLCompiler.Generator.Tests;

public sealed class DescriptorTests
{
    [Fact]
    public void ReleaseNotesListEveryRuleWithItsSeverity()
    {
        string folder = Path.Combine(Root(), "generators", "DLCompiler.Generator");
        string[] rows = [.. new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(file => File.ReadAllLines(Path.Combine(folder, file))).Where(line => line.StartsWith("DLC", System.StringComparison.Ordinal))];
        Assert.Equal(
            DiagnosticRules.All.Select(rule => $"{rule.Id} | {DiagnosticRule.Category} | {Severity(rule)} | {rule.Title}, [documentation](https://github.com/dlcompiler/dlcompiler/blob/main/{rule.HelpPage})"),
            rows);
    }

    // As release notes call what is off unless asked for.
    private static string Severity(DiagnosticRule rule) => rule.Severity == Compiler.Diagnostics.DiagnosticSeverity.Info ? "Disabled" : rule.Severity.ToString();

    [Fact]
    public void EveryRuleHasAPageAndALinkToIt() => Assert.All(DiagnosticRules.All, rule =>
    {
        Assert.True(File.Exists(Path.Combine(Root(), rule.HelpPage)), rule.HelpPage);
        Assert.EndsWith($"/{rule.Id}.md", Descriptors.Of(rule.Id).HelpLinkUri, System.StringComparison.Ordinal);
    });

    [Fact]
    public void ErrorsAreNotConfigurableAndWarningsAre() => Assert.All(DiagnosticRules.All, rule =>
        Assert.Equal(rule.Severity == Compiler.Diagnostics.DiagnosticSeverity.Error, Descriptors.Of(rule.Id)
            .CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable)));

    [Fact]
    public void AnalyzersCoverAllRulesButTheGeneratorsOwn()
    {
        DiagnosticAnalyzer[] analyzers = [new ModelAnalyzer(), new ClassRuleAnalyzer(), new EagerCallAnalyzer(), new NoModelAnalyzer(), new LayerShapeAnalyzer()];
        Assert.Equal(
            DiagnosticRules.All.Select(rule => rule.Id).Except([DiagnosticIds.Schedule, DiagnosticIds.CompilerFailure, DiagnosticIds.NotCompiled]),
            analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id).Distinct()
                .Order(System.StringComparer.Ordinal));
    }

    private static string Root([CallerFilePath] string caller = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "..", ".."));
}
