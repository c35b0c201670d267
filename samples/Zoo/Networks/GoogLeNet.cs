using DLCompiler;

namespace Zoo;

/// <summary>
/// GoogLeNet (Szegedy et al., "Going deeper with convolutions", 2014) without the auxiliary classifiers, with batch normalisation, as torchvision has it: its
/// 5×5 branches are 3×3.
/// </summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.01f, Momentum = 0.9f, WeightDecay = 2e-4f)]
public partial class GoogLeNet
{
    private readonly ConvNorm conv1 = new(64, 7, stride: 2, padding: 3, epsilon: 1e-3f), conv2 = new(64, 1, epsilon: 1e-3f);
    private readonly ConvNorm conv3 = new(192, 3, padding: 1, epsilon: 1e-3f);
    private readonly Inception[] inception3 = [new(64, (96, 128), (16, 32), 32), new(128, (128, 192), (32, 96), 64)];
    private readonly Inception[] inception4 =
    [
        new(192, (96, 208), (16, 48), 64), new(160, (112, 224), (24, 64), 64), new(128, (128, 256), (24, 64), 64), new(112, (144, 288), (32, 64), 64),
        new(256, (160, 320), (32, 128), 128),
    ];

    private readonly Inception[] inception5 = [new(256, (160, 320), (32, 128), 128), new(384, (192, 384), (48, 128), 128)];
    private readonly Dropout dropout = new(0.2f);
    private readonly Dense fc = new(1000);

    /// <summary>From a colour image to a thousand scores.</summary>
    public Tensor Forward([Shape("N", 3, 224, 224)] Tensor image)
    {
        var x = conv1.Forward(image).MaxPool(3, stride: 2, ceilMode: true);
        x = conv3.Forward(conv2.Forward(x)).MaxPool(3, stride: 2, ceilMode: true);
        foreach (var block in inception3) x = block.Forward(x);
        x = x.MaxPool(3, stride: 2, ceilMode: true);
        foreach (var block in inception4) x = block.Forward(x);
        x = x.MaxPool(2);
        foreach (var block in inception5) x = block.Forward(x);
        return fc.Forward(dropout.Forward(x.GlobalAvgPool()));
    }
}

public partial class GoogLeNet : INetwork;
