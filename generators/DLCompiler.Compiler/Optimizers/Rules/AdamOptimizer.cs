using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers.Rules;

/// <summary>Adam (Kingma and Ba 2015), with decoupled decay (Loshchilov and Hutter 2019), and AMSGrad (Reddi et al. 2018).</summary>
internal sealed class AdamOptimizer(bool decoupled) : OptimizerDefinition
{
    public override string Name => decoupled ? "AdamW" : "Adam";

    public override EquatableArray<NumberDefinition> Numbers =>
    [
        UsualNumbers.LearningRate(0.001),
        UsualNumbers.Beta1(),
        UsualNumbers.Beta2(),
        UsualNumbers.Epsilon(),
        UsualNumbers.WeightDecay(decoupled ? 0.01 : 0),
        new("AmsGrad", 0, NumberRange.Switch),
    ];

    public override DecayPlace Decay => decoupled ? DecayPlace.Weight : DecayPlace.Gradient;

    public override void Write(RuleBuilder rule)
    {
        var moments = new Moments(rule);
        ScalarExpression square = moments.Second;
        if (rule.Has("AmsGrad"))
        {
            ScalarExpression largest = rule.State("max_exp_avg_sq", "vMax");
            square = rule.Update(largest, new ScalarExpression.Binary(BinaryFunction.Max, largest, square));
        }

        ScalarExpression rate = rule.Argument("negativeStep", -rule.LearningRate / moments.FirstCorrection);
        rule.SetWeight((rate * (moments.First / moments.Denominator(square))) + rule.Weight);
    }
}
