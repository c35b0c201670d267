using System.ComponentModel;

namespace DLCompiler.Runtime;

/// <summary>What the training loop must know of a model with <c>[Train]</c>.</summary>
/// <param name="TrainFunction">The index of the training step.</param>
/// <param name="PredictFunction">The index of the prediction.</param>
/// <param name="Loss">The loss that the step minimises.</param>
/// <param name="InputShape">One sample's input shape, without the batch dimension; −1 − i stands for <see cref="Sizes"/>[i].</param>
/// <param name="OutputShape">One sample's output shape in the same way; the last size is the number of classes for softmax
/// cross-entropy.</param>
/// <param name="IdLimit">For inputs that are ids: what they are below (the rows of the embedding table); otherwise 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record TrainingSignature(int TrainFunction, int PredictFunction, Loss Loss, int[] InputShape, int[] OutputShape, int IdLimit = 0)
{
    /// <summary>The sizes that follow from a data set, in the order in which the functions take them.</summary>
    public TrainingSize[] Sizes { get; init; } = [];
}
