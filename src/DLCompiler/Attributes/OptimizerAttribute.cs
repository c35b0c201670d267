using System;

namespace DLCompiler;

/// <summary>
/// What <see cref="TrainAttribute"/> and <see cref="StepAttribute"/> say of the optimizer. The kind is compiled in, and so is whether there is a term at all (a
/// weight decay that is not zero, a clip); of the numbers, the learning rate is a default that options and schedules override at run time. A number that the
/// optimizer has not is a warning (DLC3006); one that is out of range, an error (DLC1011).
/// </summary>
/// <param name="optimizer">The update rule.</param>
public abstract class OptimizerAttribute(Optimizer optimizer) : Attribute
{
    /// <summary>The update rule.</summary>
    public Optimizer Optimizer { get; private protected set; } = optimizer;

    /// <summary>
    /// The learning rate. Unless given: 0.01 for <see cref="Optimizer.Sgd"/>, <see cref="Optimizer.Adagrad"/> and <see cref="Optimizer.RmsProp"/>, 1 for
    /// <see cref="Optimizer.Adadelta"/>, 0.002 for <see cref="Optimizer.Adamax"/> and <see cref="Optimizer.NAdam"/>, 0.0001 for <see cref="Optimizer.Lion"/>,
    /// 0.001 for the others.
    /// </summary>
    public float LearningRate { get; set; } = float.NaN;

    /// <summary>The momentum of <see cref="Optimizer.Sgd"/> and <see cref="Optimizer.RmsProp"/>, in [0, 1); 0 (none) unless given.</summary>
    public float Momentum { get; set; }

    /// <summary>Whether <see cref="Optimizer.Sgd"/> looks ahead along its momentum (Nesterov).</summary>
    public bool Nesterov { get; set; }

    /// <summary>
    /// The weight decay; 0.01 for <see cref="Optimizer.AdamW"/> and 0 (none) for the others unless given. AdamW and <see cref="Optimizer.Lion"/> shrink the
    /// weights by it, <see cref="Optimizer.Lamb"/> adds it to its step, the others add WeightDecay·w to the gradient; <see cref="DecoupledDecay"/> makes them the same.
    /// </summary>
    public float WeightDecay { get; set; } = float.NaN;

    /// <summary>
    /// Whether weight decay is decoupled from the gradient (Loshchilov and Hutter 2019): w ← w − LearningRate·WeightDecay·w, then the optimizer's step without
    /// decay. AdamW and Lion do so of themselves.
    /// </summary>
    public bool DecoupledDecay { get; set; }

    /// <summary>
    /// Whether parameters with fewer than two dimensions decay, too: biases, and scales and shifts of normalisations. True unless given, as in PyTorch; false is
    /// what most recipes with AdamW mean.
    /// </summary>
    public bool DecayVectors { get; set; } = true;

    /// <summary>The weight of the sum of the parameters' absolute values in the loss: adds L1·sign(w) to gradients. The loss that is reported is without it.</summary>
    public float L1 { get; set; }

    /// <summary>Twice the weight of the sum of their squares: adds L2·w to gradients, with decoupled decay as well. The loss that is reported is without it.</summary>
    public float L2 { get; set; }

    /// <summary>The decay of the mean gradient, in [0, 1), for Adam and its kin; 0.9 unless given.</summary>
    public float Beta1 { get; set; } = 0.9f;

    /// <summary>The decay of the mean squared gradient, in [0, 1), for Adam and its kin; 0.999 unless given, 0.99 for <see cref="Optimizer.Lion"/>.</summary>
    public float Beta2 { get; set; } = float.NaN;

    /// <summary>
    /// What is added to denominators; 1e-8 unless given, 1e-10 for <see cref="Optimizer.Adagrad"/>, 1e-6 for <see cref="Optimizer.Adadelta"/> and
    /// <see cref="Optimizer.Lamb"/>.
    /// </summary>
    public float Epsilon { get; set; } = float.NaN;

    /// <summary>
    /// Whether <see cref="Optimizer.Adam"/> and <see cref="Optimizer.AdamW"/> divide by the largest mean squared gradient so far (AMSGrad, Reddi et al. 2018).
    /// </summary>
    public bool AmsGrad { get; set; }

    /// <summary>
    /// The decay of the mean squares of <see cref="Optimizer.RmsProp"/> (PyTorch's alpha; 0.99 unless given) and <see cref="Optimizer.Adadelta"/> (0.9), in
    /// [0, 1).
    /// </summary>
    public float Rho { get; set; } = float.NaN;

    /// <summary>Whether <see cref="Optimizer.RmsProp"/> divides by the standard deviation in place of the root mean square.</summary>
    public bool Centered { get; set; }

    /// <summary>How fast <see cref="Optimizer.Adagrad"/>'s learning rate falls: LearningRate/(1 + (t − 1)·LearningRateDecay); 0 unless given.</summary>
    public float LearningRateDecay { get; set; }

    /// <summary>What <see cref="Optimizer.Adagrad"/>'s sums of squares begin with; 0 unless given.</summary>
    public float InitialAccumulator { get; set; }

    /// <summary>How fast <see cref="Optimizer.NAdam"/>'s momentum warms up: Beta1·(1 − 0.96^(t·MomentumDecay)/2); 0.004 unless given.</summary>
    public float MomentumDecay { get; set; } = 0.004f;

    /// <summary>Gradients' elements are clipped to ± this, after <see cref="ClipNorm"/> and <see cref="ClipGlobalNorm"/>; not clipped unless given. Keras' clipvalue.</summary>
    public float ClipValue { get; set; } = float.PositiveInfinity;

    /// <summary>
    /// The gradient of each parameter is shortened to this Euclidean length where it is longer, before anything else is done with it; not unless given. Keras' clipnorm.
    /// </summary>
    public float ClipNorm { get; set; } = float.PositiveInfinity;

    /// <summary>
    /// All gradients are multiplied by one number that makes them, taken together, at most this long; not unless given. PyTorch's clip_grad_norm_, Keras'
    /// global_clipnorm. The update then waits for all gradients.
    /// </summary>
    public float ClipGlobalNorm { get; set; } = float.PositiveInfinity;

    /// <summary>
    /// After each update, every row of a parameter with two or more dimensions (the weights of one output) that is longer than this is shortened to it (Srebro,
    /// Rennie and Jaakkola 2005); not unless given. Keras' MaxNorm over the inputs, PyTorch's renorm.
    /// </summary>
    public float MaxNorm { get; set; } = float.PositiveInfinity;

    /// <summary>
    /// Steps in an update, which takes the mean of their gradients: batches as if they were so many times as large, in the memory of one. 1 unless given. Counts go
    /// on from epoch to epoch, and checkpoints hold the sum so far.
    /// </summary>
    public int Accumulate { get; set; } = 1;

    /// <summary>
    /// Keeps an exponential moving average of the weights, a ← AverageDecay·a + (1 − AverageDecay)·w after each step, which begins with the weights before the
    /// first (Polyak and Juditsky 1992); none unless given. 0.999 is usual.
    /// </summary>
    public float AverageDecay { get; set; }
}
