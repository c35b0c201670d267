using System;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>Steps of your own along sequences.</summary>
public static class SequenceOperations
{
    /// <summary>
    /// Walks along an axis of a sequence with a step of your own, which makes the next state of the state and an element: a recurrence. In a model the step is
    /// a lambda or a method, compiled once whatever the length; it may use layers and tensors from around it, and gradients flow back through all steps
    /// (back-propagation through time, Werbos 1990).
    /// </summary>
    /// <param name="sequence">The sequence: [N, T, …] where the axis is 1.</param>
    /// <param name="first">The state before the first step: [N, H], say. A state keeps its shape.</param>
    /// <param name="step">The step: from the state and an element [N, …] to the next state, which is its output too.</param>
    /// <param name="axis">The axis that is walked along; not the batch.</param>
    /// <param name="reverse">Whether it is walked from the end to the beginning; outputs stand where their elements stand.</param>
    /// <param name="truncate">
    /// After how many steps gradients go no further back: each n-th step takes its states as constants. 0 lets them flow back to the beginning.
    /// </param>
    /// <returns>The outputs of all steps, stacked along the axis, and the last state.</returns>
    /// <exception cref="ShapeMismatchException">There is no such axis, or a state changes its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="truncate"/> is negative.</exception>
    /// <example><code>var (outputs, last) = x.Scan(Tensor.Zeros(x.Shape[0], 64), (h, xt) => cell.Forward(xt, h));</code></example>
    public static (Tensor Outputs, Tensor Last) Scan(
        this Tensor sequence, Tensor first, Func<Tensor, Tensor, Tensor> step, int axis = 1, bool reverse = false, int truncate = 0)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Sequence.Walk([sequence.Shape], axis, reverse, truncate, first, (state, walk) => Twice(step(state, walk.Element(sequence))));
    }

    /// <summary>
    /// Walks along an axis of a sequence with a step of your own, whose states may be several: a tuple, or an array, of tensors. The step returns its output and
    /// the next states.
    /// </summary>
    /// <typeparam name="TState">A tensor, or a tuple or an array of tensors.</typeparam>
    /// <param name="sequence">The sequence: [N, T, …] where the axis is 1.</param>
    /// <param name="first">The states before the first step. A state keeps its shape.</param>
    /// <param name="step">The step: from the states and an element to its output and the next states.</param>
    /// <param name="axis">The axis that is walked along; not the batch.</param>
    /// <param name="reverse">Whether it is walked from the end to the beginning; outputs stand where their elements stand.</param>
    /// <param name="truncate">After how many steps gradients go no further back; 0 lets them flow back to the beginning.</param>
    /// <returns>The outputs of all steps, stacked along the axis, and the last state.</returns>
    /// <exception cref="ShapeMismatchException">There is no such axis, or a state changes its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="truncate"/> is negative.</exception>
    /// <example><code>var (outputs, last) = x.Scan((h, c), (state, xt) =>
    /// {
    ///     var (hidden, memory) = cell.Forward(xt, state.h, state.c);
    ///     return (hidden, (hidden, memory));
    /// });</code></example>
    public static (Tensor Outputs, TState Last) Scan<TState>(
        this Tensor sequence, TState first, Func<TState, Tensor, (Tensor Output, TState State)> step, int axis = 1, bool reverse = false, int truncate = 0)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Sequence.Walk([sequence.Shape], axis, reverse, truncate, first, (state, walk) => step(state, walk.Element(sequence)));
    }

    /// <summary>Walks along two sequences of equal length, as along one.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="first">The state before the first step. A state keeps its shape.</param>
    /// <param name="step">The step: from the state and an element of each sequence to the next state, which is its output too.</param>
    /// <param name="axis">The axis that is walked along; not the batch.</param>
    /// <param name="reverse">Whether they are walked from the end to the beginning; outputs stand where their elements stand.</param>
    /// <param name="truncate">After how many steps gradients go no further back; 0 lets them flow back to the beginning.</param>
    /// <returns>The outputs of all steps, stacked along the axis, and the last state.</returns>
    /// <exception cref="ShapeMismatchException">There is no such axis, the sequences differ in length, or a state changes its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="truncate"/> is negative.</exception>
    public static (Tensor Outputs, Tensor Last) Scan(
        this (Tensor, Tensor) sequences, Tensor first, Func<Tensor, Tensor, Tensor, Tensor> step, int axis = 1, bool reverse = false, int truncate = 0)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (a, b) = sequences;
        return Sequence.Walk(
            [a.Shape, b.Shape], axis, reverse, truncate, first, (state, walk) => Twice(step(state, walk.Element(a), walk.Element(b))));
    }

    /// <summary>Walks along several sequences of equal length, with several states, as along one. A sequence may be of integers or truth values.</summary>
    /// <typeparam name="TState">A tensor, or a tuple or an array of tensors.</typeparam>
    /// <param name="sequences">The sequences.</param>
    /// <param name="first">The states before the first step. A state keeps its shape.</param>
    /// <param name="step">The step: from the states and an element of each sequence to its output and the next states.</param>
    /// <param name="axis">The axis that is walked along; not the batch.</param>
    /// <param name="reverse">Whether they are walked from the end to the beginning; outputs stand where their elements stand.</param>
    /// <param name="truncate">After how many steps gradients go no further back; 0 lets them flow back to the beginning.</param>
    /// <returns>The outputs of all steps, stacked along the axis, and the last state.</returns>
    /// <exception cref="ShapeMismatchException">There is no such axis, the sequences differ in length, or a state changes its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="truncate"/> is negative.</exception>
    public static (Tensor Outputs, TState Last) Scan<TState>(
        this (Tensor, Tensor) sequences, TState first, Func<TState, Tensor, Tensor, (Tensor Output, TState State)> step, int axis = 1, bool reverse = false,
        int truncate = 0)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (a, b) = sequences;
        return Sequence.Walk([a.Shape, b.Shape], axis, reverse, truncate, first, (state, walk) => step(state, walk.Element(a), walk.Element(b)));
    }

    /// <inheritdoc cref="Scan{TState}(ValueTuple{Tensor, Tensor}, TState, Func{TState, Tensor, Tensor, ValueTuple{Tensor, TState}}, int, bool, int)"/>
    public static (Tensor Outputs, TState Last) Scan<TState>(
        this (Tensor, Tensor<bool>) sequences, TState first, Func<TState, Tensor, Tensor<bool>, (Tensor Output, TState State)> step, int axis = 1,
        bool reverse = false, int truncate = 0)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (a, b) = sequences;
        return Sequence.Walk([a.Shape, b.Shape], axis, reverse, truncate, first, (state, walk) => step(state, walk.Element(a), walk.Element(b)));
    }

    /// <inheritdoc cref="Scan{TState}(ValueTuple{Tensor, Tensor}, TState, Func{TState, Tensor, Tensor, ValueTuple{Tensor, TState}}, int, bool, int)"/>
    public static (Tensor Outputs, TState Last) Scan<TState>(
        this (Tensor, Tensor<int>) sequences, TState first, Func<TState, Tensor, Tensor<int>, (Tensor Output, TState State)> step, int axis = 1,
        bool reverse = false, int truncate = 0)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (a, b) = sequences;
        return Sequence.Walk([a.Shape, b.Shape], axis, reverse, truncate, first, (state, walk) => step(state, walk.Element(a), walk.Element(b)));
    }

    /// <inheritdoc cref="Scan{TState}(ValueTuple{Tensor, Tensor}, TState, Func{TState, Tensor, Tensor, ValueTuple{Tensor, TState}}, int, bool, int)"/>
    public static (Tensor Outputs, TState Last) Scan<TState>(
        this (Tensor, Tensor, Tensor) sequences, TState first, Func<TState, Tensor, Tensor, Tensor, (Tensor Output, TState State)> step, int axis = 1,
        bool reverse = false, int truncate = 0)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (a, b, c) = sequences;
        return Sequence.Walk(
            [a.Shape, b.Shape, c.Shape], axis, reverse, truncate, first, (state, walk) => step(state, walk.Element(a), walk.Element(b), walk.Element(c)));
    }

    private static (Tensor Output, Tensor State) Twice(Tensor state) => (state, state);
}
