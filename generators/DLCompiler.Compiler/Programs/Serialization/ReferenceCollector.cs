using System;
using System.Collections.Generic;

namespace DLCompiler.Compiler.Programs.Serialization;

/// <summary>Collects every text of a program: among them are the names of all classes that it refers to.</summary>
internal sealed class ReferenceCollector : ProgramStream
{
    /// <summary>The texts.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override char Tag(char value) => value;

    /// <inheritdoc/>
    public override string Text(string? value)
    {
        value ??= "";
        // A field's type may be an array of blocks, or have them as arguments.
        foreach (string part in value.Split('[', ']', ',')) Names.Add(part);
        return value;
    }

    /// <inheritdoc/>
    public override int Number(int? value) => value ?? 0;
}
