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

/// <summary>A GPT, continued token by token.</summary>
[Model, Inference(Generation = true)]
public partial class ContinuedGpt
{
    readonly Gpt gpt = new(11, 20, 16, 2, 2);

    public Tensor Forward([Shape("N", "T <= 20")] Tensor<int> ids) => gpt.Forward(ids);
}

/// <summary>Attention whose heads share keys and see a few steps, with turned positions, beside a recurrent layer.</summary>
[Model, Inference(Generation = true)]
public partial class ContinuedMixture
{
    readonly Embedding table = new(11, 16);
    readonly MultiHeadAttention attention = new(4, keyValueHeads: 2, causal: true, window: 4, rotaryBase: 10000);
    readonly Gru gru = new(16);
    readonly RmsNorm norm = new();
    readonly Dense scores = new(11);

    public Tensor Forward([Shape("N", "T <= 20")] Tensor<int> ids)
    {
        Tensor x = table.Forward(ids);
        x += attention.Forward(norm.Forward(x));
        return scores.Forward(x + gru.Forward(x));
    }
}

/// <summary>A GPT-2 so small that its logits can be written down.</summary>
[Model]
public partial class SmallGpt2
{
    readonly Gpt gpt = new(17, 8, 12, 3, 2);

    public Tensor Forward([Shape("N", "T <= 8")] Tensor<int> ids) => gpt.Forward(ids);
}
