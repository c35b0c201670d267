using DLCompiler;

namespace Zoo;

/// <summary>Inception blocks for images of 32×32.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
public partial class SmallGoogLeNet
{
    private readonly ConvNorm stem = new(32, 3, padding: 1);
    private readonly Inception[] inception1 = [new(16, (16, 32), (8, 16), 16), new(32, (32, 48), (8, 24), 16)];
    private readonly Inception[] inception2 = [new(48, (32, 64), (12, 32), 32), new(64, (48, 96), (16, 32), 32)];
    private readonly Dense fc = new(10);

    /// <summary>From a colour image to ten scores.</summary>
    public Tensor Forward([Shape("N", 3, 32, 32)] Tensor image)
    {
        var x = stem.Forward(image).MaxPool(2);
        foreach (var block in inception1) x = block.Forward(x);
        x = x.MaxPool(2);
        foreach (var block in inception2) x = block.Forward(x);
        return fc.Forward(x.GlobalAvgPool());
    }
}

public partial class SmallGoogLeNet : IClassifier;
