using System;
using System.ComponentModel;

namespace DLCompiler.Runtime;

/// <summary>
/// What an assembly publishes of a <c>[Block]</c> or <c>[Model]</c>: its body in the compiler's own form, so that it inlines into models of projects that
/// refer to the
/// assembly. The generator writes and reads it; users don't.
/// </summary>
/// <param name="metadataName">The class.</param>
/// <param name="version">The version of the text's format.</param>
/// <param name="program">The class's program.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CompiledBlockAttribute(string metadataName, int version, string program) : Attribute
{
    /// <summary>The class.</summary>
    public string MetadataName { get; } = metadataName;

    /// <summary>The version of the text's format.</summary>
    public int Version { get; } = version;

    /// <summary>The class's program.</summary>
    public string Program { get; } = program;
}
