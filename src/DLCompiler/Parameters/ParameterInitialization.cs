using System;

namespace DLCompiler.Runtime;

/// <summary>
/// Draws a model's parameters from a seed. A value depends on the seed, the parameter's number and its canonical index alone: not on the order of storage,
/// nor on
/// the machine.
/// </summary>
internal static class ParameterInitialization
{
    /// <summary>Its random numbers' stream: above those of dropout. The iteration is the parameter's number.</summary>
    private const uint Stream = 0x8000;

    /// <summary>Sets every parameter and state to its value before training.</summary>
    public static void Initialize(ModelHost host, ulong seed)
    {
        var model = host.Model;
        for (int i = 0; i < model.Parameters.Count; i++)
        {
            var view = host.Parameters[model.Parameters[i].Name];
            view.CopyFrom(Draw(model.Parameters[i], view.Length, seed, i));
        }

        foreach (var state in model.States)
        {
            var view = host.Parameters[state.Name];
            var values = new float[view.Length];
            Array.Fill(values, (float)state.InitialValue);
            view.CopyFrom(values);
        }
    }

    /// <summary>A parameter's values, row-major.</summary>
    public static float[] Draw(ParameterDescriptor parameter, int length, ulong seed, int number)
    {
        var values = new float[length];
        double fanIn = Math.Max(1, parameter.FanIn);
        double fans = Math.Max(1, parameter.FanIn + parameter.FanOut);
        switch (parameter.Initializer)
        {
            case ParameterInitializer.Zeros:
                break;
            case ParameterInitializer.Ones:
                Array.Fill(values, 1f);
                break;
            case ParameterInitializer.UniformFanIn:
                Uniform(values, 1 / Math.Sqrt(fanIn), seed, number);
                break;
            case ParameterInitializer.GlorotUniform:
                Uniform(values, Math.Sqrt(6 / fans), seed, number);
                break;
            case ParameterInitializer.HeUniform:
                Uniform(values, Math.Sqrt(6 / fanIn), seed, number);
                break;
            case ParameterInitializer.GlorotNormal:
                Normal(values, Math.Sqrt(2 / fans), seed, number);
                break;
            case ParameterInitializer.HeNormal:
                Normal(values, Math.Sqrt(2 / fanIn), seed, number);
                break;
            case ParameterInitializer.Normal:
                Normal(values, 1, seed, number);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(parameter), parameter.Initializer,
                    "Unknown initialiser: the model was compiled for a newer runtime.");
        }

        return values;
    }

    private static void Uniform(float[] values, double bound, ulong seed, int number)
    {
        for (int i = 0; i < values.Length; i++) values[i] = (float)((2 * PhiloxRandom.UniformDouble(seed, Stream, number, i) - 1) * bound);
    }

    private static void Normal(float[] values, double deviation, ulong seed, int number)
    {
        for (int i = 0; i < values.Length; i++) values[i] = (float)(PhiloxRandom.Normal(seed, Stream, number, i) * deviation);
    }
}
