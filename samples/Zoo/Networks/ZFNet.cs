using DLCompiler;

namespace Zoo;

/// <summary>ZFNet (Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2013, figure 3).</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.01f, Momentum = 0.9f)]
public partial class ZFNet
{
    private readonly Conv2D conv1 = new(96, kernel: 7, stride: 2, padding: 1), conv2 = new(256, kernel: 5, stride: 2);
    private readonly Conv2D conv3 = new(384, kernel: 3, padding: 1), conv4 = new(384, kernel: 3, padding: 1), conv5 = new(256, kernel: 3, padding: 1);
    private readonly LocalResponseNorm norm1 = new(5, k: 2), norm2 = new(5, k: 2);
    private readonly Dropout drop6 = new(0.5f), drop7 = new(0.5f);
    private readonly Dense fc6 = new(4096), fc7 = new(4096), fc8 = new(1000);

    /// <summary>From a colour image to a thousand scores.</summary>
    public Tensor Forward([Shape("N", 3, 224, 224)] Tensor image)
    {
        var x = norm1.Forward(conv1.Forward(image).Relu().MaxPool(3, stride: 2, ceilMode: true));
        x = norm2.Forward(conv2.Forward(x).Relu().MaxPool(3, stride: 2, ceilMode: true));
        x = conv5.Forward(conv4.Forward(conv3.Forward(x).Relu()).Relu()).Relu().MaxPool(3, stride: 2);
        x = drop6.Forward(fc6.Forward(x.Flatten()).Relu());
        return fc8.Forward(drop7.Forward(fc7.Forward(x).Relu()));
    }
}

public partial class ZFNet : INetwork;
