using DLCompiler;

namespace Zoo;

/// <summary>MobileNet (Howard et al., "MobileNets: efficient convolutional neural networks for mobile vision applications", 2017, table 1).</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.RmsProp, LearningRate = 0.045f, Rho = 0.9f, Momentum = 0.9f, Epsilon = 1f)]
public partial class MobileNet
{
    private readonly ConvNorm stem = new(32, kernel: 3, stride: 2, padding: 1);
    private readonly DepthwiseSeparable[] blocks =
    [
        new(64), new(128, stride: 2), new(128), new(256, stride: 2), new(256), new(512, stride: 2), new(512), new(512), new(512), new(512), new(512),
        new(1024, stride: 2), new(1024),
    ];

    private readonly Dense fc = new(1000);

    /// <summary>From a colour image to a thousand scores.</summary>
    public Tensor Forward([Shape("N", 3, 224, 224)] Tensor image)
    {
        var x = stem.Forward(image);
        foreach (var block in blocks) x = block.Forward(x);
        return fc.Forward(x.GlobalAvgPool());
    }
}

public partial class MobileNet : INetwork;
