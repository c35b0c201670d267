using DLCompiler;

namespace Zoo;

/// <summary>Layers of which each reads what came in and what all layers before it made (Huang et al. 2016).</summary>
/// <param name="layers">The number of layers.</param>
/// <param name="growth">Channels that each adds.</param>
[Block]
public partial class DenseBlock(int layers, int growth)
{
    private readonly DenseLayer[] denselayer = Layers(layers, growth);

    /// <summary>From [N, C, H, W] to [N, C + layers·growth, H, W].</summary>
    public Tensor Forward(Tensor x)
    {
        foreach (var layer in denselayer) x = Tensor.Concat(1, x, layer.Forward(x));
        return x;
    }

    private static DenseLayer[] Layers(int count, int growth)
    {
        var made = new DenseLayer[count];
        for (int i = 0; i < count; i++) made[i] = new(growth);
        return made;
    }
}
