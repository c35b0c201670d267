namespace DLCompiler.EndToEnd.Tests.Models;

/// <summary>Everything that has state in one small model: batch norm, dropout, a convolution, Adam with decoupled decay.</summary>
[Model]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.AdamW, LearningRate = 3e-3f)]
public partial class StatefulNet
{
    private readonly Conv2D conv = new(4, kernel: 3, bias: false);
    private readonly BatchNorm norm = new();
    private readonly Dropout dropout = new(0.3f);
    private readonly Dense fc = new(10);

    public Tensor Forward([Shape("N", 1, 28, 28)] Tensor image) =>
        fc.Forward(dropout.Forward(norm.Forward(conv.Forward(image)).Relu().MaxPool(4).Flatten()));
}

/// <summary>Momentum, and a mean squared error against targets.</summary>
[Model, Input("N", 3)]
[Dense(7), Tanh, Dense(2)]
[Train(Loss.MeanSquaredError, Optimizer.Sgd, LearningRate = 0.05f, Momentum = 0.9f, Nesterov = true, WeightDecay = 1e-3f)]
public partial class Curve : Sequential;

/// <summary>Gradient descent without momentum has no state.</summary>
[Model, Input("N", 3)]
[Dense(5), Sigmoid, Dropout(0.5f), Dense(2)]
[Train(Loss.MeanSquaredError, Optimizer.Sgd, LearningRate = 0.1f)]
public partial class PlainCurve : Sequential;

/// <summary>Embedded ids and Adam.</summary>
[Model, Input("N", 4)]
[Embedding(11, 6), Flatten, Dense(5)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.Adam, LearningRate = 0.01f)]
public partial class Words : Sequential;

/// <summary>A model that trains by itself and as a part of another.</summary>
[Model, Input("N", 3)]
[Dense(6), Tanh, Dropout(0.2f), Dense(2)]
[Train(Loss.MeanSquaredError, Optimizer.Adam, LearningRate = 0.01f)]
public partial class Inner : Sequential;

/// <summary>Its own step updates the inner model too.</summary>
[Model]
[Train(Loss.MeanSquaredError, Optimizer.Sgd, LearningRate = 0.05f, Momentum = 0.5f)]
public partial class Outer
{
    internal readonly Inner Inner = new();
    private readonly Dense head = new(2);

    public Tensor Forward([Shape("N", 3)] Tensor x) => head.Forward(Inner.Forward(x));
}
