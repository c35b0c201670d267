namespace DLCompiler;

/// <summary>
/// Squeeze and excitation (Hu, Shen and Sun 2018): each channel of images [N, channels, H, W] times a factor between 0 and 1 that two small layers compute from
/// the means of all channels. A block: as a field of a model it is compiled with it. Parameters: <c>squeeze.weight</c> [channels/reduction, channels],
/// <c>excite.weight</c> [channels, channels/reduction] and the biases.
/// </summary>
/// <param name="channels">The channels of the images.</param>
/// <param name="reduction">How many channels share a unit between the two layers.</param>
[Block]
public partial class SqueezeExcitation(int channels, int reduction = 16)
{
    private readonly Dense squeeze = new(channels / reduction);
    private readonly Dense excite = new(channels);

    /// <summary>Applies the block.</summary>
    /// <param name="x">[N, channels, H, W].</param>
    /// <returns>The same shape.</returns>
    public Tensor Forward(Tensor x) =>
        x * excite.Forward(squeeze.Forward(x.GlobalAvgPool()).Relu()).Sigmoid().Reshape(x.Shape[0], channels, 1, 1);
}
