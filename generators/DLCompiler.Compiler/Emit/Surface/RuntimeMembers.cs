using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Programs.Evaluation;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>Prints what the runtime asks of a model: its kernels, if it has any, and its parts. All of it is hidden from users.</summary>
internal static class RuntimeMembers
{
    private const string Runtime = "global::DLCompiler.Runtime.";

    public static void Print(IndentedWriter writer, TypeDeclaration type, ModelSignature signature, EquatableArray<string> layers, bool isSequential)
    {
        writer.Line("// Implemented beside the kernels: without them the model is wrong, or was not compiled, and never runs.");
        writer.Line(SurfaceSource.GeneratedCode);
        writer.Line($"partial void CompileCore(ref {Runtime}CompiledModel? compiled);");
        writer.Line();

        writer.Line(SurfaceSource.GeneratedCode);
        writer.Line($"{Runtime}ModelLink {Runtime}IModelSurface.Link => __link;");
        writer.Line();

        writer.Line(SurfaceSource.GeneratedCode);
        writer.Block($"{Runtime}CompiledModel? {Runtime}IModelSurface.Compile()", () =>
        {
            writer.Line($"{Runtime}CompiledModel? compiled = null;");
            writer.Line("CompileCore(ref compiled);");
            writer.Line("return compiled;");
        });
        writer.Line();

        writer.Line(SurfaceSource.GeneratedCode);
        writer.Block($"void {Runtime}IModelSurface.AttachParts({Runtime}ModelHost host)", () =>
        {
            if (isSequential) writer.Line("host.Attach((global::DLCompiler.Sequential)this, \"\");");
            foreach (string layer in layers) writer.Line($"host.Attach(this.{Identifiers.Escape(layer)}, {CSharpText.Literal(layer)});");
            // Fields of a base class are out of reach, and a block's fields are not the model's.
            foreach (NestedModel nested in signature.Nested.Where(nested => !nested.Field.Contains('.')))
            {
                string field = Identifiers.Escape(nested.Field);
                writer.Line($"host.Attach(({Runtime}IModelSurface?)this.{field}, {Number(nested.FirstParameter)}, {Number(nested.FirstState)});");
            }
        });
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
