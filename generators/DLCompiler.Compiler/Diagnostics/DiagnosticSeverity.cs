namespace DLCompiler.Compiler.Diagnostics;

/// <summary>How serious a finding is. An error keeps the model from being compiled; it can't be configured away.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Shown on request.</summary>
    Info,

    /// <summary>The model compiles; something in it is probably not meant.</summary>
    Warning,

    /// <summary>The model does not compile.</summary>
    Error,
}
