using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers.Rules;

/// <summary>Lion (Chen et al. 2023): the sign of an interpolation between momentum and gradient; decay is decoupled.</summary>
internal sealed class LionOptimizer : OptimizerDefinition
{
    public override string Name => "Lion";

    public override EquatableArray<NumberDefinition> Numbers =>
    [
        UsualNumbers.LearningRate(0.0001),
        UsualNumbers.Beta1(),
        UsualNumbers.Beta2(0.99),
        UsualNumbers.WeightDecay(),
    ];

    public override DecayPlace Decay => DecayPlace.Weight;

    public override void Write(RuleBuilder rule)
    {
        ScalarExpression m = rule.State("exp_avg", "m"), distance = rule.Let("distance", rule.Gradient - m);
        ScalarExpression direction = new ScalarExpression.Unary(
            UnaryFunction.Sign, (distance * rule.Argument("oneMinusBeta1", 1 - rule.Number("Beta1"))) + m);
        rule.Update(m, (distance * rule.Argument("oneMinusBeta2", 1 - rule.Number("Beta2"))) + m);
        rule.SetWeight((rule.Argument("negativeLearningRate", -rule.LearningRate) * direction) + rule.Weight);
    }
}
