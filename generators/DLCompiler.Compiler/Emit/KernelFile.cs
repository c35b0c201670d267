using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Emit;

/// <summary>A model's second file: its kernels, and the part of the class that hands them to the runtime.</summary>
public static class KernelFile
{
    /// <summary>The text of <c>X.Kernels.g.cs</c>; null where the back end has nothing to add.</summary>
    /// <param name="type">The class.</param>
    /// <param name="model">Its graph.</param>
    public static string? Print(TypeDeclaration type, ModelGraph model) => null;
}
