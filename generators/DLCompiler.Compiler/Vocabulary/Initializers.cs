using System;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>What a layer's <c>initializer</c> argument means for its weights and for its biases.</summary>
internal static class Initializers
{
    /// <summary>The weights': the layer's default unless another is named. The names are those of <c>DLCompiler.Initializer</c>.</summary>
    public static InitializerKind Weights(ArgumentSet arguments, InitializerKind @default) =>
        arguments.Member("initializer", "Default") is var name && Enum.TryParse(name, out InitializerKind kind) ? kind : @default;

    /// <summary>The biases': as PyTorch's default with default weights, zeros beside any other initialiser, as those were published.</summary>
    public static InitializerKind Biases(ArgumentSet arguments) =>
        arguments.Member("initializer", "Default") == "Default" ? InitializerKind.UniformFanIn : InitializerKind.Zeros;
}
