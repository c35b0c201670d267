using DLCompiler;

namespace Zoo;

/// <summary>ResNet with 50 layers.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.1f, Momentum = 0.9f, WeightDecay = 1e-4f)]
public partial class ResNet50() : ResNet([3, 4, 6, 3]);

public partial class ResNet50 : INetwork;
