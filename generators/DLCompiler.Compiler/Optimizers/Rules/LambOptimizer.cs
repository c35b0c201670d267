using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers.Rules;

/// <summary>LAMB (You et al. 2020): Adam's step and the decay, scaled for each parameter to a length that follows from the weights'.</summary>
internal sealed class LambOptimizer : OptimizerDefinition
{
    public override string Name => "Lamb";

    public override EquatableArray<NumberDefinition> Numbers =>
    [
        UsualNumbers.LearningRate(0.001),
        UsualNumbers.Beta1(),
        UsualNumbers.Beta2(),
        UsualNumbers.Epsilon(1e-6),
        UsualNumbers.WeightDecay(),
    ];

    public override DecayPlace Decay => DecayPlace.Rule;

    public override void Write(RuleBuilder rule)
    {
        var moments = new Moments(rule);
        ScalarExpression step = rule.Argument("inverseFirstCorrection", 1 / moments.FirstCorrection) * moments.First / moments.Denominator(moments.Second);
        if (rule.DecaysInRule) step = (rule.Argument("weightDecay", rule.Number("WeightDecay")) * rule.RawWeight) + step;
        (ScalarExpression direction, ScalarExpression ratio) = rule.Layerwise(step);
        rule.SetWeight((rule.Argument("negativeLearningRate", -rule.LearningRate) * ratio * direction) + rule.Weight);
    }
}
