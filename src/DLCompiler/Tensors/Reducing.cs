using System;
using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>The sum along several axes. PyTorch: <c>sum</c>.</summary>
    /// <param name="axes">The axes that disappear; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether they stay, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or one is named twice.</exception>
    public Tensor Sum(int[] axes, bool keepDimensions = false) => new(Statistics.Over(Values, axes, keepDimensions, "sum", Statistics.Sum));

    /// <summary>The mean along several axes. PyTorch: <c>mean</c>.</summary>
    /// <param name="axes">The axes that disappear; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether they stay, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or one is named twice.</exception>
    public Tensor Mean(int[] axes, bool keepDimensions = false) => new(Statistics.Over(Values, axes, keepDimensions, "average", Statistics.Mean));

    /// <summary>The largest element; NaN if one is. Equal ones share the gradient: of all elements, a scalar. PyTorch: <c>amax</c>.</summary>
    public Tensor Max() => new(Statistics.Over(Values, null, false, "take the maximum", Statistics.Max));

    /// <summary>The largest element; NaN if one is. Equal ones share the gradient: along several axes. PyTorch: <c>amax</c>.</summary>
    /// <param name="axes">The axes that disappear; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether they stay, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or one is named twice.</exception>
    public Tensor Max(int[] axes, bool keepDimensions = false) => new(Statistics.Over(Values, axes, keepDimensions, "take the maximum", Statistics.Max));

    /// <summary>The smallest element; NaN if one is. Equal ones share the gradient: of all elements, a scalar. PyTorch: <c>amin</c>.</summary>
    public Tensor Min() => new(Statistics.Over(Values, null, false, "take the minimum", Statistics.Min));

    /// <summary>The smallest element; NaN if one is. Equal ones share the gradient: along an axis. PyTorch: <c>amin</c>.</summary>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor Min(int axis, bool keepDimensions = false) => new(Statistics.Over(Values, [axis], keepDimensions, "take the minimum", Statistics.Min));

    /// <summary>The smallest element; NaN if one is. Equal ones share the gradient: along several axes. PyTorch: <c>amin</c>.</summary>
    /// <param name="axes">The axes that disappear; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether they stay, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or one is named twice.</exception>
    public Tensor Min(int[] axes, bool keepDimensions = false) => new(Statistics.Over(Values, axes, keepDimensions, "take the minimum", Statistics.Min));

    /// <summary>The product of all elements, a scalar; 1 if there are no elements. PyTorch: <c>prod</c>.</summary>
    public Tensor Prod() => new(Statistics.Over(Values, null, false, "multiply", Statistics.Product));

    /// <summary>The product along an axis; 1 if there are no elements. PyTorch: <c>prod</c>.</summary>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor Prod(int axis, bool keepDimensions = false) => new(Statistics.Over(Values, [axis], keepDimensions, "multiply", Statistics.Product));

    /// <summary>The product along several axes; 1 if there are no elements. PyTorch: <c>prod</c>.</summary>
    /// <param name="axes">The axes that disappear; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether they stay, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or one is named twice.</exception>
    public Tensor Prod(int[] axes, bool keepDimensions = false) => new(Statistics.Over(Values, axes, keepDimensions, "multiply", Statistics.Product));

    /// <summary>The variance, Σ(x − mean)²/(n − 1), of all elements, a scalar. PyTorch: <c>var</c>.</summary>
    public Tensor Variance() => new(Statistics.Over(Values, null, false, "take the variance", line => Statistics.Variance(line, 1)));

    /// <summary>The variance, Σ(x − mean)²/(n − correction), along an axis. PyTorch: <c>var</c>.</summary>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <param name="correction">What is subtracted from the number of elements: 1 for the unbiased variance, 0 for that of the elements themselves.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor Variance(int axis, bool keepDimensions = false, int correction = 1) => new(Statistics.Over(Values, [axis], keepDimensions, "take the variance", line => Statistics.Variance(line, correction)));

    /// <summary>The variance, Σ(x − mean)²/(n − correction), along several axes. PyTorch: <c>var</c>.</summary>
    /// <param name="axes">The axes that disappear; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether they stay, with size 1.</param>
    /// <param name="correction">What is subtracted from the number of elements: 1 for the unbiased variance, 0 for that of the elements themselves.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or one is named twice.</exception>
    public Tensor Variance(int[] axes, bool keepDimensions = false, int correction = 1) => new(Statistics.Over(Values, axes, keepDimensions, "take the variance", line => Statistics.Variance(line, correction)));

    /// <summary>The standard deviation, √(Σ(x − mean)²/(n − 1)), of all elements, a scalar. PyTorch: <c>std</c>.</summary>
    public Tensor StandardDeviation() => new(Statistics.Over(Values, null, false, "take the standard deviation", line => Math.Sqrt(Statistics.Variance(line, 1))));

    /// <summary>The standard deviation, √(Σ(x − mean)²/(n − correction)), along an axis. PyTorch: <c>std</c>.</summary>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <param name="correction">What is subtracted from the number of elements: 1 for the unbiased variance, 0 for that of the elements themselves.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor StandardDeviation(int axis, bool keepDimensions = false, int correction = 1) => new(Statistics.Over(Values, [axis], keepDimensions, "take the standard deviation", line => Math.Sqrt(Statistics.Variance(line, correction))));

    /// <summary>The standard deviation, √(Σ(x − mean)²/(n − correction)), along several axes. PyTorch: <c>std</c>.</summary>
    /// <param name="axes">The axes that disappear; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether they stay, with size 1.</param>
    /// <param name="correction">What is subtracted from the number of elements: 1 for the unbiased variance, 0 for that of the elements themselves.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or one is named twice.</exception>
    public Tensor StandardDeviation(int[] axes, bool keepDimensions = false, int correction = 1) => new(Statistics.Over(Values, axes, keepDimensions, "take the standard deviation", line => Math.Sqrt(Statistics.Variance(line, correction))));

    /// <summary>log Σ exp(x), shifted by the largest element so that it can't overflow, of all elements, a scalar. PyTorch: <c>logsumexp</c>.</summary>
    public Tensor LogSumExp() => new(Statistics.Over(Values, null, false, "add up exponentials", Statistics.LogSumExp));

    /// <summary>log Σ exp(x), shifted by the largest element so that it can't overflow, along an axis. PyTorch: <c>logsumexp</c>.</summary>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor LogSumExp(int axis, bool keepDimensions = false) => new(Statistics.Over(Values, [axis], keepDimensions, "add up exponentials", Statistics.LogSumExp));

    /// <summary>log Σ exp(x), shifted by the largest element so that it can't overflow, along several axes. PyTorch: <c>logsumexp</c>.</summary>
    /// <param name="axes">The axes that disappear; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether they stay, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or one is named twice.</exception>
    public Tensor LogSumExp(int[] axes, bool keepDimensions = false) => new(Statistics.Over(Values, axes, keepDimensions, "add up exponentials", Statistics.LogSumExp));

    /// <summary>The norm (Σ|x|ᵖ)^(1/p), whose gradient at 0 is 0, along an axis. PyTorch: <c>linalg.vector_norm</c>.</summary>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <param name="order">The exponent p: 2 for the Euclidean norm, 1 for the sum of absolute values, ∞ for the largest.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor Norm(int axis, bool keepDimensions = false, float order = 2) => new(Statistics.Over(Values, [axis], keepDimensions, "take the norm", line => Statistics.Norm(line, order)));

    /// <summary>The norm (Σ|x|ᵖ)^(1/p), whose gradient at 0 is 0, along several axes. PyTorch: <c>linalg.vector_norm</c>.</summary>
    /// <param name="axes">The axes that disappear; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether they stay, with size 1.</param>
    /// <param name="order">The exponent p: 2 for the Euclidean norm, 1 for the sum of absolute values, ∞ for the largest.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or one is named twice.</exception>
    public Tensor Norm(int[] axes, bool keepDimensions = false, float order = 2) => new(Statistics.Over(Values, axes, keepDimensions, "take the norm", line => Statistics.Norm(line, order)));

    /// <summary>The Euclidean norm of all elements, √Σx², a scalar; its gradient at 0 is 0. PyTorch: <c>linalg.vector_norm</c>.</summary>
    public Tensor Norm() => new(Statistics.Over(Values, null, false, "take the norm", line => Statistics.Norm(line, 2)));

    /// <summary>The position of the first of the largest elements along an axis; that of the first NaN, if there is one. PyTorch: <c>argmax</c>.</summary>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or it is empty.</exception>
    public Tensor<int> ArgMax(int axis, bool keepDimensions = false) =>
        new(Lines.Reduce(Values, [axis], keepDimensions, "search", line => Statistics.Position(line, largest: true)));

    /// <summary>The position of the first of the smallest elements along an axis; that of the first NaN, if there is one. PyTorch: <c>argmin</c>.</summary>
    /// <param name="axis">The axis that disappears; −1 is the innermost.</param>
    /// <param name="keepDimensions">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or it is empty.</exception>
    public Tensor<int> ArgMin(int axis, bool keepDimensions = false) =>
        new(Lines.Reduce(Values, [axis], keepDimensions, "search", line => Statistics.Position(line, largest: false)));
}

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.Sum(int[], bool)"/>
        public Tensor<double> Sum(int[] axes, bool keepDimensions = false) => new(Statistics.Over(x.Values, axes, keepDimensions, "sum", Statistics.Sum));

        /// <inheritdoc cref="Tensor.Mean(int[], bool)"/>
        public Tensor<double> Mean(int[] axes, bool keepDimensions = false) => new(Statistics.Over(x.Values, axes, keepDimensions, "average", Statistics.Mean));

        /// <inheritdoc cref="Tensor.Max()"/>
        public Tensor<double> Max() => new(Statistics.Over(x.Values, null, false, "take the maximum", Statistics.Max));

        /// <inheritdoc cref="Tensor.Max(int[], bool)"/>
        public Tensor<double> Max(int[] axes, bool keepDimensions = false) => new(Statistics.Over(x.Values, axes, keepDimensions, "take the maximum", Statistics.Max));

        /// <inheritdoc cref="Tensor.Min()"/>
        public Tensor<double> Min() => new(Statistics.Over(x.Values, null, false, "take the minimum", Statistics.Min));

        /// <inheritdoc cref="Tensor.Min(int, bool)"/>
        public Tensor<double> Min(int axis, bool keepDimensions = false) => new(Statistics.Over(x.Values, [axis], keepDimensions, "take the minimum", Statistics.Min));

        /// <inheritdoc cref="Tensor.Min(int[], bool)"/>
        public Tensor<double> Min(int[] axes, bool keepDimensions = false) => new(Statistics.Over(x.Values, axes, keepDimensions, "take the minimum", Statistics.Min));

        /// <inheritdoc cref="Tensor.Prod()"/>
        public Tensor<double> Prod() => new(Statistics.Over(x.Values, null, false, "multiply", Statistics.Product));

        /// <inheritdoc cref="Tensor.Prod(int, bool)"/>
        public Tensor<double> Prod(int axis, bool keepDimensions = false) => new(Statistics.Over(x.Values, [axis], keepDimensions, "multiply", Statistics.Product));

        /// <inheritdoc cref="Tensor.Prod(int[], bool)"/>
        public Tensor<double> Prod(int[] axes, bool keepDimensions = false) => new(Statistics.Over(x.Values, axes, keepDimensions, "multiply", Statistics.Product));

        /// <inheritdoc cref="Tensor.Variance()"/>
        public Tensor<double> Variance() => new(Statistics.Over(x.Values, null, false, "take the variance", line => Statistics.Variance(line, 1)));

        /// <inheritdoc cref="Tensor.Variance(int, bool, int)"/>
        public Tensor<double> Variance(int axis, bool keepDimensions = false, int correction = 1) => new(Statistics.Over(x.Values, [axis], keepDimensions, "take the variance", line => Statistics.Variance(line, correction)));

        /// <inheritdoc cref="Tensor.Variance(int[], bool, int)"/>
        public Tensor<double> Variance(int[] axes, bool keepDimensions = false, int correction = 1) => new(Statistics.Over(x.Values, axes, keepDimensions, "take the variance", line => Statistics.Variance(line, correction)));

        /// <inheritdoc cref="Tensor.StandardDeviation()"/>
        public Tensor<double> StandardDeviation() => new(Statistics.Over(x.Values, null, false, "take the standard deviation", line => Math.Sqrt(Statistics.Variance(line, 1))));

        /// <inheritdoc cref="Tensor.StandardDeviation(int, bool, int)"/>
        public Tensor<double> StandardDeviation(int axis, bool keepDimensions = false, int correction = 1) => new(Statistics.Over(x.Values, [axis], keepDimensions, "take the standard deviation", line => Math.Sqrt(Statistics.Variance(line, correction))));

        /// <inheritdoc cref="Tensor.StandardDeviation(int[], bool, int)"/>
        public Tensor<double> StandardDeviation(int[] axes, bool keepDimensions = false, int correction = 1) => new(Statistics.Over(x.Values, axes, keepDimensions, "take the standard deviation", line => Math.Sqrt(Statistics.Variance(line, correction))));

        /// <inheritdoc cref="Tensor.LogSumExp()"/>
        public Tensor<double> LogSumExp() => new(Statistics.Over(x.Values, null, false, "add up exponentials", Statistics.LogSumExp));

        /// <inheritdoc cref="Tensor.LogSumExp(int, bool)"/>
        public Tensor<double> LogSumExp(int axis, bool keepDimensions = false) => new(Statistics.Over(x.Values, [axis], keepDimensions, "add up exponentials", Statistics.LogSumExp));

        /// <inheritdoc cref="Tensor.LogSumExp(int[], bool)"/>
        public Tensor<double> LogSumExp(int[] axes, bool keepDimensions = false) => new(Statistics.Over(x.Values, axes, keepDimensions, "add up exponentials", Statistics.LogSumExp));

        /// <inheritdoc cref="Tensor.Norm(int, bool, float)"/>
        public Tensor<double> Norm(int axis, bool keepDimensions = false, double order = 2) => new(Statistics.Over(x.Values, [axis], keepDimensions, "take the norm", line => Statistics.Norm(line, order)));

        /// <inheritdoc cref="Tensor.Norm(int[], bool, float)"/>
        public Tensor<double> Norm(int[] axes, bool keepDimensions = false, double order = 2) => new(Statistics.Over(x.Values, axes, keepDimensions, "take the norm", line => Statistics.Norm(line, order)));

        /// <inheritdoc cref="Tensor.Norm()"/>
        public Tensor<double> Norm() => new(Statistics.Over(x.Values, null, false, "take the norm", line => Statistics.Norm(line, 2)));

        /// <inheritdoc cref="Tensor.ArgMax"/>
        public Tensor<int> ArgMax(int axis, bool keepDimensions = false) =>
            new(Lines.Reduce(x.Values, [axis], keepDimensions, "search", line => Statistics.Position(line, largest: true)));

        /// <inheritdoc cref="Tensor.ArgMin"/>
        public Tensor<int> ArgMin(int axis, bool keepDimensions = false) =>
            new(Lines.Reduce(x.Values, [axis], keepDimensions, "search", line => Statistics.Position(line, largest: false)));
    }
}
