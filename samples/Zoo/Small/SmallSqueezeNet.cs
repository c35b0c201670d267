using DLCompiler;

namespace Zoo;

/// <summary>Fire blocks for images of 32×32.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
public partial class SmallSqueezeNet
{
    private readonly Conv2D conv1 = new(32, kernel: 3, padding: 1, initializer: Initializer.HeUniform), head = new(10, kernel: 1);
    private readonly Fire[] fire2 = [new(16, 32), new(16, 32)], fire4 = [new(24, 48), new(32, 64)];

    /// <summary>From a colour image to ten scores.</summary>
    public Tensor Forward([Shape("N", 3, 32, 32)] Tensor image)
    {
        var x = conv1.Forward(image).Relu().MaxPool(2);
        foreach (var fire in fire2) x = fire.Forward(x);
        x = x.MaxPool(2);
        foreach (var fire in fire4) x = fire.Forward(x);
        return head.Forward(x).GlobalAvgPool();
    }
}

public partial class SmallSqueezeNet : IClassifier;
