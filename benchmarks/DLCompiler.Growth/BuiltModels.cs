using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using DLCompiler.Generator;
using DLCompiler.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DLCompiler.Growth;

/// <summary>Models built from their text as a build does it: the generator's driver, the C# compiler, and the assembly loaded.</summary>
internal sealed class BuiltModels
{
    private static readonly CSharpParseOptions parseOptions = new(LanguageVersion.CSharp13);

    private static readonly Lazy<IReadOnlyList<MetadataReference>> references = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "DLCompiler.dll"))
            .Select(path => MetadataReference.CreateFromFile(path))]);

    private BuiltModels(Assembly assembly, long assemblyBytes, IReadOnlyList<string> texts, double generatorMilliseconds, double compilerMilliseconds)
    {
        Assembly = assembly;
        AssemblyBytes = assemblyBytes;
        Texts = texts;
        GeneratorMilliseconds = generatorMilliseconds;
        CompilerMilliseconds = compilerMilliseconds;
        Compiled = [.. assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CompiledModel))).Select(type => (CompiledModel)Activator.CreateInstance(type)!)];
    }

    public Assembly Assembly { get; }

    /// <summary>The size of the assembly, most of which is kernels.</summary>
    public long AssemblyBytes { get; }

    /// <summary>The emitted files with kernels.</summary>
    public IReadOnlyList<string> Texts { get; }

    public double GeneratorMilliseconds { get; }

    /// <summary>What the C# compiler took, for the users' files and the emitted ones.</summary>
    public double CompilerMilliseconds { get; }

    public IReadOnlyList<CompiledModel> Compiled { get; }

    /// <summary>All kernels of one level, of prediction and training.</summary>
    public int Kernels(SimdLevel level) =>
        Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CompiledFunction)) && type.Name.EndsWith(level.ToString(), StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Count(method => !method.IsDefined(typeof(CompilerGeneratedAttribute)));

    /// <exception cref="InvalidOperationException">The text has errors.</exception>
    public static BuiltModels Build(params IReadOnlyList<string> sources)
    {
        var compilation = CSharpCompilation.Create(
            "Built" + Guid.NewGuid().ToString("N"),
            sources.Select(source => CSharpSyntaxTree.ParseText(source, parseOptions)),
            references.Value,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: parseOptions);
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        double generated = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        using var stream = new MemoryStream();
        start = Stopwatch.GetTimestamp();
        var result = output.Emit(stream);
        double emitted = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (!result.Success) throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Where(item => item.Severity == DiagnosticSeverity.Error).Take(5)));

        stream.Position = 0;
        string[] texts = [.. driver.GetRunResult().Results.Single().GeneratedSources
            .Where(source => source.HintName.EndsWith(".Kernels.g.cs", StringComparison.Ordinal)).Select(source => source.SourceText.ToString())];
        return new BuiltModels(new AssemblyLoadContext(null).LoadFromStream(stream), stream.Length, texts, generated, emitted);
    }
}
