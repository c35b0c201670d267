namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>A table with a row for padding, beside one without.</summary>
[Model]
public partial class PaddedWords
{
    readonly Embedding padded = new(5, 3, paddingIndex: 1);
    readonly Embedding plain = new(5, 3);

    public Tensor Forward([Shape("N", 4)] Tensor<int> ids) => padded.Forward(ids);

    [Step(Optimizer = Optimizer.Sgd, LearningRate = 0.5f)]
    Tensor PaddedLoss([Shape("N", 4)] Tensor<int> ids) => (padded.Forward(ids) + 1f).Square().Sum();

    [Step(Optimizer = Optimizer.Sgd, LearningRate = 0.5f)]
    Tensor PlainLoss([Shape("N", 4)] Tensor<int> ids) => (plain.Forward(ids) + 1f).Square().Sum();
}
