namespace DLCompiler;

/// <summary>
/// How a training step changes the parameters w, given their gradients g. The numbers stand in <see cref="TrainAttribute"/> or <see cref="StepAttribute"/>. t
/// counts steps from 1; what is kept of each parameter begins as zero. Where PyTorch has the optimizer, formulas and defaults are those of torch.optim.
/// </summary>
/// <remarks>
/// With all but AdamW, Lion and LAMB, g is first g + WeightDecay·w; with AdamW and Lion, w is first w − LearningRate·WeightDecay·w. Divisions and roots are elementwise.
/// </remarks>
public enum Optimizer
{
    /// <summary>
    /// Stochastic gradient descent: m ← Momentum·m + g; w ← w − LearningRate·m, or, with Nesterov, w ← w − LearningRate·(g + Momentum·m)
    /// (Sutskever et al. 2013, in PyTorch's form: the momentum buffer starts as zero and is not dampened).
    /// </summary>
    Sgd,

    /// <summary>
    /// Adam (Kingma and Ba 2015): m ← Beta1·m + (1 − Beta1)·g; v ← Beta2·v + (1 − Beta2)·g²;
    /// w ← w − LearningRate·(m/(1 − Beta1ᵗ))/(√(v/(1 − Beta2ᵗ)) + Epsilon). With AmsGrad (Reddi et al. 2018), the largest v so far in place of v.
    /// </summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019): w ← w − LearningRate·WeightDecay·w, then Adam's update without decay.</summary>
    AdamW,

    /// <summary>Adagrad (Duchi, Hazan and Singer 2011): s ← s + g²; w ← w − LearningRate/(1 + (t − 1)·LearningRateDecay)·g/(√s + Epsilon).</summary>
    Adagrad,

    /// <summary>
    /// Adadelta (Zeiler 2012): v ← Rho·v + (1 − Rho)·g²; d = √(u + Epsilon)/√(v + Epsilon)·g; u ← Rho·u + (1 − Rho)·d²; w ← w − LearningRate·d.
    /// </summary>
    Adadelta,

    /// <summary>
    /// RMSprop (Tieleman and Hinton 2012): v ← Rho·v + (1 − Rho)·g²; d = g/(√v + Epsilon); w ← w − LearningRate·d. With Momentum, m ← Momentum·m + d in place of d.
    /// Centered (Graves 2013): a ← Rho·a + (1 − Rho)·g, and v − a² under the root, which is 0 where rounding would make it less.
    /// </summary>
    RmsProp,

    /// <summary>
    /// Adamax (Kingma and Ba 2015, section 7.1): m ← Beta1·m + (1 − Beta1)·g; u ← max(Beta2·u, |g| + Epsilon); w ← w − LearningRate/(1 − Beta1ᵗ)·m/u.
    /// </summary>
    Adamax,

    /// <summary>
    /// Adam with Nesterov's momentum (Dozat 2016): μₜ = Beta1·(1 − 0.96^(t·MomentumDecay)/2); m and v as Adam's;
    /// w ← w − LearningRate·(μₜ₊₁·m/(1 − μ₁⋯μₜ₊₁) + (1 − μₜ)·g/(1 − μ₁⋯μₜ))/(√(v/(1 − Beta2ᵗ)) + Epsilon).
    /// </summary>
    NAdam,

    /// <summary>
    /// Rectified Adam (Liu et al. 2020): with ρ∞ = 2/(1 − Beta2) − 1 and ρ = ρ∞ − 2t·Beta2ᵗ/(1 − Beta2ᵗ), w ← w − LearningRate·m/(1 − Beta1ᵗ) while ρ ≤ 5; then
    /// times r·√(1 − Beta2ᵗ)/(√v + Epsilon), r² = (ρ − 4)(ρ − 2)ρ∞/((ρ∞ − 4)(ρ∞ − 2)ρ).
    /// </summary>
    RAdam,

    /// <summary>
    /// Lion (Chen et al. 2023): w ← w − LearningRate·WeightDecay·w − LearningRate·sign(Beta1·m + (1 − Beta1)·g); m ← Beta2·m + (1 − Beta2)·g. Its learning rate is
    /// a third to a tenth of AdamW's, its weight decay three to ten times as large.
    /// </summary>
    Lion,

    /// <summary>
    /// LAMB (You et al. 2020): Adam's step and the decay, d = (m/(1 − Beta1ᵗ))/(√(v/(1 − Beta2ᵗ)) + Epsilon) + WeightDecay·w, scaled for each parameter:
    /// w ← w − LearningRate·‖w‖/‖d‖·d, where the quotient is 1 if one of the two is 0. For large batches.
    /// </summary>
    Lamb,
}
