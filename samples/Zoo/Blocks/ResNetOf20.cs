using DLCompiler;

namespace Zoo;

/// <summary>ResNet with 20 layers for images of 32×32 (He et al. 2015, section 4.2).</summary>
/// <param name="squeeze">With squeeze and excitation, the factor by which channels shrink in it; 0 goes without.</param>
[Block]
public partial class ResNetOf20(int squeeze = 0)
{
    private readonly Conv2D conv1 = new(16, kernel: 3, padding: 1, bias: false);
    private readonly BatchNorm bn1 = new();
    private readonly BasicBlock[] layer1 = Stage(16, 1, squeeze), layer2 = Stage(32, 2, squeeze), layer3 = Stage(64, 2, squeeze);
    private readonly Dense fc = new(10);

    /// <summary>From a colour image to ten scores.</summary>
    public Tensor Forward([Shape("N", 3, 32, 32)] Tensor image)
    {
        var x = bn1.Forward(conv1.Forward(image)).Relu();
        foreach (BasicBlock[] layer in new[] { layer1, layer2, layer3 })
        {
            foreach (var block in layer) x = block.Forward(x);
        }

        return fc.Forward(x.GlobalAvgPool());
    }

    private static BasicBlock[] Stage(int channels, int stride, int squeeze) =>
        [new(channels, stride, squeeze), new(channels, squeeze: squeeze), new(channels, squeeze: squeeze)];
}
