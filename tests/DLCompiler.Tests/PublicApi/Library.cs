using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DLCompiler.Tests.PublicApi;

/// <summary>The library as the compiler sees it: as an assembly that is referred to, and as sources with their documentation.</summary>
internal static class Library
{
    private static readonly string folder = FindFolder();
    private static readonly Lazy<IAssemblySymbol> assembly = new(ReadAssembly);
    private static readonly Lazy<CSharpCompilation> sources = new(ReadSources);

    /// <summary>What a user's project refers to.</summary>
    public static IAssemblySymbol Assembly => assembly.Value;

    /// <summary>The sources; they may hold errors where the language is newer than the compiler of the tests, symbols are sound.</summary>
    public static CSharpCompilation Sources => sources.Value;

    /// <summary>The sources' files.</summary>
    public static IEnumerable<string> Files => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .Order(StringComparer.Ordinal);

    /// <summary>The types that users see, in the order of their names; not those that the compiler makes for extension blocks.</summary>
    public static IEnumerable<INamedTypeSymbol> PublicTypes(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers().OrderBy(member => member.MetadataName, StringComparer.Ordinal))
        {
            if (member is INamespaceSymbol space)
            {
                foreach (var type in PublicTypes(space)) yield return type;
            }
            else if (member is INamedTypeSymbol type && IsVisible(type) && !type.MetadataName.Contains('<', StringComparison.Ordinal))
            {
                yield return type;
                foreach (var nested in PublicTypes(type)) yield return nested;
            }
        }
    }

    public static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    private static IAssemblySymbol ReadAssembly()
    {
        var reference = MetadataReference.CreateFromFile(typeof(Tensor).Assembly.Location);
        var compilation = CSharpCompilation.Create("User", [], [.. Platform(), reference]);
        return (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
    }

    private static CSharpCompilation ReadSources()
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse);
        var trees = Files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file));
        return CSharpCompilation.Create(
            "DLCompiler", trees, Platform(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static IEnumerable<MetadataReference> Platform() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Where(path => Path.GetFileName(path) != "DLCompiler.dll").Select(path => MetadataReference.CreateFromFile(path));

    private static string FindFolder([CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "..", "src", "DLCompiler"));
}
