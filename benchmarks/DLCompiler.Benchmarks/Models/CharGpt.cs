namespace DLCompiler.Benchmarks.Models;

/// <summary>nanoGPT over characters of 65 kinds, without dropout.</summary>
[Block]
public partial class CharGpt(int layers, int features, int heads, int length)
{
    readonly Embedding table = new(65, features);
    readonly LearnedPositions positions = new(length);
    readonly Repeat<CharGptLayer> body = new(layers, _ => new(features, heads));
    readonly LayerNorm norm = new();
    readonly Dense scores = new(65, bias: false);

    public Tensor Forward(Tensor<int> characters)
    {
        Tensor x = positions.Forward(table.Forward(characters));
        x = body.Forward(x, (layer, y) => layer.Forward(y));
        return scores.Forward(norm.Forward(x));
    }
}

/// <summary>A layer of it: attention over the characters before, and two wide layers, both added to what comes in.</summary>
[Block]
public partial class CharGptLayer(int features, int heads)
{
    readonly LayerNorm norm1 = new(), norm2 = new();
    readonly MultiHeadAttention attention = new(heads, bias: false, causal: true);
    readonly Dense wide = new(4 * features, bias: false), narrow = new(features, bias: false);

    public Tensor Forward(Tensor x)
    {
        Tensor y = x + attention.Forward(norm1.Forward(x));
        return y + narrow.Forward(wide.Forward(norm2.Forward(y)).Gelu());
    }
}

/// <summary>One layer of 128 features and 2 heads, on 4,096 characters: what attention takes of memory.</summary>
[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.AdamW, LearningRate = 1e-3f, ClipGlobalNorm = 1)]
public partial class CharGpt1x128
{
    readonly CharGpt gpt = new(1, 128, 2, 4096);

    public Tensor Forward([Shape("N", 4096)] Tensor<int> characters) => gpt.Forward(characters);
}

/// <summary>Four layers of 128 features and 4 heads, on 64 characters.</summary>
[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.AdamW, LearningRate = 1e-3f, ClipGlobalNorm = 1)]
public partial class CharGpt4x128
{
    readonly CharGpt gpt = new(4, 128, 4, 64);

    public Tensor Forward([Shape("N", 64)] Tensor<int> characters) => gpt.Forward(characters);
}

/// <summary>Six layers of 384 features and 6 heads, on 256 characters.</summary>
[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.AdamW, LearningRate = 1e-3f, ClipGlobalNorm = 1)]
public partial class CharGpt6x384
{
    readonly CharGpt gpt = new(6, 384, 6, 256);

    public Tensor Forward([Shape("N", 256)] Tensor<int> characters) => gpt.Forward(characters);
}

/// <summary>The same six layers, which write characters one by one.</summary>
[Model, Inference(Generation = true)]
public partial class CharGptWriter
{
    readonly CharGpt gpt = new(6, 384, 6, 256);

    public Tensor Forward([Shape("N", "T <= 256")] Tensor<int> characters) => gpt.Forward(characters);
}
