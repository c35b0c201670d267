using System;
using System.Numerics;

namespace DLCompiler;

/// <summary>
/// One step of a <see cref="Gru"/> (Cho et al. 2014), as PyTorch's <c>GRUCell</c>. Parameters: <c>weight_ih</c> [3·H, inputs], <c>weight_hh</c> [3·H, H],
/// <c>bias_ih</c> and <c>bias_hh</c> [3·H], gates in the order r, z, n.
/// </summary>
public sealed class GruCell : Layer
{
    private readonly int units;
    private readonly int input;
    private readonly bool bias;
    private readonly Initializer initializer;
    private readonly RecurrentStep step;

    /// <summary>Creates the layer.</summary>
    /// <param name="units">The number of units H, at least 1.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="input">The number of inputs; 0 takes it from the input. Given, it is checked.</param>
    /// <param name="initializer">How the weights are drawn; by default uniform on ±1/√H, as the biases.</param>
    /// <param name="resetAfter">Whether the reset gate acts after the product of the state (PyTorch), or before it (as published).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public GruCell(int units, bool bias = true, int input = 0, Initializer initializer = Initializer.Default, bool resetAfter = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        (this.units, this.bias, this.input, this.initializer) = (units, bias, input, initializer);
        step = new RecurrentStep.Gated(resetAfter);
    }

    /// <summary>Takes one step.</summary>
    /// <param name="x">The step's input [N, inputs].</param>
    /// <param name="hidden">The state before [N, H].</param>
    /// <returns>The next state [N, H].</returns>
    /// <exception cref="ShapeMismatchException">A tensor is not of these shapes, or its features are not the declared or not those of the weights.</exception>
    public Tensor Forward(Tensor x, Tensor hidden) => new(Evaluate(x.Values, [hidden.Values])[0]);

    /// <inheritdoc cref="Forward(Tensor, Tensor)"/>
    public Tensor<double> Forward(Tensor<double> x, Tensor<double> hidden) => new(Evaluate(x.Values, [hidden.Values])[0]);

    private DenseArray<T>[] Evaluate<T>(DenseArray<T> x, DenseArray<T>[] states)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank != 2) throw new ShapeMismatchException($"{DisplayName} takes one step [N, inputs], not {x.Shape}.");
        CheckInput(input, x.Shape, 1);
        var expected = new TensorShape(x.Shape[0], units);
        foreach (var state in states)
            if (state.Shape != expected) throw new ShapeMismatchException($"{DisplayName} takes a state {expected}, not {state.Shape}.");
        return step.Next(x, states, RecurrentParameters<T>("", step.Gates, units, x.Shape[1], bias, initializer));
    }
}
