using DLCompiler;

namespace Zoo;

/// <summary>ResNet of bottlenecks (He et al., "Deep residual learning for image recognition", 2015, table 1). Keys are torchvision's.</summary>
/// <param name="depths">Blocks of each of the four stages.</param>
/// <param name="squeeze">With squeeze and excitation, the factor by which channels shrink in it; 0 goes without.</param>
[Block]
public partial class ResNet(int[] depths, int squeeze = 0)
{
    private readonly Conv2D conv1 = new(64, kernel: 7, stride: 2, padding: 3, bias: false);
    private readonly BatchNorm bn1 = new();
    private readonly Bottleneck[] layer1 = Stage(64, depths[0], 1, squeeze), layer2 = Stage(128, depths[1], 2, squeeze);
    private readonly Bottleneck[] layer3 = Stage(256, depths[2], 2, squeeze), layer4 = Stage(512, depths[3], 2, squeeze);
    private readonly Dense fc = new(1000);

    /// <summary>From a colour image to a thousand scores.</summary>
    public Tensor Forward([Shape("N", 3, 224, 224)] Tensor image)
    {
        var x = bn1.Forward(conv1.Forward(image)).Relu().MaxPool(3, stride: 2, padding: 1);
        foreach (Bottleneck[] layer in new[] { layer1, layer2, layer3, layer4 })
        {
            foreach (var block in layer) x = block.Forward(x);
        }

        return fc.Forward(x.GlobalAvgPool());
    }

    private static Bottleneck[] Stage(int width, int depth, int stride, int squeeze)
    {
        var blocks = new Bottleneck[depth];
        for (int i = 0; i < depth; i++) blocks[i] = new(width, i == 0 ? stride : 1, squeeze);
        return blocks;
    }
}
