namespace DLCompiler.Compiler.Diagnostics;

/// <summary>A finding about a user's model: what <see cref="DiagnosticRules"/> says of its id, where, and the message in full.</summary>
/// <param name="Id">One of <see cref="DiagnosticIds"/>.</param>
/// <param name="Location">The smallest expression that is wrong.</param>
/// <param name="Message">The message; it names the shapes, the dimension and the fix.</param>
/// <param name="Additional">The other parties: the line inside a block, the declaration that disagrees.</param>
/// <param name="Properties">What a code fix needs to know.</param>
public sealed record CompilerDiagnostic(
    string Id, SourceSite Location, string Message, EquatableArray<SourceSite> Additional, EquatableArray<DiagnosticProperty> Properties)
{
    /// <summary>The expressions that gave the shapes it is about, nearest first: what an IDE shows after <see cref="Additional"/>.</summary>
    public EquatableArray<SourceSite> Trail { get; init; } = [];
}
