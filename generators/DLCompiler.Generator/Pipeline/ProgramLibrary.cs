using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
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

    // Hint names are compared without case: `Net` and `net` need different ones. They hold letters, digits and a few signs; `-` is in no C# name, so it can
    // mark the rest.
    private string HintName(string metadataName)
    {
        var name = new StringBuilder();
        foreach (char letter in metadataName)
        {
            if (letter == '+') name.Append('.');
            else if (char.IsLetterOrDigit(letter) || letter is '.' or '_') name.Append(letter);
            else name.Append('-').Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
        }

        int before = Local.Count(program => string.Equals(program.MetadataName, metadataName, StringComparison.OrdinalIgnoreCase)
            && string.CompareOrdinal(program.MetadataName, metadataName) < 0);
        if (before > 0) name.Append('-').Append(before.ToString(CultureInfo.InvariantCulture));
        return name.ToString();
    }
}
