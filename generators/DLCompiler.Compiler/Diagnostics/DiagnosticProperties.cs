namespace DLCompiler.Compiler.Diagnostics;

/// <summary>The names of the facts that findings carry for code fixes.</summary>
public static class DiagnosticProperties
{
    /// <summary>The size that would be right where a wrong one is written.</summary>
    public const string RightSize = "RightSize";

    /// <summary>The name of the argument that is wrong.</summary>
    public const string Argument = "Argument";
}
