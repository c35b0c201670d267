namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>784-128-10 as a chain.</summary>
[Model, Input("N", 1, 28, 28)]
[Flatten, Dense(128), Relu, Dense(10)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
public partial class Mlp : Sequential;

/// <summary>A chain that draws random numbers as it trains.</summary>
[Model, Input("N", 1, 28, 28)]
[Flatten, Dense(64), Relu, Dropout(0.3f), Dense(10)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Sgd, LearningRate = 0.1f, Momentum = 0.9f)]
public partial class DropoutMlp : Sequential;
