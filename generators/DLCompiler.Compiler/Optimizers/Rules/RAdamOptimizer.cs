using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers.Rules;

/// <summary>Rectified Adam (Liu et al. 2020): the first steps, whose second moments say little, are those of momentum alone.</summary>
internal sealed class RAdamOptimizer : OptimizerDefinition
{
    public override string Name => "RAdam";

    public override EquatableArray<NumberDefinition> Numbers =>
    [
        UsualNumbers.LearningRate(0.001),
        UsualNumbers.Beta1(),
        UsualNumbers.Beta2(),
        UsualNumbers.Epsilon(),
        UsualNumbers.WeightDecay(),
    ];

    public override void Write(RuleBuilder rule)
    {
        var moments = new Moments(rule);
        StepNumber beta2 = rule.Number("Beta2"), correction = moments.SecondCorrection;
        StepNumber longest = rule.Variable("longest", (2 / (1 - beta2)) - 1);
        StepNumber length = rule.Variable("length", longest - (2 * rule.Step * StepNumber.Power(beta2, rule.Step) / correction));
        StepNumber rectified = StepNumber.Root(
            (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length) * correction);
        StepNumber rate = rule.Variable("rate", -rule.LearningRate / moments.FirstCorrection);

        // One of the two is zero.
        ScalarExpression plain = rule.Argument("negativePlainStep", StepNumber.IfGreater(length, 5, 0, rate));
        ScalarExpression adapted = rule.Argument("negativeAdaptedStep", StepNumber.IfGreater(length, 5, rate * rectified, 0));
        ScalarExpression root = new ScalarExpression.Unary(UnaryFunction.Sqrt, moments.Second) + rule.Argument("epsilon", rule.Number("Epsilon"));
        rule.SetWeight(((plain + (adapted / root)) * moments.First) + rule.Weight);
    }
}
