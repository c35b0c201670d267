namespace DLCompiler.Compiler.Diagnostics;

/// <summary>What is true of every diagnostic with one id.</summary>
/// <param name="Id">The stable id.</param>
/// <param name="Title">The rule in a few words.</param>
/// <param name="Severity">The severity unless configured otherwise.</param>
public sealed record DiagnosticRule(string Id, string Title, DiagnosticSeverity Severity)
{
    /// <summary>The category that every rule of the compiler is in.</summary>
    public const string Category = "DLCompiler";

    /// <summary>The help page, relative to the repository's root.</summary>
    public string HelpPage => $"docs/diagnostics/{Id}.md";
}
