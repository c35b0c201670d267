using System.Linq;

namespace DLCompiler.Compiler.Diagnostics;

/// <summary>A fact of a finding that a code fix needs, so that it never has to read the message.</summary>
/// <param name="Name">One of <see cref="DiagnosticProperties"/>.</param>
/// <param name="Value">The fact: a name, or a number in invariant form.</param>
public sealed record DiagnosticProperty(string Name, string Value)
{
    /// <summary>Several facts, from pairs of a name and a value.</summary>
    public static EquatableArray<DiagnosticProperty> List(params (string Name, string Value)[] facts) =>
        facts.Select(fact => new DiagnosticProperty(fact.Name, fact.Value)).ToEquatableArray();
}
