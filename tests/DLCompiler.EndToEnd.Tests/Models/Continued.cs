namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>Two LSTM layers over tokens, continued token by token.</summary>
[Model, Inference(Generation = true)]
public partial class ContinuedLstm
{
    readonly Embedding table = new(11, 12);
    readonly Lstm lstm = new(16, layers: 2);
    readonly Dense scores = new(11);

    public Tensor Forward([Shape("N", "T <= 20")] Tensor<int> ids) => scores.Forward(lstm.Forward(table.Forward(ids)).Tanh());
}
