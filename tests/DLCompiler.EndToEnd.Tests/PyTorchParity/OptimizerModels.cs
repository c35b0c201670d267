namespace DLCompiler.EndToEnd.Tests.PyTorchParity;

#pragma warning disable CS1591 // a model for each case of optimizers.py

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Sgd, LearningRate = 0.1f, WeightDecay = 0.01f)]
public partial class SgdRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Sgd, LearningRate = 0.05f, Momentum = 0.9f, WeightDecay = 0.01f)]
public partial class MomentumRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Sgd, LearningRate = 0.05f, Momentum = 0.9f, Nesterov = true)]
public partial class NesterovRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Adagrad, LearningRate = 0.05f, LearningRateDecay = 0.01f, WeightDecay = 0.01f, InitialAccumulator = 0.1f)]
public partial class AdagradRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Adadelta, WeightDecay = 0.01f)]
public partial class AdadeltaRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.RmsProp, LearningRate = 0.003f, WeightDecay = 0.01f)]
public partial class RmsPropRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.RmsProp, LearningRate = 0.001f, Rho = 0.95f, Momentum = 0.8f, Centered = true, Epsilon = 1e-4f)]
public partial class RmsPropCenteredRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Adam, LearningRate = 0.01f, Beta1 = 0.8f, Beta2 = 0.99f, WeightDecay = 0.01f)]
public partial class AdamRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Adam, LearningRate = 0.01f, Beta2 = 0.9f, AmsGrad = true)]
public partial class AmsGradRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.AdamW, LearningRate = 0.01f, WeightDecay = 0.1f)]
public partial class AdamWRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.AdamW, LearningRate = 0.01f, Beta2 = 0.9f, AmsGrad = true)]
public partial class AdamWAmsGradRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.AdamW, LearningRate = 0.01f, WeightDecay = 0.5f, DecayVectors = false)]
public partial class AdamWExemptRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Adamax, LearningRate = 0.01f, WeightDecay = 0.01f)]
public partial class AdamaxRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.NAdam, LearningRate = 0.01f, WeightDecay = 0.01f)]
public partial class NAdamRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.RAdam, LearningRate = 0.01f, WeightDecay = 0.01f)]
public partial class RAdamRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Lion, LearningRate = 0.001f, WeightDecay = 0.1f)]
public partial class LionRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Adam, LearningRate = 0.01f, ClipValue = 0.005f)]
public partial class ClipValueRegressor : Sequential;

[Model, Input("N", 11)]
[Dense(9), Tanh, Dense(3)]
[Train(Loss.MeanSquaredError, Optimizer.Sgd, LearningRate = 0.1f, L1 = 0.001f, L2 = 0.02f)]
public partial class PenaltiesRegressor : Sequential;
