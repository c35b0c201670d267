using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Emit.Cpu;

/// <summary>Prints kernels as C# methods for one instruction-set level. It decides nothing: every choice was made by a schedule.</summary>
/// <param name="target">The level.</param>
/// <param name="kernels">The kernels that others call.</param>
/// <param name="shared">For kernels that are printed elsewhere, what to call.</param>
/// <param name="names">What to call variables; by default as they are called. With other names no comments are printed.</param>
public sealed class KernelPrinter(
    Target target, IReadOnlyDictionary<string, Kernel> kernels, IReadOnlyDictionary<string, string> shared, Func<string, string>? names = null)
{
    private readonly ValuePrinter values = new(target, names);

    /// <summary>Prints one kernel.</summary>
    public void Print(IndentedWriter writer, Kernel kernel)
    {
        foreach (string line in kernel.Comment) writer.Line("// " + line);
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        writer.Block($"public static void {kernel.Name}({string.Join(", ", Parameters(kernel))})", () => Print(writer, kernel.Body));
    }

    /// <summary>Prints what a kernel does: its parameters and statements.</summary>
    public void PrintMeaning(IndentedWriter writer, Kernel kernel)
    {
        foreach (string parameter in Parameters(kernel)) writer.Line(parameter);
        Print(writer, kernel.Body);
    }

    private IEnumerable<string> Parameters(Kernel kernel) =>
        kernel.Parameters.Select(Parameter).Concat(kernel.UsesRandomNumbers ? ["ulong seed", "long iteration"] : []);

    private string Parameter(KernelParameter parameter) => parameter.Variable.Kind switch
    {
        ValueKind.Reference => $"ref {Keyword(parameter.Element)} {values.Name(parameter.Variable)}",
        ValueKind.Index => $"nint {values.Name(parameter.Variable)}",
        _ => $"{Keyword(parameter.Element)} {values.Name(parameter.Variable)}",
    };

    /// <summary>The C# keyword of an element type as kernels read it: truth values are bytes, 0 or 1.</summary>
    public static string Keyword(ElementType element) => element switch
    {
        ElementType.Float32 => "float",
        ElementType.Float64 => "double",
        ElementType.Int32 => "int",
        _ => "byte",
    };

    private void Print(IndentedWriter writer, IReadOnlyList<KernelStatement> statements)
    {
        foreach (KernelStatement statement in statements) Print(writer, statement);
    }

    private void Print(IndentedWriter writer, KernelStatement statement)
    {
        switch (statement)
        {
            case KernelStatement.For loop:
                string counter = values.Name(loop.Counter);
                string step = loop.Step is Value.Integer { Number: 1 } ? counter + "++" : $"{counter} += {values.Print(loop.Step)}";
                writer.Block($"for (nint {counter} = {values.Print(loop.Start)}; {counter} < {values.Print(loop.End)}; {step})", () =>
                    Print(writer, loop.Body));
                break;
            case KernelStatement.If branch:
                writer.Block($"if ({values.Print(branch.Left)} {branch.Comparison} {values.Print(branch.Right)})", () => Print(writer, branch.Then));
                if (branch.Else.Count > 0) writer.Block("else", () => Print(writer, branch.Else));
                break;
            case KernelStatement.While loop:
                writer.Block($"while ({values.Print(loop.Left)} {loop.Comparison} {values.Print(loop.Right)})", () => Print(writer, loop.Body));
                break;
            case KernelStatement.Comment when names is not null:
                // It may speak of names.
                break;
            default:
                writer.Line(Text(statement));
                break;
        }
    }

    private string Text(KernelStatement statement) => statement switch
    {
        KernelStatement.Declare { Variable.Kind: ValueKind.Reference } declare =>
            $"ref {ReferenceType} {values.Name(declare.Variable)} = ref {values.Print(declare.Initial)};",
        KernelStatement.Declare { Variable.Kind: ValueKind.Mask } declare => $"var {values.Name(declare.Variable)} = {values.Print(declare.Initial)};",
        KernelStatement.Declare declare => $"{values.TypeOf(declare.Variable.Kind)} {values.Name(declare.Variable)} = {values.Print(declare.Initial)};",
        KernelStatement.Assign { Variable.Kind: ValueKind.Reference } assign => $"{values.Name(assign.Variable)} = ref {values.Print(assign.NewValue)};",
        KernelStatement.Assign { NewValue: Value.IndexOperation { Operator: "+" } sum } assign when sum.Left == assign.Variable =>
            $"{values.Name(assign.Variable)} += {values.Print(sum.Right)};",
        KernelStatement.Assign assign => $"{values.Name(assign.Variable)} = {values.Print(assign.NewValue)};",
        KernelStatement.Store store => values.Store(store),
        KernelStatement.Call call => $"{(shared.TryGetValue(call.Kernel, out string? name) ? name : call.Kernel)}({string.Join(", ", call.Arguments.Select(values.ReferenceArgument).Concat(kernels[call.Kernel].UsesRandomNumbers ? ["seed", "iteration"] : []))});",
        KernelStatement.Primitive primitive => $"{primitive.Name}({string.Join(", ", primitive.Arguments.Select(values.ReferenceArgument))});",
        KernelStatement.Comment comment => "// " + comment.Text,
        KernelStatement.Line line => string.Join(" ", line.Statements.Select(Text)),
        _ => throw new ArgumentOutOfRangeException(nameof(statement), statement, "not a single-line statement"),
    };

    // All references that kernels declare themselves point into blocks of the element type; integers are read through parameters.
    private string ReferenceType => target.Keyword;
}
