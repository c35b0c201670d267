using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>The sum of all elements, a scalar; 0 if there are none.</summary>
    public Tensor Sum() => new(Reductions.Sum(Values));

    /// <summary>Sums along an axis.</summary>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor Sum(int axis, bool keepDimensions = false) => new(Reductions.Sum(Values, axis, keepDimensions));

    /// <summary>The mean of all elements, a scalar; NaN if there are none.</summary>
    public Tensor Mean() => new(Reductions.Mean(Values));

    /// <summary>Means along an axis; NaN where it is empty.</summary>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor Mean(int axis, bool keepDimensions = false) => new(Reductions.Mean(Values, axis, keepDimensions));

    /// <summary>Maxima along an axis; NaN where any element is NaN.</summary>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or it is empty.</exception>
    public Tensor Max(int axis, bool keepDimensions = false) => new(Reductions.Max(Values, axis, keepDimensions));
}
