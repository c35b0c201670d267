using System;

namespace DLCompiler;

/// <summary>Draws the parameters of layers that stand alone, from a fixed seed: the same sizes give the same numbers, which are float32 values.</summary>
internal static class ParameterDrawing
{
    private const int Seed = 1;

    /// <summary>Draws as an initialiser says.</summary>
    /// <param name="initializer">Not <see cref="Initializer.Default"/>, which is each layer's own affair.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="fanIn">Inputs per output.</param>
    /// <param name="fanOut">Outputs per input.</param>
    public static DenseArray<double> Draw(Initializer initializer, TensorShape shape, int fanIn, int fanOut) => initializer switch
    {
        Initializer.Zeros => Fill(shape, () => 0),
        Initializer.Ones => Fill(shape, () => 1),
        Initializer.GlorotUniform => Uniform(shape, Math.Sqrt(6.0 / (fanIn + fanOut))),
        Initializer.GlorotNormal => Normal(shape, Math.Sqrt(2.0 / (fanIn + fanOut))),
        Initializer.HeUniform => Uniform(shape, Math.Sqrt(6.0 / fanIn)),
        Initializer.HeNormal => Normal(shape, Math.Sqrt(2.0 / fanIn)),
        Initializer.Normal => Normal(shape, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(initializer), initializer, "not an initialiser that draws."),
    };

    /// <summary>Draws weights whose layer's own initialiser is <see cref="UniformFanIn"/>.</summary>
    public static DenseArray<double> Weights(Initializer initializer, TensorShape shape, int fanIn, int fanOut)
        => initializer == Initializer.Default ? UniformFanIn(shape, fanIn) : Draw(initializer, shape, fanIn, fanOut);

    /// <summary>Uniform on ±1/√fan-in: PyTorch's default for affine layers and convolutions, weights and biases.</summary>
    public static DenseArray<double> UniformFanIn(TensorShape shape, int fanIn) => Uniform(shape, 1 / Math.Sqrt(Math.Max(fanIn, 1)));

    private static DenseArray<double> Uniform(TensorShape shape, double bound)
    {
        var random = new Random(Seed);
        return Fill(shape, () => ((2 * random.NextDouble()) - 1) * bound);
    }

    // Box and Muller (1958); 1 − u keeps the logarithm's argument above zero.
    private static DenseArray<double> Normal(TensorShape shape, double deviation)
    {
        var random = new Random(Seed);
        return Fill(shape, () => deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    private static DenseArray<double> Fill(TensorShape shape, Func<double> next)
    {
        var result = new DenseArray<double>(shape);
        for (int index = 0; index < result.Elements.Length; index++) result.Elements[index] = (float)next();
        return result;
    }
}
