using System;
using DLCompiler.Operations;

namespace DLCompiler;

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.Sum()"/>
        public Tensor<double> Sum() => new(Reductions.Sum(x.Values));

        /// <inheritdoc cref="Tensor.Sum(int, bool)"/>
        public Tensor<double> Sum(int axis, bool keepDimensions = false) => new(Reductions.Sum(x.Values, axis, keepDimensions));

        /// <inheritdoc cref="Tensor.Mean()"/>
        public Tensor<double> Mean() => new(Reductions.Mean(x.Values));

        /// <inheritdoc cref="Tensor.Mean(int, bool)"/>
        public Tensor<double> Mean(int axis, bool keepDimensions = false) => new(Reductions.Mean(x.Values, axis, keepDimensions));

        /// <inheritdoc cref="Tensor.Max(int, bool)"/>
        public Tensor<double> Max(int axis, bool keepDimensions = false) => new(Reductions.Max(x.Values, axis, keepDimensions));

        /// <inheritdoc cref="Tensor.Flatten"/>
        public Tensor<double> Flatten() => new(Shaping.Flatten(x.Values));

        /// <inheritdoc cref="Tensor.Reshape"/>
        public Tensor<double> Reshape(params int[] sizes) => new(Shaping.Reshape(x.Values, sizes));

        /// <inheritdoc cref="Tensor.Transpose"/>
        public Tensor<double> Transpose(int axis1, int axis2) => new(Shaping.Transpose(x.Values, axis1, axis2));

        /// <inheritdoc cref="Tensor.Permute"/>
        public Tensor<double> Permute(params int[] axes) => new(Shaping.Permute(x.Values, axes));

        /// <inheritdoc cref="Tensor.Slice"/>
        public Tensor<double> Slice(int axis, int start, int length, int step = 1) => new(Rearranging.Steps(x.Values, axis, start, length, step));

        /// <inheritdoc cref="Tensor.Concat"/>
        public static Tensor<double> Concat(int axis, params Tensor<double>[] tensors) => new(
            Shaping.Concat(axis, Array.ConvertAll(tensors, tensor => tensor.Values)));
    }
}
