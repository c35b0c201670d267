using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;

namespace DLCompiler.Generator;

/// <summary>The compiler's rules as Roslyn descriptors. Errors keep a model from being compiled, so nobody may configure them away.</summary>
internal static class Descriptors
{
    private const string PageRoot = "https://github.com/dlcompiler/dlcompiler/blob/main/";

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> all = DiagnosticRules.All.ToImmutableDictionary(rule => rule.Id, Create);

    /// <summary>The descriptor of a rule.</summary>
    public static DiagnosticDescriptor Of(string id) => all[id];

    /// <summary>
    /// DLC9002 where analyzers run as well. The command-line compiler stops before the analyzers at an error that can't be configured, and DLC9002 would hide
    /// the diagnostics that say what is wrong; those can't be configured away, so that the build fails all the same.
    /// </summary>
    public static DiagnosticDescriptor NotCompiledBesideAnalyzers { get; } = Create(DiagnosticRules.Find(DiagnosticIds.NotCompiled), []);

    /// <summary>The descriptors of several rules.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Of(IEnumerable<string> ids) => ids.Select(Of).ToImmutableArray();

    /// <summary>Whether a rule keeps a model from being compiled.</summary>
    public static bool IsError(string id) => DiagnosticRules.Find(id).Severity == Compiler.Diagnostics.DiagnosticSeverity.Error;

    private static DiagnosticDescriptor Create(DiagnosticRule rule) =>
        Create(rule, rule.Severity == Compiler.Diagnostics.DiagnosticSeverity.Error ? [WellKnownDiagnosticTags.NotConfigurable] : []);

    private static DiagnosticDescriptor Create(DiagnosticRule rule, string[] tags) => new(
        rule.Id,
        rule.Title,
        "{0}",
        DiagnosticRule.Category,
        rule.Severity switch
        {
            Compiler.Diagnostics.DiagnosticSeverity.Error => Microsoft.CodeAnalysis.DiagnosticSeverity.Error,
            Compiler.Diagnostics.DiagnosticSeverity.Warning => Microsoft.CodeAnalysis.DiagnosticSeverity.Warning,
            _ => Microsoft.CodeAnalysis.DiagnosticSeverity.Info,
        },
        isEnabledByDefault: rule.Severity != Compiler.Diagnostics.DiagnosticSeverity.Info,
        helpLinkUri: PageRoot + rule.HelpPage,
        customTags: tags);
}
