using System;

namespace DLCompiler;

/// <summary>
/// Gives a model one training step: the gradient of a loss between <c>Forward</c>'s result and a target, and an optimizer's update of every parameter. The
/// model receives <c>Fit</c> and <c>StepTrain</c>.
/// </summary>
/// <param name="loss">The loss, averaged over the batch.</param>
/// <param name="optimizer">The update rule.</param>
/// <remarks>
/// The kinds of loss and optimizer are compiled in. The numbers are defaults, which options of the training loop override at run time. Weights and smoothing
/// are the training's: the figures of an evaluation are those of the plain loss. Weights of samples, and other losses, are a matter of a
/// <see cref="StepAttribute"/> method: each loss is also a method of <see cref="Tensor"/>.
/// </remarks>
/// <example><code>[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
/// public partial class LeNet5 { … }</code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TrainAttribute(Loss loss, Optimizer optimizer) : OptimizerAttribute(optimizer)
{
    /// <summary>The loss that training minimises.</summary>
    public Loss Loss { get; } = loss;

    /// <summary>
    /// A factor for each class in <see cref="Loss.SoftmaxCrossEntropy"/>, whose mean divides by the factors of the labels; all count the same unless given.
    /// </summary>
    public float[] ClassWeights { get; set; } = [];

    /// <summary>The share of the target that <see cref="Loss.SoftmaxCrossEntropy"/> spreads over all classes, in [0, 1] (Szegedy et al. 2015).</summary>
    public float LabelSmoothing { get; set; }

    /// <summary>What the loss of a target of 1 counts in <see cref="Loss.SigmoidCrossEntropy"/>; positive, 1 unless given.</summary>
    public float PositiveWeight { get; set; } = 1;
}
