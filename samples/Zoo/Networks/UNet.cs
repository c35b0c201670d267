using DLCompiler;

namespace Zoo;

/// <summary>
/// U-Net (Ronneberger, Fischer and Brox, "U-Net: convolutional networks for biomedical image segmentation", 2015, figure 1): convolutions without padding,
/// from tiles of 284×284 to the classes of the 100×100 pixels in their middle. (The paper trains with tiles of 572×572 and 388×388.)
/// </summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.01f, Momentum = 0.99f)]
public partial class UNet
{
    private readonly TwoConvolutions[] down = [new(64), new(128), new(256), new(512), new(1024)];
    private readonly UpConvolution[] up = [new(512), new(256), new(128), new(64)];
    private readonly Dropout drop = new(0.5f);
    private readonly Conv2D head = new(2, kernel: 1);

    /// <summary>From grey images to two scores a pixel, [N, 100, 100, 2].</summary>
    public Tensor Forward([Shape("N", 1, 284, 284)] Tensor image)
    {
        var x = down[0].Forward(image);
        var skips = new Tensor[up.Length];
        for (int i = 0; i < up.Length; i++)
        {
            skips[i] = x;
            x = down[i + 1].Forward(x.MaxPool(2));
        }

        x = drop.Forward(x);
        for (int i = 0; i < up.Length; i++) x = up[i].Forward(x, skips[^(i + 1)]);
        return head.Forward(x).Permute(0, 2, 3, 1);
    }
}

public partial class UNet : INetwork;
