using System.Linq;
using System.Reflection;
using DLCompiler.Compiler.Diagnostics;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>The table of rules.</summary>
public sealed class DiagnosticRulesTests
{
    [Fact]
    public void EveryIdHasOneRule()
    {
        string[] ids = [.. typeof(DiagnosticIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
        Assert.Equal(ids.Order(), DiagnosticRules.All.Select(rule => rule.Id).Order());
        Assert.All(DiagnosticRules.All, rule => Assert.Matches("^DLC[0-9]{4}$", rule.Id));
        Assert.Equal("docs/diagnostics/DLC1004.md", DiagnosticRules.Find("DLC1004").HelpPage);
    }
}
