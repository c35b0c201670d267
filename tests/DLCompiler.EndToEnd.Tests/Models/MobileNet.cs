namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>A depthwise convolution between two of 1×1, around which the input goes where its shape stays.</summary>
[Block]
public partial class InvertedResidual(int channels, int expansion, int stride = 1)
{
    private readonly Conv2D expand = new(expansion, kernel: 1, bias: false), project = new(channels, kernel: 1, bias: false);
    private readonly DepthwiseConv2D depthwise = new(kernel: 3, stride, padding: 1, bias: false);
    private readonly BatchNorm norm1 = new(), norm2 = new(), norm3 = new();

    public Tensor Forward(Tensor x)
    {
        var y = norm1.Forward(expand.Forward(x)).Relu();
        y = norm3.Forward(project.Forward(norm2.Forward(depthwise.Forward(y)).Relu()));
        return stride == 1 && x.Shape[1] == channels ? x + y : y;
    }
}

/// <summary>MobileNet's blocks for small images, and a separable convolution before the end.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-2f)]
public partial class MobileNet
{
    private readonly Conv2D stem = new(8, kernel: 3, stride: 2, padding: 1, bias: false);
    private readonly BatchNorm norm = new();
    private readonly InvertedResidual[] blocks = [new(8, 24), new(12, 24, stride: 2), new(12, 36)];
    private readonly SeparableConv2D separable = new(32, kernel: 3, padding: 1);
    private readonly Dense head = new(10);

    public Tensor Forward([Shape("N", 1, 28, 28)] Tensor image)
    {
        var x = norm.Forward(stem.Forward(image)).Relu();
        foreach (var block in blocks) x = block.Forward(x);
        return head.Forward(separable.Forward(x).Relu().Mean(3).Mean(2));
    }
}

/// <summary>The same layers as a chain: keys are positions.</summary>
[Model, Input("N", 2, 9, 9)]
[DepthwiseConv2D(3, padding: 1, depthMultiplier: 2), Relu, SeparableConv2D(6, 3, stride: 2, padding: 1), Tanh]
[ConvTranspose2D(3, 3, stride: 2, padding: 1), Flatten, Dense(4)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.1f)]
public partial class ConvolutionChain : Sequential;
