using System.Globalization;
using System.Linq;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>Prints what begins a generation.</summary>
internal static class GenerationMembers
{
    public static void Print(IndentedWriter writer, TypeDeclaration type, GenerationSurface generation)
    {
        const string Result = "global::DLCompiler.Generation.CachedModel";
        writer.Line("/// <summary>");
        writer.Line("/// The model as a source of next tokens, which remembers what it needs of the tokens before: a step takes the time of one token.");
        writer.Line("/// </summary>");
        writer.Line("/// <returns>Memory of its own for sequences; the parameters are this model's.</returns>");
        writer.Line(SurfaceSource.DisposedException);
        writer.Line("/// <exception cref=\"global::DLCompiler.ModelNotCompiledException\">The model had errors when the project was built.</exception>");
        writer.Line(SurfaceSource.GeneratedCode);
        if (generation.Function < 0)
        {
            writer.Line($"public {Result} NextTokens() => throw new global::DLCompiler.ModelNotCompiledException({CSharpText.Literal(type.Name.TrimStart('@'))});");
        }
        else
        {
            writer.Line($"public {Result} NextTokens() => new {Result}(__link.Host(this), {Number(generation.Function)}, {Number(generation.Vocabulary)}, "
                + $"{Number(generation.IdLimit)}, {Number(generation.MaximumLength)}, new long[] {{ {string.Join(", ", generation.Memories.Select(Number))} }});");
        }

        writer.Line();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
