using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>Prints the methods of an entry point: predictions into spans and into new arrays, or a training step.</summary>
internal static class FunctionMembers
{
    public static void Print(IndentedWriter writer, TypeDeclaration type, SurfaceFunction function)
    {
        if (function.Signature.Kind == FunctionKind.Step)
        {
            Step(writer, type, function);
            return;
        }

        IntoSpans(writer, type, function);
        if (function.Outputs.Count > 0) IntoArrays(writer, type, function);
    }

    private static void IntoSpans(IndentedWriter writer, TypeDeclaration type, SurfaceFunction function)
    {
        writer.Line("/// <summary>");
        writer.Line("/// Computes the model's results. Any number of threads may do so at once; nothing is allocated after the first call of a size.");
        writer.Line("/// </summary>");
        Documentation(writer, function);
        foreach (SurfaceTensor output in function.Outputs)
            writer.Line($"/// <param name=\"{output.PlainName}\">Receives the result{Shape(output)}, row-major.</param>");
        Exceptions(writer);
        writer.Line(SurfaceSource.GeneratedCode);
        IEnumerable<string> parameters = function.Inputs.Select(Input).Concat(function.Sizes.Select(Size))
            .Concat(function.Outputs.Select(output => $"global::System.Span<{output.Element}> {output.Name}"));
        writer.Block($"public void {function.Member}({string.Join(", ", parameters)})", () =>
        {
            if (!Begin(writer, type, function, out string call)) return;
            Outputs(writer, function, call);
            writer.Line($"{call}.Run();");
        });
        writer.Line();
    }

    private static void IntoArrays(IndentedWriter writer, TypeDeclaration type, SurfaceFunction function)
    {
        writer.Line("/// <summary>Computes the model's results into new arrays.</summary>");
        Documentation(writer, function);
        writer.Line($"/// <returns>The result{(function.Outputs.Count == 1 ? Shape(function.Outputs[0]) : "s")}, row-major.</returns>");
        Exceptions(writer);
        writer.Line(SurfaceSource.GeneratedCode);
        string result = function.Outputs.Count == 1
            ? function.Outputs[0].Element + "[]"
            : "(" + string.Join(", ", function.Outputs.Select(output => $"{output.Element}[] {output.Name}")) + ")";
        writer.Block($"public {result} {function.Member}({string.Join(", ", function.Inputs.Select(Input).Concat(function.Sizes.Select(Size)))})", () =>
        {
            if (!Begin(writer, type, function, out string call)) return;
            foreach (SurfaceTensor output in function.Outputs)
            {
                string size = output.Size ?? "0";
                writer.Line($"{output.Element}[] {output.Name} = new {output.Element}[{(output.HasBatch ? $"{call}.OutputLength({size})" : size)}];");
            }

            Outputs(writer, function, call);
            writer.Line($"{call}.Run();");
            string names = string.Join(", ", function.Outputs.Select(output => output.Name));
            writer.Line(function.Outputs.Count == 1 ? $"return {names};" : $"return ({names});");
        });
        writer.Line();
    }

    private static void Step(IndentedWriter writer, TypeDeclaration type, SurfaceFunction function)
    {
        writer.Line(function.Signature.Name == "Train"
            ? "/// <summary>Trains the model on one batch: the gradient of the mean loss, and the optimizer's update of every parameter.</summary>"
            : $"/// <summary>Trains the model on one batch: the gradient of <c>{function.Signature.Method}</c>, and the optimizer's update.</summary>");
        Documentation(writer, function);
        string rate = Identifiers.Free("learningRate", [.. function.Inputs.Select(input => input.PlainName), .. function.Sizes.Select(size => size.PlainName)]);
        writer.Line($"/// <param name=\"{rate}\">The learning rate of this step; null for the attribute's.</param>");
        writer.Line("/// <returns>The loss before the update. NaN or infinite once training has diverged: a loop of your own has to look.</returns>");
        Exceptions(writer, "A length does not fit, an index is out of range, or the learning rate is not a finite number.");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">Another step or Fit of the model runs.</exception>");
        writer.Line(SurfaceSource.GeneratedCode);
        string parameters = string.Join(", ", function.Inputs.Select(Input).Concat(function.Sizes.Select(Size)).Append($"double? {rate} = null"));
        writer.Block($"public float {function.Member}({parameters})", () =>
        {
            if (Begin(writer, type, function, out string call)) writer.Line($"return {call}.RunStep({rate});");
        });
        writer.Line();
    }

    /// <summary>Starts the call and binds the inputs; a wrong model whose sizes are unknown has nothing to bind.</summary>
    internal static bool Begin(IndentedWriter writer, TypeDeclaration type, SurfaceFunction function, out string call)
    {
        call = Identifiers.Free("call", [.. function.Inputs.Concat(function.Outputs).Select(tensor => tensor.PlainName),
            .. function.Sizes.Select(size => size.PlainName)]);
        if (!function.IsComplete)
        {
            writer.Line($"throw new global::DLCompiler.ModelNotCompiledException({CSharpText.Literal(type.Name.TrimStart('@'))});");
            return false;
        }

        writer.Line($"global::DLCompiler.Runtime.FunctionCall {call} = __link.Host(this).Call({Number(function.Index)});");
        for (int i = 0; i < function.Sizes.Count; i++)
        {
            SurfaceSize size = function.Sizes[i];
            writer.Line($"{call}.Size({Number(i)}, {size.Name}, {Number(size.Bound)}, {CSharpText.Literal(size.PlainName)}, {CSharpText.Literal(size.Written)}{(size.Multiple > 1 ? ", " + Number(size.Multiple) : "")});");
        }

        for (int i = 0; i < function.Inputs.Count; i++)
        {
            SurfaceTensor input = function.Inputs[i];
            string name = CSharpText.Literal(input.PlainName);
            string size = input.Size ?? "0";
            if (input.Longest is { } longest) writer.Line($"global::DLCompiler.Runtime.FunctionCall.CheckLengths({input.Name}, {longest}, {name});");
            writer.Line(input switch
            {
                { HasBatch: false } => $"{call}.FixedInput<{input.Element}>({Number(i)}, {input.Name}, {size}, {name});",
                { Limit: > 0 } => $"{call}.Indices({Number(i)}, {input.Name}, {size}, {Number(input.Limit)}, {name});",
                _ => $"{call}.Input<{input.Element}>({Number(i)}, {input.Name}, {size}, {name});",
            });
        }

        return true;
    }

    private static void Outputs(IndentedWriter writer, SurfaceFunction function, string call)
    {
        for (int i = 0; i < function.Outputs.Count; i++)
        {
            SurfaceTensor output = function.Outputs[i];
            string bind = output.HasBatch ? "Output" : "FixedOutput";
            writer.Line($"{call}.{bind}<{output.Element}>({Number(i)}, {output.Name}, {output.Size ?? "0"}, {CSharpText.Literal(output.PlainName)});");
        }
    }

    /// <summary>Documents the inputs and sizes.</summary>
    internal static void Documentation(IndentedWriter writer, SurfaceFunction function)
    {
        foreach (SurfaceTensor input in function.Inputs)
        {
            string range = input.Longest is { } longest ? $", from 1 to {longest}" : input.Limit > 0 ? $", from 0 to {Number(input.Limit - 1)}" : "";
            string shape = input.Shape.Length > 0 ? CSharpText.Xml(input.Shape) : "The input";
            writer.Line($"/// <param name=\"{input.PlainName}\">{shape}, row-major{range}.</param>");
        }

        foreach (SurfaceSize size in function.Sizes) writer.Line($"/// <param name=\"{size.PlainName}\">{CSharpText.Xml(size.Written)}, from {Number(size.Multiple)} to {Number(size.Bound)}{(size.Multiple > 1 ? ", a multiple of " + Number(size.Multiple) : "")}.</param>");
    }

    private static void Exceptions(IndentedWriter writer, string argument = "A length does not fit, or an index is out of range.")
    {
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">{argument}</exception>");
        writer.Line(SurfaceSource.DisposedException);
        writer.Line(SurfaceSource.MemoryException);
        writer.Line("/// <exception cref=\"global::DLCompiler.ModelNotCompiledException\">The model had errors when the project was built.</exception>");
    }

    /// <summary>The parameter of a size.</summary>
    internal static string Size(SurfaceSize size) => $"int {size.Name}";

    /// <summary>The parameter of an input.</summary>
    internal static string Input(SurfaceTensor input) => $"global::System.ReadOnlySpan<{input.Element}> {input.Name}";

    private static string Shape(SurfaceTensor tensor) => tensor.Shape.Length > 0 ? ", " + CSharpText.Xml(tensor.Shape) : "";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
