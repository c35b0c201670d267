using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DLCompiler.CodeFixes.Remedies;

/// <summary>The names that a new member of a class has to keep clear of.</summary>
internal static class MemberNames
{
    /// <summary>
    /// The members of a class and of its bases, emitted ones included, and every other name in its text: a new field hides and is hidden by none.
    /// </summary>
    public static HashSet<string> Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        HashSet<string> names = new(StringComparer.Ordinal) { type.Name };
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType) names.UnionWith(part.MemberNames);
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            names.UnionWith(reference.GetSyntax(cancellation).DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken))
                .Select(token => token.ValueText));
        }

        return names;
    }

    /// <summary>A stem with a number. That of a step stands before <c>Loss</c>, which the names of steps end with.</summary>
    public static string Numbered(string stem, int number)
    {
        const string Suffix = "Loss";
        string digits = number.ToString(CultureInfo.InvariantCulture);
        return stem.Length > Suffix.Length && stem.EndsWith(Suffix, StringComparison.Ordinal)
            ? stem.Substring(0, stem.Length - Suffix.Length) + digits + Suffix
            : stem + digits;
    }
}
