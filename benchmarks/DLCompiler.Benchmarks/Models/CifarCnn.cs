namespace DLCompiler.Benchmarks.Models;

/// <summary>Four 3×3 convolutions (32, 32, pool, 64, 64, pool) and two Dense layers (128, 10) on CIFAR's images, trained with Adam.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
public partial class CifarCnn
{
    private readonly Conv2D conv1 = new(32, kernel: 3, padding: 1), conv2 = new(32, kernel: 3, padding: 1);
    private readonly Conv2D conv3 = new(64, kernel: 3, padding: 1), conv4 = new(64, kernel: 3, padding: 1);
    private readonly Dense fc1 = new(128), fc2 = new(10);

    /// <summary>From a colour image to ten scores.</summary>
    public Tensor Forward([Shape("N", 3, 32, 32)] Tensor image)
    {
        var x = conv2.Forward(conv1.Forward(image).Relu()).Relu().MaxPool(2);
        x = conv4.Forward(conv3.Forward(x).Relu()).Relu().MaxPool(2);
        return fc2.Forward(fc1.Forward(x.Flatten()).Relu());
    }
}
