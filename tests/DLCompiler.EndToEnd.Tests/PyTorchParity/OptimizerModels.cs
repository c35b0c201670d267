namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

#pragma warning disable CS1591 // a step or a model for each case of optimizers.py

/// <summary>A step for each optimizer and what goes with it; a test takes one of them only. They share all kernels but their updates.</summary>
[Model]
public partial class Regressors
{
    private readonly Dense first = new(9), second = new(3);

    public Tensor Forward([Shape("N", 11)] Tensor x) => second.Forward(first.Forward(x).Tanh());

    [Step(Optimizer = Optimizer.Sgd, LearningRate = 0.1f, WeightDecay = 0.01f)]
    private Tensor SgdLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Sgd, LearningRate = 0.05f, Momentum = 0.9f, Nesterov = true)]
    private Tensor NesterovLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Adagrad, LearningRate = 0.05f, LearningRateDecay = 0.01f, WeightDecay = 0.01f, InitialAccumulator = 0.1f)]
    private Tensor AdagradLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Adadelta, WeightDecay = 0.01f)]
    private Tensor AdadeltaLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.RmsProp, LearningRate = 0.003f, WeightDecay = 0.01f)]
    private Tensor RmsPropLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.RmsProp, LearningRate = 0.001f, Rho = 0.95f, Momentum = 0.8f, Centered = true, Epsilon = 1e-4f)]
    private Tensor RmsPropCenteredLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Adam, LearningRate = 0.01f, Beta1 = 0.8f, Beta2 = 0.99f, WeightDecay = 0.01f)]
    private Tensor AdamLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Adam, LearningRate = 0.01f, Beta2 = 0.9f, AmsGrad = true)]
    private Tensor AmsGradLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.AdamW, LearningRate = 0.01f, WeightDecay = 0.1f)]
    private Tensor AdamWLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.AdamW, LearningRate = 0.01f, Beta2 = 0.9f, AmsGrad = true)]
    private Tensor AdamWAmsGradLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.AdamW, LearningRate = 0.01f, WeightDecay = 0.5f, DecayVectors = false)]
    private Tensor AdamWExemptLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Adamax, LearningRate = 0.01f, WeightDecay = 0.01f)]
    private Tensor AdamaxLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.RAdam, LearningRate = 0.01f, WeightDecay = 0.01f)]
    private Tensor RAdamLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Lion, LearningRate = 0.001f, WeightDecay = 0.1f)]
    private Tensor LionLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Adam, LearningRate = 0.01f, ClipValue = 0.005f)]
    private Tensor ClipValueLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Sgd, LearningRate = 0.1f, L1 = 0.001f, L2 = 0.02f)]
    private Tensor PenaltiesLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Lamb, LearningRate = 0.01f, WeightDecay = 0.01f)]
    private Tensor LambLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Sgd, LearningRate = 0.5f, Momentum = 0.9f, ClipNorm = 0.02f)]
    private Tensor ClipNormLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Adam, LearningRate = 0.01f, MaxNorm = 0.5f)]
    private Tensor MaxNormLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);

    [Step(Optimizer = Optimizer.Sgd, LearningRate = 0.1f, AverageDecay = 0.9f)]
    private Tensor AveragedLoss([Shape("N", 11)] Tensor x, [Shape("N", 3)] Tensor y) => Forward(x).MeanSquaredError(y);
}

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Sgd, LearningRate = 0.05f, Momentum = 0.9f, WeightDecay = 0.01f)]
public partial class MomentumRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.NAdam, LearningRate = 0.01f, WeightDecay = 0.01f)]
public partial class NAdamRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Sgd, LearningRate = 0.5f, Momentum = 0.9f, ClipGlobalNorm = 0.05f)]
public partial class ClipGlobalNormRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Adam, LearningRate = 0.01f, Accumulate = 4)]
public partial class AccumulatedRegressor : Sequential;

[Model]
[Train(Loss.MeanSquaredError, Optimizer.AdamW, LearningRate = 0.02f, WeightDecay = 0.1f)]
public partial class GroupsRegressor
{
    [ParameterGroup(RateFactor = 0.1f, WeightDecay = 0.3f)]
    private readonly Dense first = new(9);

    private readonly Dense second = new(3);

    public Tensor Forward([Shape("N", 11)] Tensor x) => second.Forward(first.Forward(x).Tanh());
}
