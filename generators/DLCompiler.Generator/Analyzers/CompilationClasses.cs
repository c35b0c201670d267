using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Programs.Serialization;
using DLCompiler.Generator.Parsing;
using DLCompiler.Generator.Pipeline;
using Microsoft.CodeAnalysis;

namespace DLCompiler.Generator.Analyzers;

/// <summary>The models and blocks of a compilation and its references, parsed when they are first asked for.</summary>
internal sealed class CompilationClasses(Compilation compilation)
{
    private readonly ConcurrentDictionary<string, ParsedClass?> parsed = new(StringComparer.Ordinal);
    private Dictionary<string, ClassProgram>? published;

    /// <summary>A class that is written in the compilation's source.</summary>
    public ParsedClass? Find(string metadataName, CancellationToken cancellation)
    {
        if (parsed.TryGetValue(metadataName, out ParsedClass? known)) return known;
        ParsedClass? found = compilation.Assembly.GetTypeByMetadataName(metadataName) is { } type ? ClassParser.Parse(type, compilation, cancellation) : null;
        return parsed.GetOrAdd(metadataName, found);
    }

    /// <summary>The program of a class, wherever it is.</summary>
    public ClassProgram? FindProgram(string metadataName, CancellationToken cancellation) =>
        Find(metadataName, cancellation)?.Program ?? (Published(cancellation).TryGetValue(metadataName, out ClassProgram? program) ? program : null);

    /// <summary>Where a site stands; null for classes of other assemblies.</summary>
    public Location? Locate(SourceSite site, CancellationToken cancellation) => Find(site.ClassMetadataName, cancellation)?.Sites[site.Site];

    /// <summary>Whether the C# compiler rejects code of a model or of what it is made of: then its diagnostics say more than ours would.</summary>
    public bool HasInvalidCode(ParsedClass model, CancellationToken cancellation) =>
        model.HasInvalidCode || ProgramFormat.Dependencies(model.Program, name => Find(name, cancellation)?.Program)
            .Any(block => Find(block.MetadataName, cancellation)!.HasInvalidCode);

    private Dictionary<string, ClassProgram> Published(CancellationToken cancellation)
    {
        if (published is { } known) return known;
        Dictionary<string, ClassProgram> found = new(StringComparer.Ordinal);
        foreach (ClassProgram program in ReferencedPrograms.Parse(ReferencedPrograms.Read(compilation, cancellation))) found[program.MetadataName] = program;
        return published = found;
    }
}
