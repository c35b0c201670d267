using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace DLCompiler.Operations;

/// <summary>A walk along sequences, at one of its elements.</summary>
/// <param name="Axis">The axis that is walked along.</param>
/// <param name="Position">The element.</param>
internal readonly record struct Sequence(int Axis, int Position)
{
    /// <summary>Takes all steps: the outputs, stacked along the axis, and the last state.</summary>
    public static (Tensor Outputs, TState Last) Walk<TState>(
        TensorShape[] shapes, int axis, bool reverse, int truncate, TState first, Func<TState, Sequence, (Tensor Output, TState State)> step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(truncate);
        int walked = shapes[0].ResolveAxis(axis, "walk");
        foreach (var shape in shapes)
        {
            if (shape.Rank <= walked) throw new ShapeMismatchException($"a Scan along dimension {walked} has a sequence {shape} without it. Reshape it.");
            if (shape[walked] != shapes[0][walked])
            {
                throw new ShapeMismatchException(
                    $"can't walk along {shapes[0]} and {shape} together: dimension {walked} is {shapes[0][walked]} and {shape[walked]}.");
            }
        }

        int count = shapes[0][walked];
        if (count == 0) throw new ShapeMismatchException($"a Scan needs at least one step, and dimension {walked} of {shapes[0]} has none.");
        var outputs = new DenseArray<float>[count];
        TensorShape[] states = [.. Shapes(first)];
        var current = first;
        foreach (int position in Enumerable.Range(0, count).Select(index => reverse ? count - 1 - index : index))
        {
            (Tensor output, current) = step(current, new Sequence(walked, position));
            outputs[position] = output.Values;
            foreach (var (before, after) in states.Zip(Shapes(current)))
            {
                if (before != after)
                {
                    throw new ShapeMismatchException(
                        $"a state of a Scan begins as {before}, and its step returns {after}: a state keeps its shape. Begin with {after}, or return {before}.");
                }
            }
        }

        return (new(Rearranging.Stack(walked, outputs)), current);
    }

    /// <summary>The element of a sequence.</summary>
    public Tensor Element(Tensor sequence) => new(Element(sequence.Values));

    /// <summary>The element of a sequence.</summary>
    public Tensor<T> Element<T>(Tensor<T> sequence)
        where T : unmanaged
        => new(Element(sequence.Values));

    private DenseArray<T> Element<T>(DenseArray<T> values)
        where T : unmanaged
        => Shaping.Slice(values, Axis, Position, 1).WithShape(values.Shape.Without(Axis));

    // The shapes of all tensors in a state.
    private static IEnumerable<TensorShape> Shapes(object? state) => state switch
    {
        Tensor tensor => [tensor.Shape],
        Tensor<int> tensor => [tensor.Shape],
        Tensor<bool> tensor => [tensor.Shape],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(index => Shapes(tuple[index])),
        IEnumerable<object> items => items.SelectMany(Shapes),
        _ => throw new ArgumentException($"the state of a Scan is a tensor, or a tuple or an array of tensors, not {state?.GetType().Name ?? "null"}."),
    };
}
