namespace DLCompiler.Benchmarks.Models;

/// <summary>A million weights for Adam.</summary>
[Model, Input("N", 1024), Dense(1024)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-5f)]
public partial class AdamUpdate : Sequential;

/// <summary>A million weights for gradient descent.</summary>
[Model, Input("N", 1024), Dense(1024)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 1e-5f)]
public partial class SgdUpdate : Sequential;
