using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Values;

/// <summary>
/// A whole number that is known at run time only: the batch size and what is computed from it. Never a constant: those are <see cref="int"/>.
/// </summary>
public sealed class SizeValue
{
    private SizeValue(Dimension dimension) => Dimension = dimension;

    /// <summary>The number.</summary>
    public Dimension Dimension { get; }

    /// <summary>The value for a size: an <see cref="int"/> (or a <see cref="long"/>, if it needs one) where it is known.</summary>
    public static object Of(Dimension dimension)
    {
        if (!dimension.IsConstant) return new SizeValue(dimension);
        long value = dimension.Value;
        return value is >= int.MinValue and <= int.MaxValue ? (object)(int)value : value;
    }
}

/// <summary>
/// A real number that is known at run time only: computed from sizes (<c>1f / x.Shape[0]</c>), which can scale tensors, or from the elements that a function
/// given to <c>Map</c> is called with.
/// </summary>
public sealed class ScalarValue(ScalarExpression expression)
{
    /// <summary>The number; inputs are elements.</summary>
    public ScalarExpression Expression { get; } = expression;
}

/// <summary>A comparison of elements in a function given to <c>Map</c>: true for some of them.</summary>
public sealed class ScalarCondition(ScalarExpression expression)
{
    /// <summary>The truth value.</summary>
    public ScalarExpression Expression { get; } = expression;
}
