using DLCompiler;

namespace Zoo;

/// <summary>ResNet with 152 layers.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.1f, Momentum = 0.9f, WeightDecay = 1e-4f)]
public partial class ResNet152() : ResNet([3, 8, 36, 3]);

public partial class ResNet152 : INetwork;
