namespace DLCompiler;

/// <summary>
/// How a training step changes the parameters w, given their gradients g. The numbers stand in <see cref="TrainAttribute"/> or <see cref="StepAttribute"/>.
/// </summary>
public enum Optimizer
{
    /// <summary>
    /// Stochastic gradient descent: g ← g + WeightDecay·w; m ← Momentum·m + g; w ← w − LearningRate·m, or, with Nesterov, w ← w − LearningRate·(g + Momentum·m)
    /// (Sutskever et al. 2013, in PyTorch's form: the momentum buffer starts as zero and is not dampened).
    /// </summary>
    Sgd,

    /// <summary>
    /// Adam (Kingma and Ba 2015): g ← g + WeightDecay·w; m ← Beta1·m + (1 − Beta1)·g; v ← Beta2·v + (1 − Beta2)·g²;
    /// w ← w − LearningRate·(m/(1 − Beta1ᵗ))/(√(v/(1 − Beta2ᵗ)) + Epsilon), where t counts steps from 1.
    /// </summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019): w ← w − LearningRate·WeightDecay·w, then Adam's update without decay.</summary>
    AdamW,
}
