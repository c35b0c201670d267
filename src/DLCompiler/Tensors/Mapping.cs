using System;
using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>
    /// A function of your own for every element. In a model it is a lambda or a static method of the model: arithmetic, <c>MathF</c>, comparisons and
    /// <c>?:</c>. It is differentiated symbolically and becomes part of the kernels around it. PyTorch: a composition of operations.
    /// </summary>
    /// <param name="function">The function: <c>v =&gt; v / (1 + MathF.Exp(-v))</c>.</param>
    public Tensor Map(Func<float, float> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(Values.Map(function));
    }

    /// <summary>A function of your own for every pair of elements, with broadcasting; see <see cref="Map(Func{float, float})"/>.</summary>
    /// <param name="other">The second operand.</param>
    /// <param name="function">The function: <c>(a, b) =&gt; a * MathF.Tanh(b)</c>.</param>
    /// <exception cref="ShapeMismatchException">The shapes can't be broadcast together.</exception>
    public Tensor Map(Tensor other, Func<float, float, float> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(Elementwise.Combine(Values, other.Values, "map", function));
    }

    /// <summary>
    /// The same tensor, which a training step computes again for its backward pass instead of keeping it: from what it keeps anyway, up to the nearest such
    /// values. It saves memory and costs time; cheap functions of what is kept are computed again without being asked for. PyTorch: <c>checkpoint</c>.
    /// </summary>
    public Tensor Recompute() => this;

    /// <summary>The same tensor, as a constant: no gradient flows through it. PyTorch: <c>detach</c>.</summary>
    public Tensor StopGradient() => this;
}

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.Map(Func{float, float})"/>
        public Tensor<double> Map(Func<double, double> function)
        {
            ArgumentNullException.ThrowIfNull(function);
            return new(x.Values.Map(function));
        }

        /// <inheritdoc cref="Tensor.Map(Tensor, Func{float, float, float})"/>
        public Tensor<double> Map(Tensor<double> other, Func<double, double, double> function)
        {
            ArgumentNullException.ThrowIfNull(function);
            return new(Elementwise.Combine(x.Values, other.Values, "map", function));
        }

        /// <inheritdoc cref="Tensor.Recompute"/>
        public Tensor<double> Recompute() => x;

        /// <inheritdoc cref="Tensor.StopGradient"/>
        public Tensor<double> StopGradient() => x;
    }
}
