using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Emit;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DLCompiler.Backend.Tests.Harness;

/// <summary>Emits models, compiles them into one assembly in memory and loads it: a warning in emitted code is an error here.</summary>
public static class CompiledModels
{
    private static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>The models compiled in an element type, in order. In double precision they take few samples at a time, so that both ways are run.</summary>
    /// <param name="models">The models.</param>
    /// <param name="element">The element type.</param>
    /// <param name="levels">For each model, the levels to emit; all by default.</param>
    /// <param name="decisions">For each model, what takes the compiler's decisions and may decide otherwise.</param>
    public static IReadOnlyList<CompiledModel> Compile(IReadOnlyList<ModelGraph> models, ElementType element, Func<int,
        IReadOnlyList<InstructionSet>>? levels = null, Func<int, ModelDecisions>? decisions = null)
    {
        string[] names = [.. models.Select((_, index) => FormattableString.Invariant($"Model{index}"))];
        string[] sources =
            [.. models.Select((model, index) => KernelFile.PrintCompiled(model, names[index], element, element == ElementType.Float64 ? 1 : null,
            levels?.Invoke(index), decisions?.Invoke(index)))];
        Assembly assembly = Load(sources);
        return [.. names.Select(name => (CompiledModel)Activator.CreateInstance(assembly.GetType("DLCompiler.Generated." + name)!)!)];
    }

    /// <summary>The assembly of emitted sources.</summary>
    /// <exception cref="InvalidOperationException">They don't compile without warnings.</exception>
    public static Assembly Load(IReadOnlyList<string> sources)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error);
        var compilation = CSharpCompilation.Create("Emitted" + Guid.NewGuid().ToString("N"),
            sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp13),
                path: $"Model{index}.cs")), References.Value, options);
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        if (!result.Success)
        {
            string folder = Directory.CreateTempSubdirectory("emitted").FullName;
            for (int index = 0; index < sources.Count; index++) File.WriteAllText(Path.Combine(folder, $"Model{index}.cs"), sources[index]);
            throw new InvalidOperationException($"Emitted code does not compile (see {folder}):\n"
                + string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Take(20)));
        }

        stream.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
    }
}
