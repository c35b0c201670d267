using System;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Activation functions, each computed in double and rounded once; NaN stays NaN.</summary>
internal static class Activation
{
    // Klambauer et al. 2017: the fixed point with mean 0 and variance 1.
    private const double SeluScale = 1.0507009873554805, SeluAlpha = 1.6732632423543772;

    public static DenseArray<T> Celu<T>(DenseArray<T> x, double alpha)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (alpha == 0) throw new ArgumentException("alpha is 0: x/alpha would be infinite. Use another number.", nameof(alpha));
        return Map(x, value => value > 0 ? value : alpha * Functions.ExpM1(value / alpha));
    }

    public static DenseArray<T> Elu<T>(DenseArray<T> x, double alpha)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Map(x, value => value > 0 ? value : alpha * Functions.ExpM1(value));

    public static DenseArray<T> GeluTanh<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Map(x, value => 0.5 * value * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (value + (0.044715 * value * value * value)))));

    public static DenseArray<T> HardSigmoid<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Map(x, value => Math.Clamp((value / 6) + 0.5, 0, 1));

    public static DenseArray<T> HardSwish<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Map(x, value => value <= -3 ? 0 : value >= 3 ? value : value * (value + 3) / 6);

    public static DenseArray<T> HardTanh<T>(DenseArray<T> x, double min, double max)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(min < max)) throw new ArgumentException($"min is {min} and max is {max}: min must be less. Exchange them.", nameof(min));
        return Map(x, value => Math.Clamp(value, min, max));
    }

    public static DenseArray<T> LogSigmoid<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Map(x, value => -Softplus(-value));

    public static DenseArray<T> Mish<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Map(x, value => value * Math.Tanh(Softplus(value)));

    public static DenseArray<T> Relu6<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Map(x, value => Math.Clamp(value, 0, 6));

    public static DenseArray<T> Selu<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Map(x, value => SeluScale * (value > 0 ? value : SeluAlpha * Functions.ExpM1(value)));

    public static DenseArray<T> Silu<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Map(x, Silu);

    public static DenseArray<T> Softplus<T>(DenseArray<T> x, double beta)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(beta > 0)) throw new ArgumentException($"beta is {beta}; it must be positive.", nameof(beta));
        return Map(x, value => Softplus(beta * value) / beta);
    }

    public static DenseArray<T> Softsign<T>(DenseArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Map(x, value => value / (1 + Math.Abs(value)));

    public static DenseArray<T> Glu<T>(DenseArray<T> x, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Gated(x, axis, (a, b) => a * Sigmoid(b));

    public static DenseArray<T> SwiGlu<T>(DenseArray<T> x, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Gated(x, axis, (a, b) => Silu(a) * b);

    public static DenseArray<T> LogSoftmax<T>(DenseArray<T> x, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int resolved = x.Shape.ResolveAxis(axis, "take the log-softmax"), size = x.Shape[resolved], inner = x.Shape.Product(resolved + 1, x.Rank);
        var result = new DenseArray<T>(x.Shape);
        double[] line = new double[size];
        for (int index = 0; index < x.Elements.Length / Math.Max(size, 1); index++)
        {
            int first = (index / inner * size * inner) + (index % inner);
            for (int position = 0; position < size; position++) line[position] = double.CreateTruncating(x.Elements[first + (position * inner)]);
            double logarithm = Normalization.LogSumExp(line);
            for (int position = 0; position < size; position++)
                result.Elements[first + (position * inner)] = T.CreateTruncating(line[position] - logarithm);
        }

        return result;
    }

    /// <summary>log(1 + exp(x)), from an exponential that can't overflow.</summary>
    public static double Softplus(double value) => double.IsNaN(value) ? value : Math.Max(value, 0) + Functions.Log1P(Math.Exp(-Math.Abs(value)));

    private static double Sigmoid(double value) => value >= 0 ? 1 / (1 + Math.Exp(-value)) : Math.Exp(value) / (1 + Math.Exp(value));

    private static double Silu(double value) => value * Sigmoid(value);

    private static DenseArray<T> Gated<T>(DenseArray<T> x, int axis, Func<double, double, double> gate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int resolved = x.Shape.ResolveAxis(axis, "split the halves"), half = x.Shape[resolved] / 2;
        if (x.Shape[resolved] % 2 != 0)
        {
            throw new ShapeMismatchException(
                $"can't split {x.Shape} in halves: axis {resolved} has {x.Shape[resolved]} elements. Use an even size, two for each of the result.");
        }

        DenseArray<T> a = Shaping.Slice(x, resolved, 0, half), b = Shaping.Slice(x, resolved, half, half);
        return Elementwise.Combine(a, b, "gate", (left, right) => T.CreateTruncating(gate(double.CreateTruncating(left), double.CreateTruncating(right))));
    }

    private static DenseArray<T> Map<T>(DenseArray<T> x, Func<double, double> function)
        where T : unmanaged, IFloatingPointIeee754<T>
        => x.Map(value => T.CreateTruncating(function(double.CreateTruncating(value))));
}
