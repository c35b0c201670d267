using System.Globalization;
using System.Linq;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>Prints what begins a generation.</summary>
internal static class GenerationMembers
{
    private const string Result = "global::DLCompiler.Generation.CachedModel";

    public static void Print(IndentedWriter writer, TypeDeclaration type, GenerationSurface generation)
    {
        writer.Line("/// <summary>");
        writer.Line("/// The model as a source of next tokens, which remembers what it needs of the tokens before: a step takes the time of one token.");
        writer.Line("/// </summary>");
        if (generation.Source is { } source) PrintWithSource(writer, type, generation, source);
        else PrintAlone(writer, type, generation);
        writer.Line();
    }

    private static void PrintAlone(IndentedWriter writer, TypeDeclaration type, GenerationSurface generation)
    {
        writer.Line("/// <returns>Memory of its own for sequences; the parameters are this model's.</returns>");
        Exceptions(writer);
        writer.Line(generation.Function < 0
            ? $"public {Result} NextTokens() => {NotCompiled(type)};"
            : $"public {Result} NextTokens() => new {Result}(__link.Host(this), {Numbers(generation)});");
    }

    // What is read first: an encoder's input.
    private static void PrintWithSource(IndentedWriter writer, TypeDeclaration type, GenerationSurface generation, SurfaceFunction source)
    {
        string reuse = Identifiers.Free("reuse", [.. source.Inputs.Select(input => input.PlainName), .. source.Sizes.Select(size => size.PlainName)]);
        FunctionMembers.Documentation(writer, source);
        writer.Line($"/// <param name=\"{reuse}\">What an earlier call returned, to be used again for these inputs; null for memory of its own.</param>");
        writer.Line("/// <returns>A source of tokens for each sample: what is computed of these inputs alone is computed here. The parameters are this model's.</returns>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, an index is out of range, there is no sample, or what is to be used "
            + "again belongs to another model.</exception>");
        Exceptions(writer);
        string parameters = string.Join(", ", source.Inputs.Select(FunctionMembers.Input).Concat(source.Sizes.Select(FunctionMembers.Size))
            .Append($"{Result}? {reuse} = null"));
        writer.Block($"public {Result} NextTokens({parameters})", () =>
        {
            if (generation.Function < 0)
            {
                writer.Line(NotCompiled(type) + ";");
                return;
            }

            FunctionMembers.Begin(writer, type, source, out string call);
            writer.Line($"return {Result}.Read({reuse}, __link.Host(this), {call}, {Numbers(generation)}, {Array(generation.Kept)});");
        });
    }

    private static void Exceptions(IndentedWriter writer)
    {
        writer.Line(SurfaceSource.DisposedException);
        writer.Line("/// <exception cref=\"global::DLCompiler.ModelNotCompiledException\">The model had errors when the project was built.</exception>");
        writer.Line(SurfaceSource.GeneratedCode);
    }

    private static string NotCompiled(TypeDeclaration type) =>
        $"throw new global::DLCompiler.ModelNotCompiledException({CSharpText.Literal(type.Name.TrimStart('@'))})";

    private static string Numbers(GenerationSurface generation) =>
        $"{Number(generation.Function)}, {Number(generation.Vocabulary)}, {Number(generation.IdLimit)}, {Number(generation.MaximumLength)}, "
        + Array(generation.Memories.Select(Number).ToEquatableArray());

    private static string Array(EquatableArray<string> numbers) => numbers.Count == 0 ? "global::System.Array.Empty<long>()"
        : $"new long[] {{ {string.Join(", ", numbers)} }}";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
