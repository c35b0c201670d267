using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using DLCompiler.Runtime;

namespace DLCompiler.Growth;

/// <summary>What it costs to build networks that stand in files: those of the samples, say.</summary>
internal sealed record NetworkCost(
    [property: JsonPropertyName("models")] IReadOnlyList<string> Models,
    [property: JsonPropertyName("generator_ms")] double GeneratorMilliseconds,
    [property: JsonPropertyName("compiler_ms")] double CompilerMilliseconds,
    [property: JsonPropertyName("emitted_bytes")] long EmittedBytes,
    [property: JsonPropertyName("assembly_bytes")] long AssemblyBytes,
    [property: JsonPropertyName("kernels")] int Kernels,
    [property: JsonPropertyName("arena_bytes")] IReadOnlyDictionary<string, long> ArenaBytes)
{
    /// <summary>Builds all classes of the files as one project, once.</summary>
    public static NetworkCost Measure(IReadOnlyList<string> sources, int batch)
    {
        BuiltModels built = BuiltModels.Build(sources);
        var arenas = built.Compiled.SelectMany(model => model.Functions.Select((name, index) =>
            (Name: $"{model.Name}.{name}", Bytes: model.CreateFunction(index, SimdDetection.Best).ArenaBytes(batch))));
        return new NetworkCost(
            [.. built.Compiled.Select(model => model.Name)], Math.Round(built.GeneratorMilliseconds), Math.Round(built.CompilerMilliseconds),
            built.Texts.Sum(text => (long)text.Length), built.AssemblyBytes, built.Kernels(SimdDetection.Best),
            arenas.ToDictionary(arena => arena.Name, arena => arena.Bytes));
    }
}
