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

/// <summary>Attention whose scores fall with the distance, and learned positions.</summary>
[Model, Inference(Generation = true)]
public partial class ContinuedAlibi
{
    readonly Embedding table = new(11, 16);
    readonly LearnedPositions positions = new(20);
    readonly MultiHeadAttention first = new(3, causal: true, alibi: true), second = new(4, keyValueHeads: 2, causal: true, window: 5, alibi: true);
    readonly Dense widen = new(24), scores = new(11);

    public Tensor Forward([Shape("N", "T <= 20")] Tensor<int> ids)
    {
        Tensor x = widen.Forward(positions.Forward(table.Forward(ids)));
        x += first.Forward(x);
        return scores.Forward(x + second.Forward(x));
    }
}

/// <summary>A transformer with an encoder, continued token by token.</summary>
[Model, Inference(Generation = true)]
public partial class ContinuedTransformer
{
    readonly Embedding sources = new(13, 16), targets = new(11, 16);
    readonly SinusoidalPositions positions = new();
    readonly TransformerEncoder encoder = new(2, 16, 2, hidden: 24);
    readonly TransformerDecoder decoder = new(2, 16, 2, hidden: 24, preNorm: true);
    readonly Dense scores = new(11);

    public Tensor Forward([Shape("N", "S <= 9")] Tensor<int> source, [Shape("N")] Tensor<int> lengths, [Shape("N", "T <= 20")] Tensor<int> target)
    {
        Tensor memory = encoder.Forward(positions.Forward(sources.Forward(source)), lengths: lengths);
        return scores.Forward(decoder.Forward(positions.Forward(targets.Forward(target)), memory, memoryLengths: lengths));
    }
}

/// <summary>Recurrent layers that read and write, with products of what they read and wrote, hidden by a mask.</summary>
[Model, Inference(Generation = true)]
public partial class ContinuedGruTranslator
{
    readonly Embedding sources = new(13, 12), targets = new(11, 12);
    readonly Gru encoder = new(12), decoder = new(12);
    readonly Dense combine = new(12), scores = new(11);

    public Tensor Forward([Shape("N", "S <= 9")] Tensor<int> source, [Shape("N")] Tensor<int> lengths, [Shape("N", "T <= 20")] Tensor<int> target,
        [Shape("N", "S <= 9")] Tensor mask)
    {
        var (read, last) = encoder.ForwardWithState(sources.Forward(source), lengths: lengths);
        var (written, _) = decoder.ForwardWithState(targets.Forward(target), last);
        Tensor weights = ((written.MatMul(read.Transpose(1, 2)) * 0.3f) + ((mask.Unsqueeze(1) - 1) * 1e4f)).Softmax();
        return scores.Forward(combine.Forward(Tensor.Concat(2, written, weights.MatMul(read))).Tanh());
    }
}

/// <summary>A cell that asks at each step what was read, in a Scan.</summary>
[Model, Inference(Generation = true)]
public partial class ContinuedScanTranslator
{
    readonly Embedding sources = new(13, 12), targets = new(11, 12);
    readonly Gru encoder = new(10, bidirectional: true);
    readonly AdditiveAttention attention = new(8);
    readonly LstmCell decoder = new(14);
    readonly Dense scores = new(11);

    public Tensor Forward([Shape("N", "S <= 9")] Tensor<int> source, [Shape("N", "T <= 20")] Tensor<int> target)
    {
        Tensor memory = encoder.Forward(sources.Forward(source)), start = Tensor.Zeros(source.Shape[0], 14);
        var (outputs, _) = targets.Forward(target).Scan((h: start, c: start), (state, word) =>
        {
            Tensor context = attention.Forward(state.h, memory).Context;
            var (h, c) = decoder.Forward(Tensor.Concat(1, word, context), state.h, state.c);
            return (h, (h, c));
        });
        return scores.Forward(outputs);
    }
}

/// <summary>A GPT-2 so small that its logits can be written down.</summary>
[Model]
public partial class SmallGpt2
{
    readonly Gpt gpt = new(17, 8, 12, 3, 2);

    public Tensor Forward([Shape("N", "T <= 8")] Tensor<int> ids) => gpt.Forward(ids);
}
