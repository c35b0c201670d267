using DLCompiler;

namespace Zoo;

/// <summary>Depthwise separable convolutions for images of 32×32.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 2e-3f)]
public partial class SmallMobileNet
{
    private readonly ConvNorm stem = new(32, kernel: 3, padding: 1);
    private readonly DepthwiseSeparable[] blocks = [new(64), new(64, stride: 2), new(128), new(128, stride: 2), new(256)];
    private readonly Dense fc = new(10);

    /// <summary>From a colour image to ten scores.</summary>
    public Tensor Forward([Shape("N", 3, 32, 32)] Tensor image)
    {
        var x = stem.Forward(image);
        foreach (var block in blocks) x = block.Forward(x);
        return fc.Forward(x.GlobalAvgPool());
    }
}

public partial class SmallMobileNet : IClassifier;
