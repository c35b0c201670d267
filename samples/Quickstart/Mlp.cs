using DLCompiler;

namespace Quickstart;

/// <summary>One hidden layer. A chain needs no body: its attributes are the network.</summary>
[Model, Input("N", 1, 28, 28)]
[Flatten, Dense(128), Relu, Dropout(0.2f), Dense(10)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 1e-3f)]
public partial class Mlp : Sequential;
