using System;

namespace DLCompiler;

/// <summary>
/// Gives a model one training step: the gradient of a loss between <c>Forward</c>'s result and a target, and an optimizer's update of every parameter. The
/// model receives <c>Fit</c> and <c>StepTrain</c>.
/// </summary>
/// <param name="loss">The loss, averaged over the batch.</param>
/// <param name="optimizer">The update rule.</param>
/// <remarks>The kinds of loss and optimizer are compiled in. The numbers are defaults, which options of the training loop override at run time.</remarks>
/// <example><code>[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
/// public partial class LeNet5 { … }</code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TrainAttribute(Loss loss, Optimizer optimizer) : Attribute
{
    /// <summary>The loss that training minimises.</summary>
    public Loss Loss { get; } = loss;

    /// <summary>The update rule.</summary>
    public Optimizer Optimizer { get; } = optimizer;

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
