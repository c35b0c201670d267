using DLCompiler;

namespace Zoo;

/// <summary>DenseNet with 121 layers (Huang et al., "Densely connected convolutional networks", 2016, table 1).</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.1f, Momentum = 0.9f, Nesterov = true, WeightDecay = 1e-4f)]
public partial class DenseNet121
{
    private readonly Conv2D conv0 = new(64, kernel: 7, stride: 2, padding: 3, bias: false);
    private readonly BatchNorm norm0 = new(), norm5 = new();
    private readonly DenseBlock[] denseblock = [new(6, 32), new(12, 32), new(24, 32), new(16, 32)];
    private readonly Transition[] transition = [new(128), new(256), new(512)];
    private readonly Dense classifier = new(1000);

    /// <summary>From a colour image to a thousand scores.</summary>
    public Tensor Forward([Shape("N", 3, 224, 224)] Tensor image)
    {
        var x = norm0.Forward(conv0.Forward(image)).Relu().MaxPool(3, stride: 2, padding: 1);
        for (int i = 0; i < transition.Length; i++) x = transition[i].Forward(denseblock[i].Forward(x));
        return classifier.Forward(norm5.Forward(denseblock[^1].Forward(x)).Relu().GlobalAvgPool());
    }
}

public partial class DenseNet121 : INetwork;
