using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Programs.Serialization;
using DLCompiler.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace DLCompiler.Generator.Pipeline;

/// <summary>The programs that referenced assemblies publish: assemblies have no bodies to parse.</summary>
internal static class ReferencedPrograms
{
    // Metadata never changes; reading it again for each edit would cost more than compiling.
    private static readonly ConditionalWeakTable<MetadataReference, Box> cache = new();

    private sealed record Box(EquatableArray<PublishedProgram> Programs);

    /// <summary>What the references publish.</summary>
    public static EquatableArray<PublishedProgram> Read(Compilation compilation, CancellationToken cancellation)
    {
        List<PublishedProgram> programs = [];
        foreach (MetadataReference reference in compilation.References)
        {
            cancellation.ThrowIfCancellationRequested();
            if (reference is PortableExecutableReference && cache.TryGetValue(reference, out Box? known))
            {
                programs.AddRange(known.Programs);
                continue;
            }

            if (compilation.GetAssemblyOrModuleSymbol(reference) is not IAssemblySymbol assembly) continue;
            EquatableArray<PublishedProgram> published = Published(assembly);
            programs.AddRange(published);
            if (reference is PortableExecutableReference) cache.GetValue(reference, _ => new Box(published));
        }

        return programs.ToEquatableArray();
    }

    /// <summary>The programs behind published texts; texts of another version, or damaged ones, are left out.</summary>
    public static EquatableArray<ClassProgram> Parse(EquatableArray<PublishedProgram> published)
    {
        List<ClassProgram> programs = [];
        foreach (PublishedProgram item in published)
        {
            if (item.Version != ProgramFormat.Version) continue;
            try
            {
                programs.Add(ProgramFormat.Read(item.Text));
            }
            catch (FormatException)
            {
                // The evaluator says where the class is used that it is unknown.
            }
        }

        return programs.ToEquatableArray();
    }

    private static EquatableArray<PublishedProgram> Published(IAssemblySymbol assembly)
    {
        // The library publishes blocks of its own.
        bool knowsLibrary = assembly.Identity.Name == KnownNames.Namespace
            || assembly.Modules.Any(module => module.ReferencedAssemblies.Any(identity => identity.Name == KnownNames.Namespace));
        if (!knowsLibrary) return [];
        return assembly.GetAttributes()
            .Where(attribute => attribute.AttributeClass?.MetadataName() == KnownNames.CompiledBlock)
            .Select(attribute => attribute.ConstructorArguments)
            .Where(arguments => arguments.Length == 3)
            .Select(arguments => new PublishedProgram(arguments[0].Value as string ?? "", arguments[1].Value as int? ?? 0, arguments[2].Value as string ?? ""))
            .ToEquatableArray();
    }
}

/// <summary>A class as an assembly publishes it.</summary>
internal sealed record PublishedProgram(string MetadataName, int Version, string Text);
