namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>LeNet5 of reference.py.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
public partial class ReferenceLeNet5
{
    private readonly Conv2D conv1 = new(6, kernel: 5, padding: 2);
    private readonly Conv2D conv2 = new(16, kernel: 5);
    private readonly Dense fc1 = new(120), fc2 = new(84), fc3 = new(10);

    public Tensor Forward([Shape("N", 1, 28, 28)] Tensor image)
    {
        var x = conv1.Forward(image).Relu().MaxPool(2);
        x = conv2.Forward(x).Relu().MaxPool(2);
        x = fc1.Forward(x.Flatten()).Relu();
        return fc3.Forward(fc2.Forward(x).Relu());
    }
}

/// <summary>ResidualBlock of reference.py.</summary>
[Block]
public partial class ReferenceResidualBlock(int channels, int stride = 1)
{
    private readonly Conv2D conv1 = new(channels, kernel: 3, stride, padding: 1, bias: false);
    private readonly Conv2D conv2 = new(channels, kernel: 3, padding: 1, bias: false);
    private readonly Conv2D project = new(channels, kernel: 1, stride, bias: false);
    private readonly BatchNorm norm1 = new(), norm2 = new();

    public Tensor Forward(Tensor x)
    {
        var skip = stride == 1 && x.Shape[1] == channels ? x : project.Forward(x);
        var y = norm1.Forward(conv1.Forward(x)).Relu();
        return (norm2.Forward(conv2.Forward(y)) + skip).Relu();
    }
}

/// <summary>ResidualNet of reference.py.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.05f, Momentum = 0.9f, WeightDecay = 1e-4f)]
public partial class ReferenceResidualNet
{
    private readonly Conv2D stem = new(8, kernel: 3, padding: 1, bias: false);
    private readonly BatchNorm norm = new();
    private readonly ReferenceResidualBlock block1 = new(8), block2 = new(16, stride: 2);
    private readonly Dense head = new(5);

    public Tensor Forward([Shape("N", 3, 16, 16)] Tensor image)
    {
        var x = norm.Forward(stem.Forward(image)).Relu();
        x = block2.Forward(block1.Forward(x));
        return head.Forward(x.Mean(3).Mean(2));
    }
}

/// <summary>MobileBlock of reference.py.</summary>
[Block]
public partial class ReferenceMobileBlock(int channels, int expanded)
{
    private readonly Conv2D expand = new(expanded, kernel: 1, bias: false);
    private readonly DepthwiseConv2D depthwise = new(kernel: 3, padding: 1, bias: false);
    private readonly Conv2D project = new(channels, kernel: 1, bias: false);
    private readonly BatchNorm norm1 = new(), norm2 = new(), norm3 = new();

    public Tensor Forward(Tensor x)
    {
        var y = norm1.Forward(expand.Forward(x)).Relu();
        y = norm2.Forward(depthwise.Forward(y)).Relu();
        return x + norm3.Forward(project.Forward(y));
    }
}

/// <summary>MobileNet of reference.py.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-2f)]
public partial class ReferenceMobileNet
{
    private readonly Conv2D stem = new(8, kernel: 3, stride: 2, padding: 1, bias: false);
    private readonly BatchNorm norm = new();
    private readonly ReferenceMobileBlock block = new(8, 20);
    private readonly SeparableConv2D separable = new(12, kernel: 3, stride: 2, padding: 1);
    private readonly ConvTranspose2D up = new(6, kernel: 3, stride: 2, padding: 1, outputPadding: 1);
    private readonly DepthwiseConv2D wide = new(kernel: 5, padding: 2, depthMultiplier: 2);
    private readonly Dense head = new(5);

    public Tensor Forward([Shape("N", 3, 11, 11)] Tensor image)
    {
        var x = block.Forward(norm.Forward(stem.Forward(image)).Relu());
        x = separable.Forward(x).Relu();
        x = wide.Forward(up.Forward(x).Tanh()).Relu();
        return head.Forward(x.Mean(3).Mean(2));
    }
}
