using System;
using System.ComponentModel;
using System.Globalization;

namespace DLCompiler.Runtime;

/// <summary>The optimizer of a training step: its kind, which is compiled in, and the numbers that are handed to each step.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="LearningRate">The learning rate, unless a schedule or an option overrides it.</param>
/// <param name="Momentum">Momentum of gradient descent.</param>
/// <param name="Nesterov">Whether momentum is Nesterov's.</param>
/// <param name="WeightDecay">Weight decay: added to the gradient (Sgd, Adam) or applied to the weight (AdamW).</param>
/// <param name="Beta1">Decay of Adam's first moment.</param>
/// <param name="Beta2">Decay of Adam's second moment.</param>
/// <param name="Epsilon">Adam's guard against division by zero.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record OptimizerSettings(
    Optimizer Kind,
    double LearningRate,
    double Momentum = 0,
    bool Nesterov = false,
    double WeightDecay = 0,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8)
{
    /// <summary>Most numbers that <see cref="FillArguments"/> writes.</summary>
    internal const int ArgumentCount = 7;

    /// <summary>Blocks of state that the optimizer keeps, each laid out as the parameter block.</summary>
    internal int StateSlots => Kind switch
    {
        Optimizer.Sgd => Momentum == 0 ? 0 : 1,
        _ => 2,
    };

    /// <summary>
    /// The numbers of one step, in the order that emitted code reads them, computed in double: 1 − β and the bias corrections lose most of their digits in
    /// single
    /// precision.
    /// </summary>
    /// <param name="arguments">Receives <see cref="ArgumentCount"/> numbers.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="step">The step's number, from 1.</param>
    internal void FillArguments(Span<double> arguments, double learningRate, long step)
    {
        if (Kind == Optimizer.Sgd)
        {
            arguments[0] = -learningRate;
            arguments[1] = Momentum;
            arguments[2] = WeightDecay;
            return;
        }

        arguments[0] = 1 - Beta1;
        arguments[1] = Beta2;
        arguments[2] = 1 - Beta2;
        arguments[3] = -learningRate / (1 - Math.Pow(Beta1, step));
        arguments[4] = 1 / Math.Sqrt(1 - Math.Pow(Beta2, step));
        arguments[5] = Epsilon;
        arguments[6] = Kind == Optimizer.AdamW ? -learningRate * WeightDecay : WeightDecay;
    }

    /// <summary>The kind and the numbers that are the same in every step, as <c>[Train]</c> and <c>[Step]</c> name them.</summary>
    internal string Describe() => Kind == Optimizer.Sgd
        ? string.Create(
            CultureInfo.InvariantCulture, $"Sgd (Momentum = {Momentum:R}, Nesterov = {(Nesterov ? "true" : "false")}, WeightDecay = {WeightDecay:R})")
        : string.Create(CultureInfo.InvariantCulture, $"{Kind} (Beta1 = {Beta1:R}, Beta2 = {Beta2:R}, Epsilon = {Epsilon:R}, WeightDecay = {WeightDecay:R})");
}
