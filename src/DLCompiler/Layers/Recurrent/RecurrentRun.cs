using System;
using System.Linq;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>Recurrent layers over batches of sequences, eagerly: layer by layer, direction by direction, step by step.</summary>
/// <param name="name">What messages call the layer.</param>
/// <param name="step">What one step computes.</param>
/// <param name="options">What the layer was created with.</param>
internal sealed class RecurrentRun(string name, RecurrentStep step, RecurrentOptions options)
{
    /// <summary>The outputs and the last states.</summary>
    /// <param name="x">[N, T, inputs].</param>
    /// <param name="first">The first states; null for zeros.</param>
    /// <param name="lengths">The lengths of the samples' sequences; null where all are whole.</param>
    /// <param name="weights">The weights of a layer and a direction for a number of inputs.</param>
    public (DenseArray<T> Outputs, DenseArray<T>[] States) Evaluate<T>(
        DenseArray<T> x, DenseArray<T>?[] first, DenseArray<int>? lengths, Func<string, int, RecurrentWeights<T>> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank != 3) throw new ShapeMismatchException($"{name} takes sequences [N, T, inputs], not {x.Shape}.");
        int samples = x.Shape[0], steps = x.Shape[1], units = options.Units, count = options.StateCount;
        int[] ends = Ends(lengths, samples, steps);
        var given = Array.ConvertAll(first, states => Split(states, samples));
        var last = Array.ConvertAll(first, _ => new DenseArray<T>[count]);
        var current = x;
        for (int layer = 0; layer < options.Layers; layer++)
        {
            var outputs = new DenseArray<T>[options.Directions];
            for (int direction = 0; direction < options.Directions; direction++)
            {
                int number = (layer * options.Directions) + direction;
                var own = weights($"_l{layer}{(direction == 1 ? "_reverse" : "")}", current.Shape[2]);
                var states = Array.ConvertAll(given, all => all[number]);
                outputs[direction] = Walk(current, states, own, ends, reverse: direction == 1);
                for (int state = 0; state < states.Length; state++) last[state][number] = states[state];
            }

            current = Merge(outputs, 2);
        }

        var result = options.Sequence ? current : Merge(last[0][^options.Directions..], 1);
        return (result, Array.ConvertAll(last, states => count == 1 ? states[0] : Rearranging.Stack(1, states)));
    }

    private DenseArray<T> Merge<T>(DenseArray<T>[] directions, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
        => directions.Length == 1 ? directions[0]
            : options.Merge == DirectionMerge.Sum ? Elementwise.Add(directions[0], directions[1])
            : Shaping.Concat(axis, directions);

    // All outputs; the states become the last ones.
    private DenseArray<T> Walk<T>(DenseArray<T> x, DenseArray<T>[] states, RecurrentWeights<T> weights, int[] ends, bool reverse)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int samples = x.Shape[0], steps = x.Shape[1], units = options.Units;
        var outputs = new DenseArray<T>[steps];
        foreach (int t in Enumerable.Range(0, steps).Select(index => reverse ? steps - 1 - index : index))
        {
            var element = Shaping.Slice(x, 1, t, 1).WithShape(new TensorShape(samples, x.Shape[2]));
            var next = step.Next(element, states, weights);
            var inside = new DenseArray<bool>(new TensorShape(samples, 1), Array.ConvertAll(ends, end => t < end));
            outputs[t] = Choosing.Where(inside, next[0], new DenseArray<T>(next[0].Shape));
            for (int state = 0; state < states.Length; state++) states[state] = Choosing.Where(inside, next[state], states[state]);
        }

        return steps == 0 ? new DenseArray<T>(new TensorShape(samples, 0, units)) : Rearranging.Stack(1, outputs);
    }

    private int[] Ends(DenseArray<int>? lengths, int samples, int steps)
    {
        if (lengths is null) return [.. Enumerable.Repeat(steps, samples)];
        if (lengths.Rank != 1 || lengths.Shape[0] != samples)
            throw new ShapeMismatchException($"{name} takes a length for each sample, [{samples}], not {lengths.Shape}.");
        for (int sample = 0; sample < samples; sample++)
        {
            if (lengths.Elements[sample] < 1 || lengths.Elements[sample] > steps)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(lengths), lengths.Elements[sample], $"the length of sample {sample} must be from 1 to {steps}, the padded length.");
            }
        }

        return lengths.Elements;
    }

    private DenseArray<T>[] Split<T>(DenseArray<T>? states, int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = options.StateCount;
        var one = new TensorShape(samples, options.Units);
        if (states is null) return [.. Enumerable.Range(0, count).Select(_ => new DenseArray<T>(one))];
        var expected = count == 1 ? one : new TensorShape(samples, count, options.Units);
        if (states.Shape != expected) throw new ShapeMismatchException($"{name} takes a first state {expected}, not {states.Shape}.");
        return [.. Enumerable.Range(0, count).Select(number => count == 1 ? states : Shaping.Slice(states, 1, number, 1).WithShape(one))];
    }
}
