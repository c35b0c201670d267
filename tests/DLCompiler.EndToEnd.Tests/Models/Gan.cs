namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>From noise to pictures with pixels from -1 to 1.</summary>
[Model, Input("N", 64)]
[Dense(128), LeakyRelu(0.2f), Dense(256), LeakyRelu(0.2f), Dense(784), Tanh]
public partial class Generator : Sequential;

/// <summary>From pictures to a judgement: large for real ones.</summary>
[Model, Input("N", 784)]
[Dense(128), LeakyRelu(0.2f), Dense(1)]
public partial class Discriminator : Sequential;

/// <summary>Two networks with a step each.</summary>
[Model]
public partial class Gan
{
    internal readonly Generator G = new();
    internal readonly Discriminator D = new();

    [Step(Updates = nameof(D), Optimizer = Optimizer.Adam, LearningRate = 2e-4f, Beta1 = 0.5f)]
    private Tensor DiscriminatorLoss([Shape("N", 784)] Tensor real, [Shape("N", 64)] Tensor z) =>
        D.Forward(real).SigmoidCrossEntropy(1) + D.Forward(G.Forward(z)).SigmoidCrossEntropy(0);

    [Step(Updates = nameof(G), Optimizer = Optimizer.Adam, LearningRate = 2e-4f, Beta1 = 0.5f)]
    private Tensor GeneratorLoss([Shape("N", 64)] Tensor z) => D.Forward(G.Forward(z)).SigmoidCrossEntropy(1);
}
