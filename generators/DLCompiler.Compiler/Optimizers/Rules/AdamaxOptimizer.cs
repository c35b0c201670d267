using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers.Rules;

/// <summary>Adamax (Kingma and Ba 2015, section 7.1), in PyTorch's form: ε is added to the gradient's absolute value.</summary>
internal sealed class AdamaxOptimizer : OptimizerDefinition
{
    public override string Name => "Adamax";

    public override EquatableArray<NumberDefinition> Numbers =>
    [
        UsualNumbers.LearningRate(0.002),
        UsualNumbers.Beta1(),
        UsualNumbers.Beta2(),
        UsualNumbers.Epsilon(),
        UsualNumbers.WeightDecay(),
    ];

    public override void Write(RuleBuilder rule)
    {
        StepNumber beta1 = rule.Number("Beta1");
        ScalarExpression m = rule.State("exp_avg", "m"), largest = rule.State("exp_inf", "largest");
        ScalarExpression first = rule.Update(m, ((rule.Gradient - m) * rule.Argument("oneMinusBeta1", 1 - beta1)) + m);
        ScalarExpression size = new ScalarExpression.Unary(UnaryFunction.Abs, rule.Gradient) + rule.Argument("epsilon", rule.Number("Epsilon"));
        ScalarExpression norm = rule.Update(largest,
            new ScalarExpression.Binary(BinaryFunction.Max, rule.Argument("beta2", rule.Number("Beta2")) * largest, size));
        rule.SetWeight((rule.Argument("negativeStep", -rule.LearningRate / (1 - StepNumber.Power(beta1, rule.Step))) * (first / norm)) + rule.Weight);
    }
}
