using DLCompiler;

namespace Samples;

/// <summary>Twelve months of growth against the year before, and what comes in the twelve after them.</summary>
[Model]
[Train(Loss.MeanAbsoluteError, Optimizer.AdamW, LearningRate = 5e-3f, WeightDecay = 0.01f, ClipGlobalNorm = 1)]
public partial class AirlineGru
{
    internal const int Context = 12, Horizon = 12;

    readonly Gru memory = new(16, sequence: false);
    readonly Dense forecast = new(Horizon);

    /// <summary>From twelve months to twelve.</summary>
    public Tensor Forward([Shape("N", Context, 1)] Tensor months) => forecast.Forward(memory.Forward(months));
}

/// <summary>Four weeks of weather, and the highest temperatures of the seven days after them.</summary>
[Model]
[Train(Loss.MeanAbsoluteError, Optimizer.AdamW, LearningRate = 3e-3f, WeightDecay = 0.05f, ClipGlobalNorm = 1)]
public partial class SeattleGru
{
    internal const int Context = 28, Columns = 6, Horizon = 7;

    readonly Gru memory = new(32, sequence: false);
    readonly Dropout dropout = new(0.2f);
    readonly Dense forecast = new(Horizon);

    /// <summary>From 28 days to seven.</summary>
    public Tensor Forward([Shape("N", Context, Columns)] Tensor days) => forecast.Forward(dropout.Forward(memory.Forward(days)));
}
