using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>The weights of one direction of one layer, or of a cell.</summary>
internal sealed record RecurrentWeights<T>(DenseArray<T> Input, DenseArray<T> Recurrent, DenseArray<T>? InputBias, DenseArray<T>? RecurrentBias)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>One step of a recurrent layer, eagerly: x [N, inputs] and the states [N, H] give the next states.</summary>
/// <param name="gates">How many times as many rows as units the weights have.</param>
/// <param name="states">The number of states.</param>
internal abstract class RecurrentStep(int gates, int states)
{
    public int Gates => gates;

    public int States => states;

    public abstract DenseArray<T>[] Next<T>(DenseArray<T> x, DenseArray<T>[] states, RecurrentWeights<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>;

    protected static DenseArray<T> Gate<T>(DenseArray<T> gates, int number, int units)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Shaping.Slice(gates, 1, number * units, units);

    protected static DenseArray<T> SigmoidSum<T>(DenseArray<T> a, DenseArray<T> b)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Elementwise.Sigmoid(Elementwise.Add(a, b));

    /// <summary>h = f(W_ih·x + b_ih + W_hh·h + b_hh).</summary>
    public sealed class Simple(RnnActivation activation) : RecurrentStep(1, 1)
    {
        public override DenseArray<T>[] Next<T>(DenseArray<T> x, DenseArray<T>[] states, RecurrentWeights<T> weights)
        {
            var sum = Elementwise.Add(
                Affine.Apply(x, weights.Input, weights.InputBias), Affine.Apply(states[0], weights.Recurrent, weights.RecurrentBias));
            return [activation == RnnActivation.Relu ? Elementwise.Relu(sum) : Elementwise.Tanh(sum)];
        }
    }

    /// <summary>Gates i, f, g, o.</summary>
    public sealed class LongShortTerm() : RecurrentStep(4, 2)
    {
        public override DenseArray<T>[] Next<T>(DenseArray<T> x, DenseArray<T>[] states, RecurrentWeights<T> weights)
        {
            int units = states[0].Shape[1];
            var all = Elementwise.Add(
                Affine.Apply(x, weights.Input, weights.InputBias), Affine.Apply(states[0], weights.Recurrent, weights.RecurrentBias));
            var cell = Elementwise.Add(
                Elementwise.Multiply(Elementwise.Sigmoid(Gate(all, 1, units)), states[1]),
                Elementwise.Multiply(Elementwise.Sigmoid(Gate(all, 0, units)), Elementwise.Tanh(Gate(all, 2, units))));
            return [Elementwise.Multiply(Elementwise.Sigmoid(Gate(all, 3, units)), Elementwise.Tanh(cell)), cell];
        }
    }

    /// <summary>Gates r, z, n; the reset gate acts after or before the product of the state.</summary>
    public sealed class Gated(bool resetAfter) : RecurrentStep(3, 1)
    {
        public override DenseArray<T>[] Next<T>(DenseArray<T> x, DenseArray<T>[] states, RecurrentWeights<T> weights)
        {
            DenseArray<T> h = states[0];
            int units = h.Shape[1];
            var input = Affine.Apply(x, weights.Input, weights.InputBias);
            var products = Affine.Apply(h, weights.Recurrent, weights.RecurrentBias);
            var reset = SigmoidSum(Gate(input, 0, units), Gate(products, 0, units));
            var update = SigmoidSum(Gate(input, 1, units), Gate(products, 1, units));
            var kept = resetAfter
                ? Elementwise.Multiply(reset, Gate(products, 2, units))
                : Gate(Affine.Apply(Elementwise.Multiply(reset, h), weights.Recurrent, weights.RecurrentBias), 2, units);
            var candidate = Elementwise.Tanh(Elementwise.Add(Gate(input, 2, units), kept));
            return [Elementwise.Add(candidate, Elementwise.Multiply(update, Elementwise.Subtract(h, candidate)))];
        }
    }
}
