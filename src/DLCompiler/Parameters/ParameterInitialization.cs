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
            view.CopyFrom(Draw(model.Parameters[i], seed, i));
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
    public static float[] Draw(ParameterDescriptor parameter, ulong seed, int number)
    {
        float[] values = Array.ConvertAll(
            InitialValues.Draw(
                parameter.Initializer, parameter.Shape, parameter.FanIn, parameter.FanOut, parameter.Gain,
                index => PhiloxRandom.UniformDouble(seed, Stream, number, index), index => PhiloxRandom.Normal(seed, Stream, number, index)),
            value => (float)value);
        if (parameter.ZeroRow >= 0) Array.Clear(values, parameter.ZeroRow * (values.Length / parameter.Shape[0]), values.Length / parameter.Shape[0]);
        return values;
    }
}
