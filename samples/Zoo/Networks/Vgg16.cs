using DLCompiler;

namespace Zoo;

/// <summary>VGG with 16 layers (Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition", 2014, table 1, D).</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.01f, Momentum = 0.9f, WeightDecay = 5e-4f)]
public partial class Vgg16
{
    private readonly Conv2D[][] stages = [Stage(64, 2), Stage(128, 2), Stage(256, 3), Stage(512, 3), Stage(512, 3)];
    private readonly Dropout drop1 = new(0.5f), drop2 = new(0.5f);
    private readonly Dense fc1 = new(4096), fc2 = new(4096), fc3 = new(1000);

    /// <summary>From a colour image to a thousand scores.</summary>
    public Tensor Forward([Shape("N", 3, 224, 224)] Tensor image)
    {
        var x = image;
        foreach (var stage in stages)
        {
            foreach (var conv in stage) x = conv.Forward(x).Relu();
            x = x.MaxPool(2);
        }

        x = drop1.Forward(fc1.Forward(x.Flatten()).Relu());
        return fc3.Forward(drop2.Forward(fc2.Forward(x).Relu()));
    }

    private static Conv2D[] Stage(int channels, int count)
    {
        var convolutions = new Conv2D[count];
        for (int i = 0; i < count; i++) convolutions[i] = new(channels, kernel: 3, padding: 1);
        return convolutions;
    }
}

public partial class Vgg16 : INetwork;
