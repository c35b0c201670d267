using System.Linq;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Kernels;

/// <summary>What a kernel value is.</summary>
public enum ValueKind
{
    /// <summary>A native-sized integer: counters, positions.</summary>
    Index,

    /// <summary>One element.</summary>
    Real,

    /// <summary>A vector of elements.</summary>
    Vector,

    /// <summary>The outcome of a comparison of vectors (all bits of a lane) or of elements (a truth value).</summary>
    Mask,

    /// <summary>A reference to an element in memory.</summary>
    Reference,
}

/// <summary>Operations on elements and vectors.</summary>
public enum Operation
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    /// <summary>a · b + c with one rounding where the processor has it.</summary>
    MultiplyAdd,
    /// <summary>c − a · b.</summary>
    NegatedMultiplyAdd,
    /// <summary>The larger; NaN if either is.</summary>
    Max,
    Min,
    /// <summary>max(0, x), NaN kept.</summary>
    Relu,
    Abs,
    Sqrt,
    /// <summary>A function of the library's vector mathematics.</summary>
    Exp,
    Log,
    Tanh,
    Sigmoid,
    Erf,
    Softplus,
    Sin,
    Cos,
    Sign,
    Floor,
    Power,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    Not,
    /// <summary>condition ? a : b, lane by lane.</summary>
    Select,
}

/// <summary>An expression of the kernel language: immutable, value-equal, printed by the emitters without further decisions.</summary>
public abstract record Value(ValueKind Kind)
{
    /// <summary>An integer known at compile time.</summary>
    public sealed record Integer(long Number) : Value(ValueKind.Index);

    /// <summary>A number known at compile time, as an element or in every lane.</summary>
    public sealed record Literal(double Real, ValueKind Kind) : Value(Kind);

    /// <summary>A local variable or parameter.</summary>
    public sealed record Variable(string Name, ValueKind Kind) : Value(Kind)
    {
        /// <summary>Of a mask: whether it is one of vectors, also in a loop over elements' kernel.</summary>
        public bool OfVectors { get; init; }
    }

    /// <summary>Integer arithmetic: <c>+ - * / %</c>, and <c>min</c>.</summary>
    public sealed record IndexOperation(string Operator, Value Left, Value Right) : Value(ValueKind.Index);

    /// <summary>One element or one vector from memory.</summary>
    public sealed record Load(Value Reference, Value Offset, ValueKind Kind) : Value(Kind);

    /// <summary>An integer from memory (an id, a label).</summary>
    public sealed record LoadIndex(Value Reference, Value Offset) : Value(ValueKind.Index);

    /// <summary>An element in every lane.</summary>
    public sealed record Splat(Value Real) : Value(ValueKind.Vector);

    /// <summary>An element that holds a whole number, as an integer.</summary>
    public sealed record ToIndex(Value Real) : Value(ValueKind.Index);

    /// <summary>An integer as an element.</summary>
    public sealed record ToReal(Value Index) : Value(ValueKind.Real);

    /// <summary>An integer as the library's primitives take small counts.</summary>
    public sealed record ToInt32(Value Index) : Value(ValueKind.Index);

    /// <summary>A number as an element of the caller's memory, or the reverse: labels are integers and truth values are bytes there.</summary>
    public sealed record Cast(ElementType Element, Value Number) : Value(ValueKind.Real);

    /// <summary>An operation.</summary>
    public sealed record Apply(Operation Operation, EquatableArray<Value> Operands, ValueKind Kind) : Value(Kind);

    /// <summary>All lanes combined by <see cref="Operation.Add"/>, <see cref="Operation.Max"/> or <see cref="Operation.Min"/>.</summary>
    public sealed record Combine(Operation Operation, Value Vector) : Value(ValueKind.Real);

    /// <summary>A mask of the lanes with a number below <paramref name="Count"/>.</summary>
    public sealed record FirstLanes(Value Count) : Value(ValueKind.Mask);

    /// <summary>A reference further on.</summary>
    public sealed record Shifted(Value Reference, Value Offset) : Value(ValueKind.Reference);

    /// <summary>Random numbers of the run, uniform on [0, 1): those with the given index and, for a vector, the following ones.</summary>
    public sealed record Uniform(int Stream, Value Index, ValueKind Kind) : Value(Kind);

    /// <summary>Whether this is a mask of the lanes of a vector, not the truth value of one element.</summary>
    public bool IsVectorMask => Kind == ValueKind.Mask && this switch
    {
        FirstLanes => true,
        Variable variable => variable.OfVectors,
        Apply apply => apply.Operands.Any(operand => operand.Kind == ValueKind.Vector || operand.IsVectorMask),
        _ => false,
    };

    /// <summary>An integer known at compile time.</summary>
    public static implicit operator Value(long number) => new Integer(number);

    /// <summary>The sum of integers, folded where both are known.</summary>
    public static Value operator +(Value left, Value right) => (left, right) switch
    {
        (Integer a, Integer b) => new Integer(a.Number + b.Number),
        (Integer { Number: 0 }, _) => right,
        (_, Integer { Number: 0 }) => left,
        (IndexOperation { Operator: "+", Right: Integer c } sum, Integer b) => sum.Left + new Integer(c.Number + b.Number),
        _ => new IndexOperation("+", left, right),
    };

    /// <summary>The difference of integers, folded where both are known.</summary>
    public static Value operator -(Value left, Value right) => (left, right) switch
    {
        (Integer a, Integer b) => new Integer(a.Number - b.Number),
        (_, Integer { Number: 0 }) => left,
        _ => new IndexOperation("-", left, right),
    };

    /// <summary>The product of integers, folded where both are known.</summary>
    public static Value operator *(Value left, Value right) => (left, right) switch
    {
        (Integer a, Integer b) => new Integer(a.Number * b.Number),
        (Integer { Number: 0 }, _) or (_, Integer { Number: 0 }) => new Integer(0),
        (Integer { Number: 1 }, _) => right,
        (_, Integer { Number: 1 }) => left,
        _ => new IndexOperation("*", left, right),
    };

    /// <summary>The quotient of integers, rounded towards zero, folded where both are known.</summary>
    public static Value operator /(Value left, Value right) => (left, right) switch
    {
        (Integer a, Integer b) => new Integer(a.Number / b.Number),
        (_, Integer { Number: 1 }) => left,
        _ => new IndexOperation("/", left, right),
    };

    /// <summary>The remainder of integers, folded where both are known.</summary>
    public static Value operator %(Value left, Value right) => (left, right) switch
    {
        (Integer a, Integer b) => new Integer(a.Number % b.Number),
        (_, Integer { Number: 1 }) => new Integer(0),
        _ => new IndexOperation("%", left, right),
    };

    /// <summary>The smaller of two integers.</summary>
    public static Value Smaller(Value left, Value right) => (left, right) switch
    {
        (Integer a, Integer b) => new Integer(System.Math.Min(a.Number, b.Number)),
        _ => new IndexOperation("min", left, right),
    };

    /// <summary>The larger of two integers.</summary>
    public static Value Larger(Value left, Value right) => (left, right) switch
    {
        (Integer a, Integer b) => new Integer(System.Math.Max(a.Number, b.Number)),
        _ => new IndexOperation("max", left, right),
    };
}
