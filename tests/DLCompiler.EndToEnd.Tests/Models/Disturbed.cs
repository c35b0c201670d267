namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>Layers that disturb their input in training: each step gives a figure of what one of them makes of ones and zeros; no weight changes.</summary>
[Model]
public partial class Disturbed
{
    readonly SpatialDropout channels = new(0.25f);
    readonly AlphaDropout alpha = new(0.2f);
    readonly GaussianNoise noise = new(0.5f);
    readonly Dense dense = new(1);

    public Tensor Forward([Shape("N", 1)] Tensor x) => dense.Forward(noise.Forward(alpha.Forward(x)));

    // The mean of ones.
    [Step(Optimizer = Optimizer.Sgd)]
    Tensor ChannelsLoss([Shape("N", 16, 3, 3)] Tensor x) => (channels.Forward(x) + Nothing(x)).Mean();

    // What positions of a channel differ in.
    [Step(Optimizer = Optimizer.Sgd)]
    Tensor PositionsLoss([Shape("N", 16, 3, 3)] Tensor x)
    {
        var y = channels.Forward(x).Reshape(x.Shape[0], 16, 9);
        return (y.Max(2) - y.Min(2)).Mean() + Nothing(x);
    }

    [Step(Optimizer = Optimizer.Sgd)]
    Tensor AlphaMeanLoss([Shape("N", 16, 3, 3)] Tensor x) => (alpha.Forward(x) + Nothing(x)).Mean();

    [Step(Optimizer = Optimizer.Sgd)]
    Tensor AlphaSquareLoss([Shape("N", 16, 3, 3)] Tensor x) => (alpha.Forward(x) + Nothing(x)).Square().Mean();

    [Step(Optimizer = Optimizer.Sgd)]
    Tensor NoiseMeanLoss([Shape("N", 16, 3, 3)] Tensor x) => (noise.Forward(x) + Nothing(x)).Mean();

    [Step(Optimizer = Optimizer.Sgd)]
    Tensor NoiseSquareLoss([Shape("N", 16, 3, 3)] Tensor x) => (noise.Forward(x) + Nothing(x)).Square().Mean();

    private Tensor Nothing(Tensor x) => (dense.Forward(x.Flatten().Slice(1, 0, 1)) * 0f).Mean();
}
