using DLCompiler;

namespace Samples;

/// <summary>Convolutions over frequency and time, as for pictures.</summary>
[Model, Input("N", 1, 40, 64)]
[Conv2D(16, 3, padding: 1), Relu, MaxPool(2), Conv2D(32, 3, padding: 1), Relu, MaxPool(2), Conv2D(64, 3, padding: 1), Relu, MaxPool(2), Flatten, Dropout(0.3f),
    Dense(10)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.AdamW, LearningRate = 2e-3f, WeightDecay = 0.01f)]
public partial class SpeechCnn : Sequential;

/// <summary>Convolutions, and a gated recurrent unit (Cho et al. 2014) that goes over what they find, from the first moment to the last.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.AdamW, LearningRate = 2e-3f, WeightDecay = 0.01f, ClipGlobalNorm = 1)]
public partial class SpeechGru
{
    readonly Conv2D first = new(16, kernel: 3, padding: 1), second = new(32, kernel: 3, padding: 1);
    readonly Dropout dropout = new(0.3f);
    readonly Gru memory = new(64, sequence: false);
    readonly Dense classes = new(10);

    /// <summary>From spectrograms [1, 40 bands, 64 windows] to the scores of ten digits.</summary>
    public Tensor Forward([Shape("N", 1, 40, 64)] Tensor sound)
    {
        var x = first.Forward(sound).Relu().MaxPool(2);
        x = second.Forward(x).Relu().MaxPool(2);                                    // [N, 32, 10, 16]
        x = x.Permute(0, 3, 1, 2).Reshape(-1, 16, 320);                            // sixteen moments with 320 features each
        return classes.Forward(dropout.Forward(memory.Forward(x)));
    }
}
