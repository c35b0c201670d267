using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph;

/// <summary>Functions of one number.</summary>
public enum UnaryFunction
{
    Negate,
    Abs,
    Sign,
    Floor,
    Exp,
    Log,
    Sqrt,
    Sin,
    Cos,
    Tanh,
    Sigmoid,
    Erf,
    /// <summary>log(1 + exp(x)) without overflow.</summary>
    Softplus,
    Not,
    /// <summary>log(1 + x), accurate for small x.</summary>
    Log1P,
    /// <summary>exp(x) − 1, accurate for small x.</summary>
    ExpM1,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Asinh,
    Acosh,
    Atanh,
}

/// <summary>Functions of two numbers.</summary>
public enum BinaryFunction
{
    Add,
    Subtract,
    Multiply,
    Divide,
    /// <summary>The larger; NaN if either is NaN.</summary>
    Max,
    /// <summary>The smaller; NaN if either is NaN.</summary>
    Min,
    Power,
    And,
    Or,
}

/// <summary>Comparisons; false where an operand is NaN, but <see cref="NotEqual"/>.</summary>
public enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>A function of a few numbers as a tree: what an elementwise <c>Map</c> computes for every element. Value-equal.</summary>
public abstract record ScalarExpression
{
    /// <summary>The element of the map's input number <paramref name="Index"/>.</summary>
    public sealed record Input(int Index) : ScalarExpression;

    /// <summary>A number known at compile time.</summary>
    public sealed record Constant(double Value) : ScalarExpression;

    /// <summary>The value of a symbolic size at run time, as a number: 1/N in a mean.</summary>
    public sealed record Size(Dimension Dimension) : ScalarExpression;

    /// <summary>A number given to each run of the function: an optimizer's arguments.</summary>
    public sealed record Argument(int Index, string Name) : ScalarExpression;

    /// <summary>A function of one operand.</summary>
    public sealed record Unary(UnaryFunction Function, ScalarExpression Operand) : ScalarExpression;

    /// <summary>A function of two operands.</summary>
    public sealed record Binary(BinaryFunction Function, ScalarExpression Left, ScalarExpression Right) : ScalarExpression;

    /// <summary>A truth value.</summary>
    public sealed record Compare(Comparison Comparison, ScalarExpression Left, ScalarExpression Right) : ScalarExpression;

    /// <summary>One of two values; the other is not evaluated for its NaN or infinity.</summary>
    public sealed record Select(ScalarExpression Condition, ScalarExpression IfTrue, ScalarExpression IfFalse) : ScalarExpression;

    /// <summary>The value of a size: a constant where it is known at compile time.</summary>
    public static ScalarExpression Of(Dimension size) => size.IsConstant ? new Constant(size.Value) : new Size(size);

    /// <summary>A number known at compile time.</summary>
    public static implicit operator ScalarExpression(double value) => new Constant(value);

    /// <summary>The sum.</summary>
    public static ScalarExpression operator +(ScalarExpression left, ScalarExpression right) => new Binary(BinaryFunction.Add, left, right);

    /// <summary>The difference.</summary>
    public static ScalarExpression operator -(ScalarExpression left, ScalarExpression right) => new Binary(BinaryFunction.Subtract, left, right);

    /// <summary>The product.</summary>
    public static ScalarExpression operator *(ScalarExpression left, ScalarExpression right) => new Binary(BinaryFunction.Multiply, left, right);

    /// <summary>The quotient.</summary>
    public static ScalarExpression operator /(ScalarExpression left, ScalarExpression right) => new Binary(BinaryFunction.Divide, left, right);

    /// <summary>The negative.</summary>
    public static ScalarExpression operator -(ScalarExpression operand) => new Unary(UnaryFunction.Negate, operand);

    /// <summary>As a person would write it: <c>max(0, a*b + c)</c>, inputs as letters.</summary>
    public sealed override string ToString() => ScalarPrinter.Print(this);
}
