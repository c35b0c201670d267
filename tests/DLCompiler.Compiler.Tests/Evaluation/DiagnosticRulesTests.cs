using System;
using System.IO;
using System.Linq;
using System.Reflection;
using DLCompiler.Compiler.Diagnostics;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>The table of rules, and the pages that it points to.</summary>
public sealed class DiagnosticRulesTests
{
    public static TheoryData<string> Ids => [.. DiagnosticRules.All.Select(rule => rule.Id)];

    [Fact]
    public void EveryIdHasOneRule()
    {
        string[] ids = [.. typeof(DiagnosticIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
        Assert.Equal(ids.Order(), DiagnosticRules.All.Select(rule => rule.Id).Order());
        Assert.All(DiagnosticRules.All, rule => Assert.Matches("^DLC[0-9]{4}$", rule.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryRuleHasAPage(string id)
    {
        DiagnosticRule rule = DiagnosticRules.Find(id);
        string page = File.ReadAllText(Path.Combine(Root(), rule.HelpPage));
        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Fix\n", page, StringComparison.Ordinal);
        string index = File.ReadAllText(Path.Combine(Root(), "docs/diagnostics/README.md"));
        // As the index calls what is off unless asked for.
        string severity = rule.Severity == DiagnosticSeverity.Info ? "disabled" : rule.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        Assert.Contains($"| [{id}]({id}.md) | {severity} | {rule.Title} |", index, StringComparison.Ordinal);
    }

    // The repository, from the test's own folder in it.
    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "DLCompiler.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
