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
public sealed class TrainAttribute(Loss loss, Optimizer optimizer) : OptimizerAttribute(optimizer)
{
    /// <summary>The loss that training minimises.</summary>
    public Loss Loss { get; } = loss;
}
