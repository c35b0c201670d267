using DLCompiler;

namespace Zoo;

/// <summary>Three dense blocks for images of 32×32 (Huang et al. 2016, section 4.2, with fewer layers).</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 2e-3f)]
public partial class SmallDenseNet
{
    private readonly Conv2D conv0 = new(24, kernel: 3, padding: 1, bias: false);
    private readonly DenseBlock[] denseblock = [new(3, 12), new(4, 12), new(4, 12)];
    private readonly Transition[] transition = [new(30), new(39)];
    private readonly BatchNorm norm = new();
    private readonly Dense classifier = new(10);

    /// <summary>From a colour image to ten scores.</summary>
    public Tensor Forward([Shape("N", 3, 32, 32)] Tensor image)
    {
        var x = conv0.Forward(image);
        for (int i = 0; i < transition.Length; i++) x = transition[i].Forward(denseblock[i].Forward(x));
        return classifier.Forward(norm.Forward(denseblock[^1].Forward(x)).Relu().GlobalAvgPool());
    }
}

public partial class SmallDenseNet : IClassifier;
