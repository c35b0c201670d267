namespace DLCompiler.Benchmarks.Models;

/// <summary>The network of the first sample, trained with Adam.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
public partial class LeNet5
{
    private readonly Conv2D conv1 = new(6, kernel: 5, padding: 2);
    private readonly Conv2D conv2 = new(16, kernel: 5);
    private readonly Dense fc1 = new(120), fc2 = new(84), fc3 = new(10);

    /// <summary>From a grey image to ten scores.</summary>
    public Tensor Forward([Shape("N", 1, 28, 28)] Tensor image)
    {
        var x = conv1.Forward(image).Relu().MaxPool(2);
        x = conv2.Forward(x).Relu().MaxPool(2);
        x = fc1.Forward(x.Flatten()).Relu();
        return fc3.Forward(fc2.Forward(x).Relu());
    }
}
