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
public sealed class StepAttribute(params string[] fields) : OptimizerAttribute(Optimizer.Sgd)
{
    /// <summary>The fields whose parameters the step updates; empty stands for every parameter that the loss depends on.</summary>
    public string[] UpdatedFields => Updates is null ? fields : [Updates, .. fields];

    /// <summary>
    /// The field whose parameters the step updates, given as <c>Updates = nameof(field)</c>; several are given as <c>[Step(nameof(a), nameof(b))]</c>.
    /// </summary>
    public string? Updates { get; set; }

    /// <summary>The update rule; <see cref="Optimizer.Sgd"/> unless given.</summary>
    public new Optimizer Optimizer
    {
        get => base.Optimizer;
        set => base.Optimizer = value;
    }
}
