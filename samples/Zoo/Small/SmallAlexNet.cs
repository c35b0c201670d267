using DLCompiler;

namespace Zoo;

/// <summary>AlexNet's plan for images of 32×32: five convolutions, three overlapping pools, dropout and dense layers.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
public partial class SmallAlexNet
{
    private readonly Conv2D conv1 = new(32, kernel: 5, padding: 2), conv2 = new(64, kernel: 5, padding: 2);
    private readonly Conv2D conv3 = new(96, kernel: 3, padding: 1), conv4 = new(64, kernel: 3, padding: 1), conv5 = new(64, kernel: 3, padding: 1);
    private readonly Dropout drop6 = new(0.5f);
    private readonly Dense fc6 = new(256), fc7 = new(10);

    /// <summary>From a colour image to ten scores.</summary>
    public Tensor Forward([Shape("N", 3, 32, 32)] Tensor image)
    {
        var x = conv1.Forward(image).Relu().MaxPool(3, stride: 2);
        x = conv2.Forward(x).Relu().MaxPool(3, stride: 2);
        x = conv5.Forward(conv4.Forward(conv3.Forward(x).Relu()).Relu()).Relu().MaxPool(3, stride: 2);
        return fc7.Forward(fc6.Forward(drop6.Forward(x.Flatten())).Relu());
    }
}

public partial class SmallAlexNet : IClassifier;
