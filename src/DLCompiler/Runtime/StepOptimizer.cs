using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;

namespace DLCompiler.Runtime;

/// <summary>A number of an optimizer, by the name of the attribute's property or, for what goes from step to step, by its key in checkpoints.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">Its value where nothing else is said; for what goes from step to step, before the first.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record OptimizerNumber(string Name, double Value);

/// <summary>What an optimizer keeps of each parameter, in a block that is laid out as the parameters'.</summary>
/// <param name="Name">Its name in checkpoints, PyTorch's where it has one: <c>exp_avg</c>.</param>
/// <param name="Initial">Its elements before the first step.</param>
/// <param name="StartsAsWeights">Whether it begins as a copy of the parameters instead.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record OptimizerState(string Name, float Initial = 0, bool StartsAsWeights = false);

/// <summary>What the numbers of one step are computed from, and where they go.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct StepNumbers
{
    /// <summary>The learning rate of the step.</summary>
    public double LearningRate { get; init; }

    /// <summary>The update's number, from 1: that of the step, unless gradients are accumulated.</summary>
    public double Step { get; init; }

    /// <summary>The optimizer's numbers, in the order of <see cref="StepOptimizer.Numbers"/>.</summary>
    public ReadOnlySpan<double> Own { get; init; }

    /// <summary>What goes from step to step, as the step before left it, in the order of <see cref="StepOptimizer.Carried"/>.</summary>
    public ReadOnlySpan<double> Carried { get; init; }

    /// <summary>Receives what goes on to the next step.</summary>
    public Span<double> Next { get; init; }

    /// <summary>Receives the numbers that kernels take.</summary>
    public Span<double> Arguments { get; init; }
}

/// <summary>
/// The optimizer of a training step, as far as the runtime has to know it: its rule is part of the step's kernels. Stateless; emitted code derives from it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class StepOptimizer
{
    /// <summary>The kind, and what is compiled in of it: <c>Adam with AmsGrad</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The learning rate, unless a schedule or an option overrides it.</summary>
    public abstract double LearningRate { get; }

    /// <summary>The numbers that are the same in every step.</summary>
    public virtual IReadOnlyList<OptimizerNumber> Numbers => [];

    /// <summary>What it keeps of each parameter.</summary>
    public virtual IReadOnlyList<OptimizerState> States => [];

    /// <summary>Numbers that go from one step to the next.</summary>
    public virtual IReadOnlyList<OptimizerNumber> Carried => [];

    /// <summary>The parameters whose moving average it keeps.</summary>
    public virtual IReadOnlyList<string> Averaged => [];

    /// <summary>Steps in an update, which takes the mean of their gradients.</summary>
    public virtual int Accumulate => 1;

    /// <summary>How many numbers kernels take.</summary>
    public abstract int ArgumentCount { get; }

    /// <summary>
    /// Computes what kernels take for one step, in double precision: 1 − β and the bias corrections lose most of their digits in single precision.
    /// </summary>
    public abstract void Prepare(in StepNumbers numbers);

    private string Form => Accumulate == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name} every {Accumulate} steps");

    /// <summary>The kind and the numbers that are the same in every step, as <c>[Train]</c> and <c>[Step]</c> name them.</summary>
    internal string Describe() => Numbers.Count == 0 ? Form
        : $"{Form} ({string.Join(", ", Numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"{number.Name} = {number.Value:R}")))})";
}
