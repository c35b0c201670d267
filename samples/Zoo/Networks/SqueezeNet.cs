using DLCompiler;

namespace Zoo;

/// <summary>SqueezeNet 1.0 (Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters", 2016, table 1).</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.04f, Momentum = 0.9f, WeightDecay = 2e-4f)]
public partial class SqueezeNet
{
    private readonly Conv2D conv1 = new(96, kernel: 7, stride: 2, initializer: Initializer.HeUniform), conv10 = new(1000, kernel: 1);
    private readonly Fire[] fire2 = [new(16, 64), new(16, 64), new(32, 128)];
    private readonly Fire[] fire5 = [new(32, 128), new(48, 192), new(48, 192), new(64, 256)];
    private readonly Fire fire9 = new(64, 256);
    private readonly Dropout drop9 = new(0.5f);

    /// <summary>From a colour image to a thousand scores.</summary>
    public Tensor Forward([Shape("N", 3, 224, 224)] Tensor image)
    {
        var x = conv1.Forward(image).Relu().MaxPool(3, stride: 2, ceilMode: true);
        foreach (var fire in fire2) x = fire.Forward(x);
        x = x.MaxPool(3, stride: 2, ceilMode: true);
        foreach (var fire in fire5) x = fire.Forward(x);
        x = fire9.Forward(x.MaxPool(3, stride: 2, ceilMode: true));
        return conv10.Forward(drop9.Forward(x)).Relu().GlobalAvgPool();
    }
}

public partial class SqueezeNet : INetwork;
