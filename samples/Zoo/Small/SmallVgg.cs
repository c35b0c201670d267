using DLCompiler;

namespace Zoo;

/// <summary>VGG's plan for images of 32×32, with batch normalisation: pairs of 3×3 convolutions between pools.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
public partial class SmallVgg
{
    private readonly ConvNorm[][] stages =
    [
        [new(32, 3, padding: 1), new(32, 3, padding: 1)], [new(64, 3, padding: 1), new(64, 3, padding: 1)], [new(128, 3, padding: 1), new(128, 3, padding: 1)],
    ];

    private readonly Dropout drop = new(0.5f);
    private readonly Dense fc1 = new(128), fc2 = new(10);

    /// <summary>From a colour image to ten scores.</summary>
    public Tensor Forward([Shape("N", 3, 32, 32)] Tensor image)
    {
        var x = image;
        foreach (var stage in stages)
        {
            foreach (var conv in stage) x = conv.Forward(x);
            x = x.MaxPool(2);
        }

        return fc2.Forward(drop.Forward(fc1.Forward(x.Flatten()).Relu()));
    }
}

public partial class SmallVgg : IClassifier;
