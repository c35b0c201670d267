using DLCompiler;

namespace Zoo;

/// <summary>ResNet-20.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 2e-3f)]
public partial class SmallResNet() : ResNetOf20;

public partial class SmallResNet : IClassifier;
