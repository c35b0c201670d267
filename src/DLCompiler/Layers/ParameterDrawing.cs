using System;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>Draws the parameters of layers that stand alone, from a fixed seed: the same sizes give the same numbers, which are float32 values.</summary>
internal static class ParameterDrawing
{
    private const ulong Seed = 1;

    // Beside those of compiled models, whose parameters have numbers.
    private const uint Stream = 0x8001;

    /// <summary>Draws as an initialiser says.</summary>
    /// <param name="initializer">Not <see cref="Initializer.Default"/>, which is each layer's own affair.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="fanIn">Inputs per output.</param>
    /// <param name="fanOut">Outputs per input.</param>
    /// <param name="gain">What the numbers are multiplied by.</param>
    public static DenseArray<double> Draw(Initializer initializer, TensorShape shape, int fanIn, int fanOut, double gain = 1) =>
        Enum.TryParse(initializer.ToString(), out ParameterInitializer kind) && initializer != Initializer.Default
            ? Draw(kind, shape, fanIn, fanOut, gain)
            : throw new ArgumentOutOfRangeException(nameof(initializer), initializer, "not an initialiser that draws.");

    /// <summary>Draws weights whose layer's own initialiser is <see cref="UniformFanIn"/>.</summary>
    public static DenseArray<double> Weights(Initializer initializer, TensorShape shape, int fanIn, int fanOut, double gain)
        => initializer == Initializer.Default ? Draw(ParameterInitializer.UniformFanIn, shape, fanIn, fanOut, gain) : Draw(initializer, shape, fanIn, fanOut, gain);

    /// <summary>Uniform on ±1/√fan-in: PyTorch's default for affine layers and convolutions, weights and biases.</summary>
    public static DenseArray<double> UniformFanIn(TensorShape shape, int fanIn) => Draw(ParameterInitializer.UniformFanIn, shape, fanIn, fanIn, 1);

    /// <exception cref="ArgumentOutOfRangeException">The gain is not a finite number.</exception>
    public static double CheckGain(float gain) => float.IsFinite(gain) ? gain
        : throw new ArgumentOutOfRangeException(nameof(gain), gain, "A gain is a finite number.");

    private static DenseArray<double> Draw(ParameterInitializer kind, TensorShape shape, int fanIn, int fanOut, double gain)
    {
        double[] values = InitialValues.Draw(
            kind, [.. shape], fanIn, fanOut, gain, index => PhiloxRandom.UniformDouble(Seed, Stream, 0, index), index => PhiloxRandom.Normal(Seed, Stream, 0, index));
        var result = new DenseArray<double>(shape);
        for (int index = 0; index < values.Length; index++) result.Elements[index] = (float)values[index];
        return result;
    }
}
