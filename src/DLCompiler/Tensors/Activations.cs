using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>
    /// The continuously differentiable exponential linear unit, max(0, x) + min(0, α·(exp(x/α) − 1)) (Barron 2017). PyTorch, Keras:
    /// <c>celu</c>.
    /// </summary>
    /// <param name="alpha">The negative of the limit for small elements; not 0.</param>
    /// <exception cref="System.ArgumentException"><paramref name="alpha"/> is 0.</exception>
    public Tensor Celu(float alpha = 1) => new(Activation.Celu(Values, alpha));

    /// <summary>The exponential linear unit, x where x &gt; 0, α·(exp(x) − 1) elsewhere (Clevert et al. 2015). PyTorch, Keras: <c>elu</c>.</summary>
    /// <param name="alpha">The negative of the limit for small elements.</param>
    public Tensor Elu(float alpha = 1) => new(Activation.Elu(Values, alpha));

    /// <summary>
    /// The Gaussian error linear unit in its approximate form, x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))) (Hendrycks and Gimpel 2016). PyTorch:
    /// <c>gelu(approximate="tanh")</c>.
    /// </summary>
    public Tensor GeluTanh() => new(Activation.GeluTanh(Values));

    /// <summary>
    /// The piecewise linear logistic function, min(max(0, x/6 + 1/2), 1) (Courbariaux et al. 2015). PyTorch: <c>hardsigmoid</c>; Keras:
    /// <c>hard_sigmoid</c>.
    /// </summary>
    public Tensor HardSigmoid() => new(Activation.HardSigmoid(Values));

    /// <summary>
    /// x times its hard sigmoid, x·min(max(0, x/6 + 1/2), 1) (Howard et al. 2019, MobileNet v3). PyTorch: <c>hardswish</c>; Keras:
    /// <c>hard_silu</c>.
    /// </summary>
    public Tensor HardSwish() => new(Activation.HardSwish(Values));

    /// <summary>
    /// The nearest number between two bounds. The gradient is 0 at the bounds and beyond, unlike that of <see cref="Clamp"/>. PyTorch:
    /// <c>hardtanh</c>.
    /// </summary>
    /// <param name="min">The smallest result.</param>
    /// <param name="max">The largest result; more than <paramref name="min"/>.</param>
    /// <exception cref="System.ArgumentException"><paramref name="min"/> is not less than <paramref name="max"/>.</exception>
    public Tensor HardTanh(float min = -1, float max = 1) => new(Activation.HardTanh(Values, min, max));

    /// <summary>
    /// The logarithm of the logistic function, −log(1 + exp(−x)), without overflow. PyTorch: <c>logsigmoid</c>; Keras: <c>log_sigmoid</c>.
    /// </summary>
    public Tensor LogSigmoid() => new(Activation.LogSigmoid(Values));

    /// <summary>x·tanh(log(1 + exp(x))) (Misra 2019). PyTorch, Keras: <c>mish</c>.</summary>
    public Tensor Mish() => new(Activation.Mish(Values));

    /// <summary>The rectified linear unit with a ceiling, min(max(0, x), 6) (Krizhevsky 2010); NaN stays NaN. PyTorch, Keras: <c>relu6</c>.</summary>
    public Tensor Relu6() => new(Activation.Relu6(Values));

    /// <summary>
    /// The scaled exponential linear unit, λ·x where x &gt; 0, λ·α·(exp(x) − 1) elsewhere, with λ = 1.0507 and α = 1.6733 (Klambauer et al.
    /// 2017). PyTorch, Keras: <c>selu</c>.
    /// </summary>
    public Tensor Selu() => new(Activation.Selu(Values));

    /// <summary>
    /// The sigmoid linear unit, also called swish, x/(1 + exp(−x)) (Elfwing et al. 2017; Ramachandran et al. 2017). PyTorch: <c>silu</c>;
    /// Keras: <c>silu</c>, <c>swish</c>.
    /// </summary>
    public Tensor Silu() => new(Activation.Silu(Values));

    /// <summary>A smooth rectifier, log(1 + exp(β·x))/β, without overflow (Dugas et al. 2001). PyTorch, Keras: <c>softplus</c>.</summary>
    /// <param name="beta">How sharp the bend is; positive.</param>
    /// <exception cref="System.ArgumentException"><paramref name="beta"/> is not positive.</exception>
    public Tensor Softplus(float beta = 1) => new(Activation.Softplus(Values, beta));

    /// <summary>x/(1 + |x|) (Bergstra et al. 2009). PyTorch, Keras: <c>softsign</c>.</summary>
    public Tensor Softsign() => new(Activation.Softsign(Values));

    /// <summary>
    /// The gated linear unit, a·σ(b), of the first half a and the second half b of an axis (Dauphin et al. 2017). PyTorch, Keras: <c>glu</c>.
    /// </summary>
    /// <param name="axis">The axis, of an even size, which the result has half of; −1 is the innermost.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or its size is odd.</exception>
    public Tensor Glu(int axis = -1) => new(Activation.Glu(Values, axis));

    /// <summary>
    /// The logarithm of the softmax along an axis, x − log Σⱼ exp(xⱼ), shifted by the maximum so that it can't overflow. PyTorch, Keras:
    /// <c>log_softmax</c>.
    /// </summary>
    /// <param name="axis">The axis whose exponentials sum to 1; −1 is the innermost.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis.</exception>
    public Tensor LogSoftmax(int axis = -1) => new(Activation.LogSoftmax(Values, axis));

    /// <summary>The gated unit of SiLU, a·σ(a)·b, of the first half a and the second half b of an axis (Shazeer 2020).</summary>
    /// <param name="axis">The axis, of an even size, which the result has half of; −1 is the innermost.</param>
    /// <exception cref="ShapeMismatchException">There is no such axis, or its size is odd.</exception>
    public Tensor SwiGlu(int axis = -1) => new(Activation.SwiGlu(Values, axis));
}

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.Celu"/>
        public Tensor<double> Celu(double alpha = 1) => new(Activation.Celu(x.Values, alpha));

        /// <inheritdoc cref="Tensor.Elu"/>
        public Tensor<double> Elu(double alpha = 1) => new(Activation.Elu(x.Values, alpha));

        /// <inheritdoc cref="Tensor.GeluTanh"/>
        public Tensor<double> GeluTanh() => new(Activation.GeluTanh(x.Values));

        /// <inheritdoc cref="Tensor.HardSigmoid"/>
        public Tensor<double> HardSigmoid() => new(Activation.HardSigmoid(x.Values));

        /// <inheritdoc cref="Tensor.HardSwish"/>
        public Tensor<double> HardSwish() => new(Activation.HardSwish(x.Values));

        /// <inheritdoc cref="Tensor.HardTanh"/>
        public Tensor<double> HardTanh(double min = -1, double max = 1) => new(Activation.HardTanh(x.Values, min, max));

        /// <inheritdoc cref="Tensor.LogSigmoid"/>
        public Tensor<double> LogSigmoid() => new(Activation.LogSigmoid(x.Values));

        /// <inheritdoc cref="Tensor.Mish"/>
        public Tensor<double> Mish() => new(Activation.Mish(x.Values));

        /// <inheritdoc cref="Tensor.Relu6"/>
        public Tensor<double> Relu6() => new(Activation.Relu6(x.Values));

        /// <inheritdoc cref="Tensor.Selu"/>
        public Tensor<double> Selu() => new(Activation.Selu(x.Values));

        /// <inheritdoc cref="Tensor.Silu"/>
        public Tensor<double> Silu() => new(Activation.Silu(x.Values));

        /// <inheritdoc cref="Tensor.Softplus"/>
        public Tensor<double> Softplus(double beta = 1) => new(Activation.Softplus(x.Values, beta));

        /// <inheritdoc cref="Tensor.Softsign"/>
        public Tensor<double> Softsign() => new(Activation.Softsign(x.Values));

        /// <inheritdoc cref="Tensor.Glu"/>
        public Tensor<double> Glu(int axis = -1) => new(Activation.Glu(x.Values, axis));

        /// <inheritdoc cref="Tensor.LogSoftmax"/>
        public Tensor<double> LogSoftmax(int axis = -1) => new(Activation.LogSoftmax(x.Values, axis));

        /// <inheritdoc cref="Tensor.SwiGlu"/>
        public Tensor<double> SwiGlu(int axis = -1) => new(Activation.SwiGlu(x.Values, axis));
    }
}
