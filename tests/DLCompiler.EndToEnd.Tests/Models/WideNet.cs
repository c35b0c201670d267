namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>Two wide 3×3 convolutions of small images, with a way around them: what Winograd's algorithm is for.</summary>
[Block]
public partial class WideDigits
{
    private readonly Conv2D stem = new(64, kernel: 3, stride: 2, padding: 1), conv1 = new(64, kernel: 3, padding: 1, bias: false);
    private readonly Conv2D conv2 = new(64, kernel: 3, padding: 1, bias: false);
    private readonly BatchNorm norm1 = new(), norm2 = new();
    private readonly Dense head = new(10);

    public Tensor Forward([Shape("N", 1, 28, 28)] Tensor image)
    {
        var x = stem.Forward(image).Relu();
        var y = norm2.Forward(conv2.Forward(norm1.Forward(conv1.Forward(x)).Relu()));
        return head.Forward((x + y).Relu().MaxPool(2).Flatten());
    }
}

/// <summary>The network as any other.</summary>
[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam)]
public partial class WideNet() : WideDigits;

/// <summary>The network whose predictions may use Winograd's algorithm.</summary>
[Model, Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam), Inference(Winograd = true)]
public partial class WideNetWithWinograd() : WideDigits;
