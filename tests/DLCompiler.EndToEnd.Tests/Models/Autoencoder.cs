namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>Convolutions that halve images twice, and transposed ones that bring them back.</summary>
[Model]
[Train(Loss.MeanSquaredError, Optimizer.Adam, LearningRate = 2e-3f)]
public partial class Autoencoder
{
    private readonly Conv2D down1 = new(8, kernel: 3, stride: 2, padding: 1), down2 = new(12, kernel: 3, stride: 2, padding: 1);
    private readonly ConvTranspose2D up1 = new(8, kernel: 3, stride: 2, padding: 1, outputPadding: 1);
    private readonly ConvTranspose2D up2 = new(1, kernel: 4, stride: 2, padding: 1);

    public Tensor Forward([Shape("N", 1, 28, 28)] Tensor image)
    {
        var code = down2.Forward(down1.Forward(image).Relu()).Relu();
        return up2.Forward(up1.Forward(code).Relu()).Sigmoid();
    }
}
