namespace DLCompiler.Benchmarks.Models;

/// <summary>Characters of 65 kinds, in sequences of 64: an embedding of 256, an LSTM of 256 units, and the scores of the next character.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
public partial class CharLstm
{
    readonly Embedding table = new(65, 256);
    readonly Lstm lstm = new(256);
    readonly Dense scores = new(65);

    public Tensor Forward([Shape("N", 64)] Tensor<int> characters) => scores.Forward(lstm.Forward(table.Forward(characters)));
}
