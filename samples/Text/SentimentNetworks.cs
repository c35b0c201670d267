using DLCompiler;

namespace Samples;

/// <summary>Convolutions over three, four and five words, and the largest of each over the sentence (Kim 2014, with vectors that begin at random).</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.AdamW, LearningRate = 1e-3f, WeightDecay = 0.01f)]
public partial class SentimentCnn
{
    internal const int Words = 10_000, Length = 64;

    readonly Embedding table = new(Words, 64, Initializer.Normal, gain: 0.1f, paddingIndex: 0);
    readonly Conv1D three = new(64, kernel: 3), four = new(64, kernel: 4), five = new(64, kernel: 5);
    readonly Dropout words = new(0.3f), features = new(0.5f);
    readonly Dense classes = new(2);

    /// <summary>From 64 words to the scores of two classes.</summary>
    public Tensor Forward([Shape("N", Length)] Tensor<int> ids)
    {
        var x = words.Forward(table.Forward(ids)).Transpose(1, 2);
        var most = Tensor.Concat(1, three.Forward(x).Relu().Max(2), four.Forward(x).Relu().Max(2), five.Forward(x).Relu().Max(2));
        return classes.Forward(features.Forward(most));
    }
}

/// <summary>The last state of an LSTM that has read the sentence.</summary>
[Model]
public partial class SentimentLstm
{
    readonly Embedding table = new(SentimentCnn.Words, 64, Initializer.Normal, gain: 0.1f, paddingIndex: 0);
    readonly Dropout words = new(0.5f), features = new(0.5f);
    readonly Lstm memory = new(64, sequence: false);
    readonly Dense classes = new(2);

    /// <summary>From words, with the length of each sentence, to the scores of two classes.</summary>
    public Tensor Forward([Shape("N", "T <= 64")] Tensor<int> ids, [Shape("N")] Tensor<int> lengths) =>
        classes.Forward(features.Forward(memory.Forward(words.Forward(table.Forward(ids)), lengths)));

    [Step(Optimizer = Optimizer.AdamW, LearningRate = 2e-3f, WeightDecay = 0.01f, ClipGlobalNorm = 1)]
    Tensor ClassLoss([Shape("N", "T <= 64")] Tensor<int> ids, [Shape("N")] Tensor<int> lengths, [Shape("N")] Tensor<int> labels) =>
        Forward(ids, lengths).SoftmaxCrossEntropy(labels);
}

/// <summary>The largest of the states of an LSTM that reads the sentence in both directions.</summary>
[Model]
public partial class SentimentBiLstm
{
    readonly Embedding table = new(SentimentCnn.Words, 64, Initializer.Normal, gain: 0.1f, paddingIndex: 0);
    readonly Dropout words = new(0.5f), features = new(0.5f);
    readonly Lstm memory = new(64, bidirectional: true);
    readonly Dense classes = new(2);

    /// <summary>From words, with the length of each sentence, to the scores of two classes.</summary>
    public Tensor Forward([Shape("N", "T <= 64")] Tensor<int> ids, [Shape("N")] Tensor<int> lengths) =>
        classes.Forward(features.Forward(memory.Forward(words.Forward(table.Forward(ids)), lengths).Max(1)));

    [Step(Optimizer = Optimizer.AdamW, LearningRate = 2e-3f, WeightDecay = 0.01f, ClipGlobalNorm = 1)]
    Tensor ClassLoss([Shape("N", "T <= 64")] Tensor<int> ids, [Shape("N")] Tensor<int> lengths, [Shape("N")] Tensor<int> labels) =>
        Forward(ids, lengths).SoftmaxCrossEntropy(labels);
}
