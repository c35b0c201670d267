using System;

namespace DLCompiler;

/// <summary>
/// Makes a method of a model a training step of its own: it returns the loss, a scalar, and the step updates the parameters named here. A method
/// <c>XLoss</c> gives the model a public method <c>StepX</c>, which takes the same inputs and returns the loss. A model may have several, as adversarial
/// training needs.
/// </summary>
/// <param name="fields">The fields whose parameters the step updates; none stands for every parameter that the loss depends on.</param>
/// <example><code>[Step(Updates = nameof(G), Optimizer = Optimizer.Adam, LearningRate = 2e-4f, Beta1 = 0.5f)]
/// Tensor GeneratorLoss([Shape("N", 64)] Tensor z) => D.Forward(G.Forward(z)).SigmoidCrossEntropy(1);</code></example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class StepAttribute(params string[] fields) : Attribute
{
    /// <summary>The fields whose parameters the step updates; empty stands for every parameter that the loss depends on.</summary>
    public string[] UpdatedFields => Updates is null ? fields : [Updates, .. fields];

    /// <summary>
    /// The field whose parameters the step updates, given as <c>Updates = nameof(field)</c>; several are given as <c>[Step(nameof(a), nameof(b))]</c>.
    /// </summary>
    public string? Updates { get; set; }

    /// <summary>The update rule; <see cref="Optimizer.Sgd"/> unless given.</summary>
    public Optimizer Optimizer { get; set; } = Optimizer.Sgd;

    /// <summary>The learning rate; 0.01 for <see cref="Optimizer.Sgd"/> and 0.001 for the others unless given.</summary>
    public float LearningRate
    {
        get => float.IsNaN(field) ? OptimizerDefaults.LearningRate(Optimizer) : field;
        set;
    } = float.NaN;

    /// <summary>The momentum of <see cref="Optimizer.Sgd"/>, in [0, 1); 0 (none) unless given.</summary>
    public float Momentum { get; set; }

    /// <summary>Whether <see cref="Optimizer.Sgd"/> looks ahead along its momentum (Nesterov).</summary>
    public bool Nesterov { get; set; }

    /// <summary>The weight decay; 0.01 for <see cref="Optimizer.AdamW"/> and 0 (none) for the others unless given.</summary>
    public float WeightDecay
    {
        get => float.IsNaN(field) ? OptimizerDefaults.WeightDecay(Optimizer) : field;
        set;
    } = float.NaN;

    /// <summary>Adam's decay of the mean gradient, in [0, 1); 0.9 unless given.</summary>
    public float Beta1 { get; set; } = OptimizerDefaults.Beta1;

    /// <summary>Adam's decay of the mean squared gradient, in [0, 1); 0.999 unless given.</summary>
    public float Beta2 { get; set; } = OptimizerDefaults.Beta2;

    /// <summary>What Adam adds to its denominator; 1e-8 unless given.</summary>
    public float Epsilon { get; set; } = OptimizerDefaults.Epsilon;
}
