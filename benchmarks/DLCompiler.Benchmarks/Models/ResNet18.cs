namespace DLCompiler.Benchmarks.Models;

/// <summary>ResNet-18 with the stem for small images (He et al. 2015, §4.2), trained with Adam.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
public partial class ResNet18
{
    private readonly Conv2D stem = new(64, kernel: 3, padding: 1, bias: false);
    private readonly BatchNorm norm = new();
    private readonly ResidualBlock[] blocks =
        [new(64), new(64), new(128, stride: 2), new(128), new(256, stride: 2), new(256), new(512, stride: 2), new(512)];
    private readonly Dense fc = new(10);

    /// <summary>From a colour image to ten scores.</summary>
    public Tensor Forward([Shape("N", 3, 32, 32)] Tensor image)
    {
        var x = norm.Forward(stem.Forward(image)).Relu();
        foreach (var block in blocks) x = block.Forward(x);
        return fc.Forward(x.Mean(3).Mean(2));
    }
}
