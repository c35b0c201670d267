using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Numerics;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>
/// A piece of a network with numbers of its own. As a field of a model it is compiled; its <c>Forward</c>, called at run time, is the eager reference, with
/// the semantics of prediction: dropout does nothing, batch normalisation uses its running statistics.
/// </summary>
/// <remarks>
/// Sizes of the input are taken from the first input. A layer of a model uses the model's parameters; a layer that stands alone draws its own on first use,
/// always the same for the same sizes. Instances are not thread-safe.
/// </remarks>
public abstract class Layer
{
    private readonly List<LayerParameter> parameters = [];
    private IParameterSource? source;
    private string key = string.Empty;

    private protected Layer()
    {
    }

    /// <summary>The layer's own parameters and states as they are now, in the order of the checkpoint; none before the first <c>Forward</c>.</summary>
    internal IReadOnlyList<(string Name, Tensor Value)> Parameters => [.. parameters.Select(parameter => (parameter.Name, new Tensor(parameter.Get<float>())))];

    /// <summary>What messages call the layer: its field where it belongs to a model, its type otherwise.</summary>
    private protected string DisplayName => key.Length == 0 ? GetType().Name : $"'{key}'";

    /// <summary>Makes the layer use a model's parameters from now on.</summary>
    /// <param name="parameterSource">The model's storage.</param>
    /// <param name="name">The layer's checkpoint key in the model: <c>conv1</c>.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Attach(IParameterSource parameterSource, string name)
    {
        ArgumentNullException.ThrowIfNull(parameterSource);
        (source, key) = (parameterSource, name);
    }

    /// <summary>Gives a parameter of a layer that stands alone a value, before or after the first <c>Forward</c>.</summary>
    internal void SetParameter(string name, Tensor value) => SetParameter(name, value.ToDouble());

    /// <summary>Gives a parameter a value in double precision, which only a double-precision <c>Forward</c> sees in full.</summary>
    internal void SetParameter(string name, Tensor<double> value)
    {
        int index = parameters.FindIndex(parameter => parameter.Name == name);
        if (index >= 0) parameters[index] = new LayerParameter(name, value.Values);
        else parameters.Add(new LayerParameter(name, value.Values));
    }

    /// <summary>The value of a parameter: the model's, or the layer's own, drawn now if it is the first time.</summary>
    /// <param name="name">The name within the layer: <c>weight</c>.</param>
    /// <param name="shape">The shape that the current input calls for.</param>
    /// <param name="draw">Draws the first value.</param>
    private protected DenseArray<T> Parameter<T>(string name, TensorShape shape, Func<TensorShape, DenseArray<double>> draw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (source?.Find($"{key}.{name}") is { } trained) return Check(new LayerParameter(name, trained.ToDouble().Values), shape).Get<T>();

        var own = parameters.Find(parameter => parameter.Name == name);
        if (own is null) parameters.Add(own = new LayerParameter(name, draw(shape)));
        return Check(own, shape).Get<T>();
    }

    /// <summary>Checks a declared input size, 0 if there is none, against the actual one.</summary>
    private protected void CheckInput(int declared, TensorShape input, int axis)
    {
        if (declared == 0 || declared == input[axis]) return;
        throw new ShapeMismatchException(
            $"{DisplayName} is declared with {declared} inputs but receives {input}: dimension {axis} is {input[axis]}. Declare {input[axis]}, or omit it.");
    }

    /// <summary>The weights of a recurrent layer or cell, under PyTorch's names.</summary>
    /// <param name="suffix">What their names end with: <c>_l0_reverse</c>.</param>
    /// <param name="gates">How many times as many rows as units there are.</param>
    /// <param name="units">The number of units.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="hasBias">Whether there are biases.</param>
    /// <param name="initializer">How they are drawn.</param>
    private protected RecurrentWeights<T> RecurrentParameters<T>(string suffix, int gates, int units, int inputs, bool hasBias, Initializer initializer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The default's bound is that of the units for all of them.
        DenseArray<T> Weight(string name, int columns) => Parameter<T>(
            name + suffix, new TensorShape(gates * units, columns), shape => initializer == Initializer.Default
                ? ParameterDrawing.UniformFanIn(shape, units)
                : ParameterDrawing.Draw(initializer, shape, columns, units));
        DenseArray<T>? Bias(string name) => hasBias
            ? Parameter<T>(name + suffix, new TensorShape(gates * units), shape => Dense.DrawBias(initializer, shape, units))
            : null;
        return new RecurrentWeights<T>(Weight("weight_ih", inputs), Weight("weight_hh", units), Bias("bias_ih"), Bias("bias_hh"));
    }

    private LayerParameter Check(LayerParameter parameter, TensorShape shape) => parameter.Value.Shape == shape
        ? parameter
        : throw new ShapeMismatchException(
            $"{DisplayName} has a {parameter.Name} of shape {parameter.Value.Shape}, but this input needs {shape}: "
            + "the layer has already been used with an input of another size. Use a layer for each.");
}
