using System;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Emit.Cpu;

/// <summary>Prints kernel expressions as C# for one instruction-set level.</summary>
/// <param name="target">The level.</param>
/// <param name="names">What to call variables; by default as they are called.</param>
public sealed class ValuePrinter(Target target, Func<string, string>? names = null)
{
    /// <summary>The static class of the level's vectors: <c>Simd512</c> stands for <c>System.Runtime.Intrinsics.Vector512</c>.</summary>
    private string Simd => "Simd" + Bits;

    /// <summary>The level's vector type of the element: <c>V512</c>.</summary>
    private string VectorType => (target.Element == ElementType.Float64 ? "D" : "V") + Bits;

    private string Bits => target.InstructionSet switch
    {
        InstructionSet.Vector512 => "512",
        InstructionSet.Vector256 => "256",
        _ => "128",
    };

    /// <summary>The C# type of a variable.</summary>
    public string TypeOf(ValueKind kind) => kind switch
    {
        ValueKind.Index => "nint",
        ValueKind.Real => target.Keyword,
        ValueKind.Vector => VectorType,
        ValueKind.Mask => target.Lanes == 1 ? "bool" : VectorType,
        _ => "ref " + target.Keyword,
    };

    /// <summary>The variable's name.</summary>
    public string Name(Value.Variable variable) => names is null ? variable.Name : names(variable.Name);

    /// <summary>The expression.</summary>
    public string Print(Value value) => value switch
    {
        Value.Integer integer => CSharpNumbers.Integer(integer.Number),
        Value.Literal literal => Literal(literal),
        Value.Variable variable => Name(variable),
        Value.IndexOperation operation => IndexOperation(operation),
        Value.Load { Kind: ValueKind.Vector } load => VectorLoad(load),
        Value.Load load => Element(load.Reference, load.Offset),
        Value.LoadIndex load => Element(load.Reference, load.Offset),
        Value.Splat splat => $"{Simd}.Create({Print(splat.Real)})",
        Value.ToReal real => $"({target.Keyword}){Tight(real.Index)}",
        Value.ToIndex index => $"(nint){Tight(index.Real)}",
        Value.ToInt32 small => $"(int){Tight(small.Index)}",
        Value.Cast cast => $"({KernelPrinter.Keyword(cast.Element)}){Tight(cast.Number)}",
        Value.Apply apply => Apply(apply),
        Value.Combine combine =>
            $"Horizontal.{combine.Operation switch { Operation.Add => "Sum", Operation.Max => "Max", _ => "Min" }}({Print(combine.Vector)})",
        Value.FirstLanes lanes => $"Horizontal.FirstLanes{Bits}{(target.Element == ElementType.Float64 ? "Double" : "")}({Print(lanes.Count)})",
        Value.Shifted shifted => Reference(shifted.Reference, shifted.Offset),
        Value.Uniform uniform => Uniform(uniform),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "not a kernel expression"),
    };

    /// <summary>An element in memory: something to read or to assign.</summary>
    public string Element(Value reference, Value offset) => offset is Value.Integer { Number: 0 } && reference is not Value.Shifted
        ? Print(reference)
        : Reference(reference, offset);

    /// <summary>A reference as an argument: with <c>ref</c>.</summary>
    public string ReferenceArgument(Value value) => value.Kind == ValueKind.Reference ? "ref " + Print(value) : Print(value);

    /// <summary>Writes a vector or an element.</summary>
    public string Store(KernelStatement.Store store)
    {
        if (store.Stored.Kind != ValueKind.Vector) return $"{Element(store.Reference, store.Offset)} = {Print(store.Stored)};";
        return $"{Simd}.StoreUnsafe({Print(store.Stored)}, ref {Print(store.Reference)}{NativeOffset(store.Offset)});";
    }

    private string VectorLoad(Value.Load load) => $"{Simd}.LoadUnsafe(ref {Print(load.Reference)}{NativeOffset(load.Offset)})";

    private string NativeOffset(Value offset) => offset switch
    {
        Value.Integer { Number: 0 } => "",
        Value.Integer integer => ", " + CSharpNumbers.Integer(integer.Number),
        _ => $", (nuint){Tight(offset)}",
    };

    private string Reference(Value reference, Value offset) => (reference, offset) switch
    {
        (Value.Shifted inner, _) => Reference(inner.Reference, inner.Offset + offset),
        (_, Value.Integer { Number: 0 }) => Print(reference),
        _ => $"Unsafe.Add(ref {Print(reference)}, {Print(offset)})",
    };

    private string Tight(Value value) => value is Value.Integer or Value.Variable ? Print(value) : $"({Print(value)})";

    private string IndexOperation(Value.IndexOperation operation) => operation.Operator switch
    {
        "min" or "max" => $"nint.{(operation.Operator == "min" ? "Min" : "Max")}({Print(operation.Left)}, {Print(operation.Right)})",
        "+" => $"{Print(operation.Left)} + {Print(operation.Right)}",
        "-" => $"{Print(operation.Left)} - {Factor(operation.Right)}",
        _ => $"{Factor(operation.Left)} {operation.Operator} {Factor(operation.Right, operation.Operator != "*")}",
    };

    private string Factor(Value value, bool right = false) =>
        value is Value.IndexOperation { Operator: "+" or "-" } || (right && value is Value.IndexOperation { Operator: "*" or "/" or "%" })
            ? $"({Print(value)})" : Print(value);

    private string Literal(Value.Literal literal)
    {
        string text = target.Element == ElementType.Float64 ? CSharpNumbers.Double(literal.Real) : CSharpNumbers.Single((float)literal.Real);
        if (literal.Kind == ValueKind.Real) return text;
        if (literal.Real == 0 && 1 / literal.Real > 0) return $"{VectorType}.Zero";
        return literal.Real == 1 ? $"{VectorType}.One" : $"{Simd}.Create({text})";
    }

    private string Uniform(Value.Uniform uniform)
    {
        string width = uniform.Kind == ValueKind.Vector ? Bits : "";
        string type = target.Element == ElementType.Float64 ? "Double" : "";
        return $"PhiloxRandom.Uniform{width}{type}(seed, {CSharpNumbers.Integer(uniform.Stream)}, iteration, {Print(uniform.Index)})";
    }

    private string Apply(Value.Apply apply)
    {
        string[] operands = [.. apply.Operands.Select(Print)];
        bool vector = apply.Kind == ValueKind.Vector || apply.Operands[0].Kind == ValueKind.Vector;
        string Operand(int index) => apply.Operands[index] is Value.Apply or Value.ToReal or Value.Cast ? $"({operands[index]})" : operands[index];
        return apply.Operation switch
        {
            Operation.Add => $"{Operand(0)} + {Operand(1)}",
            Operation.Subtract => $"{Operand(0)} - {Operand(1)}",
            Operation.Multiply => $"{Operand(0)} * {Operand(1)}",
            Operation.Divide => $"{Operand(0)} / {Operand(1)}",
            Operation.Negate => $"-{Operand(0)}",
            Operation.MultiplyAdd => MultiplyAdd(operands[0], operands[1], operands[2], vector),
            Operation.NegatedMultiplyAdd => MultiplyAdd($"-{Operand(0)}", operands[1], operands[2], vector),
            Operation.Max => $"VectorMath.MaxPropagateNaN({operands[0]}, {operands[1]})",
            Operation.Min => $"VectorMath.MinPropagateNaN({operands[0]}, {operands[1]})",
            Operation.Abs or Operation.Sqrt => vector ? $"{Simd}.{apply.Operation}({operands[0]})" : $"{target.Keyword}.{apply.Operation}({operands[0]})",
            Operation.Power => $"VectorMath.Pow({operands[0]}, {operands[1]})",
            Operation.Equal or Operation.NotEqual or Operation.Less or Operation.LessOrEqual or Operation.Greater or Operation.GreaterOrEqual =>
                Compare(apply, operands, vector),
            Operation.And => $"{Operand(0)} & {Operand(1)}",
            Operation.Or => $"{Operand(0)} | {Operand(1)}",
            Operation.Not => apply.IsVectorMask ? $"~{Operand(0)}" : $"!{Operand(0)}",
            Operation.Select => vector || apply.Operands[1].Kind == ValueKind.Vector
                ? $"{Simd}.ConditionalSelect({operands[0]}, {operands[1]}, {operands[2]})"
                : $"({operands[0]} ? {operands[1]} : {operands[2]})",
            _ => $"VectorMath.{apply.Operation}({string.Join(", ", operands)})",
        };
    }

    // 512-bit vectors imply the fused instruction. Below, it is used where the processor has it and never emulated.
    private string MultiplyAdd(string a, string b, string c, bool vector) =>
        !vector ? $"{target.Keyword}.MultiplyAddEstimate({a}, {b}, {c})"
        : target.InstructionSet == InstructionSet.Vector512 ? $"{Simd}.FusedMultiplyAdd({a}, {b}, {c})"
        : $"{Simd}.MultiplyAddEstimate({a}, {b}, {c})";

    private string Compare(Value.Apply apply, string[] operands, bool vector)
    {
        if (!vector)
        {
            // Only NaN differs from itself; the C# compiler warns of comparing a variable with itself.
            if (operands[0] == operands[1] && apply.Operation is (Operation.Equal or Operation.NotEqual))
                return $"{(apply.Operation == Operation.Equal ? "!" : "")}{target.Keyword}.IsNaN({operands[0]})";
            string symbol = apply.Operation switch
            {
                Operation.Equal => "==",
                Operation.NotEqual => "!=",
                Operation.Less => "<",
                Operation.LessOrEqual => "<=",
                Operation.Greater => ">",
                _ => ">=",
            };
            return $"({operands[0]} {symbol} {operands[1]})";
        }

        if (apply.Operation == Operation.NotEqual) return $"~{Simd}.Equals({operands[0]}, {operands[1]})";
        string name = apply.Operation switch
        {
            Operation.Equal => "Equals",
            Operation.Less => "LessThan",
            Operation.LessOrEqual => "LessThanOrEqual",
            Operation.Greater => "GreaterThan",
            _ => "GreaterThanOrEqual",
        };
        return $"{Simd}.{name}({operands[0]}, {operands[1]})";
    }
}
