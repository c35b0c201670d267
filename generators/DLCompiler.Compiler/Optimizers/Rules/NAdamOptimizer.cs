using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers.Rules;

/// <summary>Adam with Nesterov's momentum (Dozat 2016): β₁ warms up, and the product of its values so far corrects the bias.</summary>
internal sealed class NAdamOptimizer : OptimizerDefinition
{
    public override string Name => "NAdam";

    public override EquatableArray<NumberDefinition> Numbers =>
    [
        UsualNumbers.LearningRate(0.002),
        UsualNumbers.Beta1(),
        UsualNumbers.Beta2(),
        UsualNumbers.Epsilon(),
        UsualNumbers.WeightDecay(),
        new("MomentumDecay", 0.004, NumberRange.NotNegative),
    ];

    public override void Write(RuleBuilder rule)
    {
        var moments = new Moments(rule);
        StepNumber beta1 = rule.Number("Beta1"), psi = rule.Number("MomentumDecay");
        StepNumber now = rule.Variable("mu", beta1 * (1 - (0.5 * StepNumber.Power(0.96, rule.Step * psi))));
        StepNumber next = rule.Variable("muNext", beta1 * (1 - (0.5 * StepNumber.Power(0.96, (rule.Step + 1) * psi))));
        StepNumber product = rule.Carried("mu_product", "muProduct", 1, before => before * now);
        ScalarExpression ofGradient = rule.Argument("negativeGradientStep", -rule.LearningRate * (1 - now) / (1 - product));
        ScalarExpression ofMoment = rule.Argument("negativeMomentStep", -rule.LearningRate * next / (1 - (product * next)));
        rule.SetWeight((((ofGradient * rule.Gradient) + (ofMoment * moments.First)) / moments.Denominator(moments.Second)) + rule.Weight);
    }
}
