namespace DLCompiler.Benchmarks.Models;

/// <summary>784-128-10, trained with Adam.</summary>
[Model, Input("N", 784)]
[Dense(128), Relu, Dense(10)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
public partial class MlpAdam : Sequential;

/// <summary>784-128-10, trained with gradient descent.</summary>
[Model, Input("N", 784)]
[Dense(128), Relu, Dense(10)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 1e-3f)]
public partial class MlpSgd : Sequential;
