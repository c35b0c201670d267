using System;

namespace DLCompiler;

/// <summary>
/// Numbers of the optimizer for the parameters of what a field holds, a layer, a block or a model, where they differ from those of
/// <see cref="TrainAttribute"/> or <see cref="StepAttribute"/>: PyTorch's parameter groups. Factors of nested fields multiply; the innermost weight decay counts.
/// </summary>
/// <example><code>[ParameterGroup(RateFactor = 0.1f)] readonly Backbone backbone = new();
/// [ParameterGroup(WeightDecay = 0)] readonly Embedding tokens = new(1000, 64);</code></example>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ParameterGroupAttribute : Attribute
{
    /// <summary>The learning rate, as a multiple of the step's, so that schedules act on all groups; 1 unless given. Not negative.</summary>
    public float RateFactor { get; set; } = 1;

    /// <summary>The weight decay; the step's unless given. Not negative.</summary>
    public float WeightDecay { get; set; } = float.NaN;
}
