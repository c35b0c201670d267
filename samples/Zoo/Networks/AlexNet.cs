using DLCompiler;

namespace Zoo;

/// <summary>AlexNet in the form of one column (Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014), as torchvision has it.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.01f, Momentum = 0.9f, WeightDecay = 5e-4f)]
public partial class AlexNet
{
    private readonly Conv2D conv1 = new(64, kernel: 11, stride: 4, padding: 2), conv2 = new(192, kernel: 5, padding: 2);
    private readonly Conv2D conv3 = new(384, kernel: 3, padding: 1), conv4 = new(256, kernel: 3, padding: 1), conv5 = new(256, kernel: 3, padding: 1);
    private readonly Dropout drop6 = new(0.5f), drop7 = new(0.5f);
    private readonly Dense fc6 = new(4096), fc7 = new(4096), fc8 = new(1000);

    /// <summary>From a colour image to a thousand scores.</summary>
    public Tensor Forward([Shape("N", 3, 224, 224)] Tensor image)
    {
        var x = conv1.Forward(image).Relu().MaxPool(3, stride: 2);
        x = conv2.Forward(x).Relu().MaxPool(3, stride: 2);
        x = conv5.Forward(conv4.Forward(conv3.Forward(x).Relu()).Relu()).Relu().MaxPool(3, stride: 2);
        x = fc6.Forward(drop6.Forward(x.Flatten())).Relu();
        return fc8.Forward(fc7.Forward(drop7.Forward(x)).Relu());
    }
}

public partial class AlexNet : INetwork;
