using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Programs.Serialization;

namespace DLCompiler.Generator.Pipeline;

/// <summary>All classes that models may refer to: those of this project, and those that referenced assemblies publish.</summary>
internal sealed record ProgramLibrary(EquatableArray<ClassProgram> Local, EquatableArray<ClassProgram> Referenced)
{
    public static ProgramLibrary Create(IEnumerable<ClassSource> models, IEnumerable<ClassSource> blocks, EquatableArray<ClassProgram> referenced) => new(
        models.Concat(blocks).Select(source => source.Program).OfType<ClassProgram>()
            .GroupBy(program => program.MetadataName, StringComparer.Ordinal).Select(group => group.First())
            .OrderBy(program => program.MetadataName, StringComparer.Ordinal).ToEquatableArray(),
        referenced);

    /// <summary>A model with what it depends on.</summary>
    public ModelSource Resolve(ClassSource source)
    {
        Dictionary<string, ClassProgram> known = new(StringComparer.Ordinal);
        foreach (ClassProgram program in Referenced) known[program.MetadataName] = program;
        foreach (ClassProgram program in Local) known[program.MetadataName] = program;
        return new ModelSource(
            source.MetadataName,
            source.Program,
            source.Declaration with { HintName = HintName(source.MetadataName) },
            source.CanExtend,
            source.Layers,
            source.Problems,
            source.Program is { } model ? ProgramFormat.Dependencies(model, name => known.TryGetValue(name, out ClassProgram? program) ? program : null) : [],
            source.Failure);
    }

    // Hint names are compared without case: `Net` and `net` need different ones.
    private string HintName(string metadataName)
    {
        int before = Local.Count(program => string.Equals(program.MetadataName, metadataName, StringComparison.OrdinalIgnoreCase)
            && string.CompareOrdinal(program.MetadataName, metadataName) < 0);
        string name = metadataName.Replace('+', '.').Replace('`', '-');
        return before == 0 ? name : name + "-" + before.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
