using DLCompiler;

namespace Zoo;

/// <summary>ResNet-50 with squeeze and excitation in each block (Hu et al., "Squeeze-and-excitation networks", 2017).</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.1f, Momentum = 0.9f, WeightDecay = 1e-4f)]
public partial class SEResNet50() : ResNet([3, 4, 6, 3], squeeze: 16);

public partial class SEResNet50 : INetwork;
