namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

/// <summary>Classifier of reference.py.</summary>
[Model, Input("N", 17)]
[Dense(33), Tanh, Dense(13), Gelu, Dense(5)]
[Train(Loss.SoftmaxCrossEntropy, Optimizer.AdamW, LearningRate = 1e-2f, Beta1 = 0.8f, Beta2 = 0.99f, Epsilon = 1e-6f, WeightDecay = 0.1f)]
public partial class ReferenceClassifier : Sequential;

/// <summary>Regressor of reference.py.</summary>
[Model]
[Train(Loss.MeanSquaredError, Optimizer.Sgd, LearningRate = 0.1f, Momentum = 0.9f, Nesterov = true, WeightDecay = 1e-2f)]
public partial class ReferenceRegressor
{
    private readonly Dense first = new(9), second = new(6, bias: false), third = new(3);

    public Tensor Forward([Shape("N", 11)] Tensor x) => third.Forward(second.Forward(first.Forward(x).LeakyRelu(0.1f)).Sigmoid());
}
