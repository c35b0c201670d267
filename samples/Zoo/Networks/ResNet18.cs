using DLCompiler;

namespace Zoo;

/// <summary>ResNet with 18 layers (He et al., "Deep residual learning for image recognition", 2015, table 1). Keys are torchvision's.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.1f, Momentum = 0.9f, WeightDecay = 1e-4f)]
public partial class ResNet18
{
    private readonly Conv2D conv1 = new(64, kernel: 7, stride: 2, padding: 3, bias: false);
    private readonly BatchNorm bn1 = new();
    private readonly BasicBlock[] layer1 = [new(64), new(64)], layer2 = [new(128, stride: 2), new(128)];
    private readonly BasicBlock[] layer3 = [new(256, stride: 2), new(256)], layer4 = [new(512, stride: 2), new(512)];
    private readonly Dense fc = new(1000);

    /// <summary>From a colour image to a thousand scores.</summary>
    public Tensor Forward([Shape("N", 3, 224, 224)] Tensor image)
    {
        var x = bn1.Forward(conv1.Forward(image)).Relu().MaxPool(3, stride: 2, padding: 1);
        foreach (BasicBlock[] layer in new[] { layer1, layer2, layer3, layer4 })
        {
            foreach (var block in layer) x = block.Forward(x);
        }

        return fc.Forward(x.GlobalAvgPool());
    }
}

public partial class ResNet18 : INetwork;
