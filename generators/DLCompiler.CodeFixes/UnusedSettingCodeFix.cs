using System.Collections.Generic;
using System.Composition;
using DLCompiler.CodeFixes.Remedies;
using DLCompiler.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DLCompiler.CodeFixes;

/// <summary>Removes a number that the chosen optimizer does not use (DLC3006).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnusedSettingCodeFix)), Shared]
public sealed class UnusedSettingCodeFix() : RemedyCodeFix(DiagnosticIds.UnusedSetting)
{
    private protected override IEnumerable<Remedy> Find(Finding finding)
    {
        if (finding.Around<AttributeArgumentSyntax>() is not { NameEquals: { } property, Parent: AttributeArgumentListSyntax list }) yield break;
        string name = property.Name.Identifier.ValueText;
        yield return new Remedy(
            $"Remove {name}",
            "RemoveUnusedSetting",
            (session, cancellation) => session.Change(list, current => Without(current, name), cancellation));
    }

    // By its name: others of the list may be gone.
    private static AttributeArgumentListSyntax Without(AttributeArgumentListSyntax list, string name)
    {
        int position = list.Arguments.IndexOf(argument => argument.NameEquals?.Name.Identifier.ValueText == name);
        return list.WithArguments(list.Arguments.RemoveAt(position));
    }
}
