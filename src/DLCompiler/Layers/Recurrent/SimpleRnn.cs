using System;
using System.Numerics;

namespace DLCompiler;

/// <summary>
/// A plain recurrent network over sequences (Elman 1990), as PyTorch's <c>RNN</c> with the batch first: h = f(W_ih·x + b_ih + W_hh·h + b_hh). Parameters of
/// layer k: <c>weight_ih_lk</c> [H, inputs], <c>weight_hh_lk</c> [H, H], <c>bias_ih_lk</c> and <c>bias_hh_lk</c> [H]; those of the second direction end with
/// <c>_reverse</c>.
/// </summary>
/// <remarks>
/// With lengths, a sample ends where its length says (PyTorch's packed sequences): outputs past it are zero, last states are those at its end, and the
/// second direction begins there. States of several layers or directions are [N, layers·directions, H], layer by layer, the second direction after the first:
/// PyTorch's with the batch first.
/// </remarks>
public sealed class SimpleRnn : Layer
{
    private readonly RecurrentOptions options;
    private readonly RecurrentStep step;

    /// <summary>Creates the layer.</summary>
    /// <param name="units">The number of units H, at least 1.</param>
    /// <param name="layers">How many layers stand one on the other, at least 1.</param>
    /// <param name="bidirectional">Whether each layer has a second direction, from the sequence's end to its beginning, with weights of its own.</param>
    /// <param name="merge">What becomes of the outputs of the two directions.</param>
    /// <param name="sequence">
    /// Whether <c>Forward</c> gives the outputs of all steps, or that of the last one alone: the last layer's final state, of both directions.
    /// </param>
    /// <param name="dropout">The rate of dropout between layers, in [0, 1).</param>
    /// <param name="recurrentDropout">
    /// The rate of dropout on the state that the recurrent product takes, in [0, 1), with one mask for all steps of a sample (Gal and Ghahramani 2016).
    /// </param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="input">The number of inputs; 0 takes it from the input. Given, it is checked.</param>
    /// <param name="initializer">How the weights are drawn; by default uniform on ±1/√H, as the biases.</param>
    /// <param name="activation">f.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or there is dropout between layers and one layer.</exception>
    public SimpleRnn(
        int units, int layers = 1, bool bidirectional = false, DirectionMerge merge = DirectionMerge.Concat, bool sequence = true, float dropout = 0,
        float recurrentDropout = 0, bool bias = true, int input = 0, Initializer initializer = Initializer.Default,
        RnnActivation activation = RnnActivation.Tanh)
    {
        options = new RecurrentOptions(units, layers, bidirectional, merge, sequence, bias, input, initializer).Checked(dropout, recurrentDropout);
        step = new RecurrentStep.Simple(activation);
    }

    /// <summary>Applies the layer, beginning with states of zero.</summary>
    /// <param name="x">[N, T, inputs].</param>
    /// <param name="lengths">The length of each sample's sequence [N], from 1 to T; all of it where left out.</param>
    /// <returns>The outputs [N, T, H], or the last [N, H]; 2·H features where two directions are concatenated.</returns>
    /// <exception cref="ShapeMismatchException">A tensor is not of these shapes, or its features are not the declared or not those of the weights.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1 or above T.</exception>
    public Tensor Forward(Tensor x, Tensor<int>? lengths = null) => new(Evaluate(x.Values, [null], lengths?.Values).Outputs);

    /// <inheritdoc cref="Forward(Tensor, Tensor{int})"/>
    public Tensor<double> Forward(Tensor<double> x, Tensor<int>? lengths = null) => new(Evaluate(x.Values, [null], lengths?.Values).Outputs);

    /// <summary>Applies the layer, with the states at the beginning and at the end.</summary>
    /// <param name="x">[N, T, inputs].</param>
    /// <param name="hidden">
    /// The first states: [N, H] of one layer of one direction, [N, layers·directions, H] else; zeros where left out.
    /// </param>
    /// <param name="lengths">The length of each sample's sequence [N], from 1 to T; all of it where left out.</param>
    /// <returns>The outputs as <c>Forward</c> gives them, and the last states in the shape of the first.</returns>
    /// <exception cref="ShapeMismatchException">A tensor is not of these shapes, or its features are not the declared or not those of the weights.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1 or above T.</exception>
    public (Tensor Outputs, Tensor Hidden) ForwardWithState(
        Tensor x, Tensor? hidden = null, Tensor<int>? lengths = null)
    {
        var (outputs, states) = Evaluate(x.Values, [hidden?.Values], lengths?.Values);
        return (new(outputs), new(states[0]));
    }

    /// <inheritdoc cref="ForwardWithState(Tensor, Tensor, Tensor{int})"/>
    public (Tensor<double> Outputs, Tensor<double> Hidden) ForwardWithState(
        Tensor<double> x, Tensor<double>? hidden = null, Tensor<int>? lengths = null)
    {
        var (outputs, states) = Evaluate(x.Values, [hidden?.Values], lengths?.Values);
        return (new(outputs), new(states[0]));
    }

    internal (DenseArray<T> Outputs, DenseArray<T>[] States) Evaluate<T>(DenseArray<T> x, DenseArray<T>?[] first, DenseArray<int>? lengths)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank == 3) CheckInput(options.Input, x.Shape, 2);
        return new RecurrentRun(DisplayName, step, options).Evaluate(
            x, first, lengths, (suffix, inputs) => RecurrentParameters<T>(suffix, step.Gates, options.Units, inputs, options.Bias, options.Initializer));
    }
}
