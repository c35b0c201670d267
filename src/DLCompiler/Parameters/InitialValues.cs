using System;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>
/// What parameters are before training, for compiled models and for layers that stand alone. Random numbers come by index, so that a value depends on nothing else;
/// how they are made is the caller's affair.
/// </summary>
internal static class InitialValues
{
    // Two of a hundred thousand numbers are beyond two deviations twelve times in a row.
    private const int Attempts = 64;

    /// <summary>Draws all elements, row-major.</summary>
    /// <param name="kind">How.</param>
    /// <param name="shape">The canonical shape.</param>
    /// <param name="fanIn">Inputs per output.</param>
    /// <param name="fanOut">Outputs per input.</param>
    /// <param name="gain">What they are multiplied by.</param>
    /// <param name="uniform">The uniform number on [0, 1) of an index.</param>
    /// <param name="normal">The standard normal number of an index.</param>
    public static double[] Draw(
        ParameterInitializer kind, ReadOnlySpan<int> shape, double fanIn, double fanOut, double gain, Func<long, double> uniform, Func<long, double> normal)
    {
        fanIn = Math.Max(1, fanIn);
        double fans = Math.Max(1, fanIn + fanOut);
        int length = 1;
        foreach (int size in shape) length = checked(length * size);
        var values = new double[length];
        switch (kind)
        {
            case ParameterInitializer.Zeros:
                break;
            case ParameterInitializer.Ones:
                Array.Fill(values, gain);
                break;
            case ParameterInitializer.UniformFanIn:
                Uniform(1 / Math.Sqrt(fanIn));
                break;
            case ParameterInitializer.GlorotUniform:
                Uniform(Math.Sqrt(6 / fans));
                break;
            case ParameterInitializer.HeUniform:
                Uniform(Math.Sqrt(6 / fanIn));
                break;
            case ParameterInitializer.LeCunUniform:
                Uniform(Math.Sqrt(3 / fanIn));
                break;
            case ParameterInitializer.Uniform:
                Uniform(1);
                break;
            case ParameterInitializer.GlorotNormal:
                Normal(Math.Sqrt(2 / fans));
                break;
            case ParameterInitializer.HeNormal:
                Normal(Math.Sqrt(2 / fanIn));
                break;
            case ParameterInitializer.LeCunNormal:
                Normal(Math.Sqrt(1 / fanIn));
                break;
            case ParameterInitializer.Normal:
                Normal(1);
                break;
            case ParameterInitializer.TruncatedNormal:
                for (int i = 0; i < length; i++) values[i] = Truncated(i) * gain;
                break;
            case ParameterInitializer.Orthogonal:
                Normal(1);
                OrthogonalRows.Make(values, shape.IsEmpty ? 1 : shape[0], gain);
                break;
            case ParameterInitializer.Identity:
                Identity(values, shape, gain);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown initialiser: the model was compiled for a newer runtime.");
        }

        return values;

        void Uniform(double bound)
        {
            for (int i = 0; i < length; i++) values[i] = (2 * uniform(i) - 1) * bound * gain;
        }

        void Normal(double deviation)
        {
            double scale = kind == ParameterInitializer.Orthogonal ? 1 : deviation * gain;
            for (int i = 0; i < length; i++) values[i] = normal(i) * scale;
        }

        double Truncated(int index)
        {
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                double value = normal(index + (long)attempt * length);
                if (Math.Abs(value) <= 2) return value;
            }

            return 0;
        }
    }

    // Output i is input i, at the middle of each axis of a kernel; of a longer vector, a scalar and a bias, nothing is the same.
    private static void Identity(double[] values, ReadOnlySpan<int> shape, double gain)
    {
        if (shape.Length < 2) return;
        int taps = 1, middle = 0;
        for (int axis = 2; axis < shape.Length; axis++)
        {
            taps *= shape[axis];
            middle = middle * shape[axis] + shape[axis] / 2;
        }

        for (int i = 0; i < Math.Min(shape[0], shape[1]); i++) values[(i * shape[1] + i) * taps + middle] = gain;
    }
}
