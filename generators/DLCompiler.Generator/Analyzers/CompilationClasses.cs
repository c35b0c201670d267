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
    private readonly ConcurrentDictionary<(string Id, SourceSite Place, string Message), bool> reported = new();
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

    /// <summary>Whether the C# compiler rejects code of a model, or of a class that it is made of: what we find may follow from that.</summary>
    public bool HasErrors(INamedTypeSymbol type, ParsedClass model, CancellationToken cancellation) =>
        ProgramFormat.Dependencies(model.Program, name => Find(name, cancellation)?.Program).Select(block => block.MetadataName)
            .Select(name => compilation.Assembly.GetTypeByMetadataName(name)).Concat(Neighbours(type)).Append(type).OfType<INamedTypeSymbol>()
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
            .Any(part => CSharpErrors.Of(part, compilation, cancellation).Any());

    /// <summary>The base of a class, and the types of its fields: also classes that would be blocks if their attribute were not missing or misspelt.</summary>
    public static IEnumerable<INamedTypeSymbol?> Neighbours(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Select(field => (field.Type is IArrayTypeSymbol array ? array.ElementType : field.Type) as INamedTypeSymbol)
            .Append(type.BaseType);

    /// <summary>Whether a finding is the first of its kind at its place; the same block is evaluated for each model that uses it.</summary>
    public bool IsNews(CompilerDiagnostic finding) => reported.TryAdd((finding.Id, finding.Location, finding.Message), true);

    private Dictionary<string, ClassProgram> Published(CancellationToken cancellation)
    {
        if (published is { } known) return known;
        Dictionary<string, ClassProgram> found = new(StringComparer.Ordinal);
        foreach (ClassProgram program in ReferencedPrograms.Parse(ReferencedPrograms.Read(compilation, cancellation))) found[program.MetadataName] = program;
        return published = found;
    }
}
