using System;

namespace DLCompiler.Compiler.Graph;

/// <summary>An operator's inputs don't fit. The message names the shapes and the dimension; the layer above adds where, and the fix.</summary>
public sealed class ShapeException(string message) : Exception(message);
