using DLCompiler;

namespace Zoo;

/// <summary>ResNet-20 with squeeze and excitation.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 2e-3f)]
public partial class SmallSEResNet() : ResNetOf20(squeeze: 4);

public partial class SmallSEResNet : IClassifier;
