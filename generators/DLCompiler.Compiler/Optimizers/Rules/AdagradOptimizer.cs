using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers.Rules;

/// <summary>Adagrad (Duchi, Hazan and Singer 2011).</summary>
internal sealed class AdagradOptimizer : OptimizerDefinition
{
    public override string Name => "Adagrad";

    public override EquatableArray<NumberDefinition> Numbers =>
    [
        UsualNumbers.LearningRate(0.01),
        new("LearningRateDecay", 0, NumberRange.NotNegative),
        new("InitialAccumulator", 0, NumberRange.NotNegative),
        UsualNumbers.Epsilon(1e-10),
        UsualNumbers.WeightDecay(),
    ];

    public override void Write(RuleBuilder rule)
    {
        StepNumber rate = rule.Has("LearningRateDecay")
            ? rule.LearningRate / (1 + ((rule.Step - 1) * rule.Number("LearningRateDecay")))
            : rule.LearningRate;
        ScalarExpression sum = rule.State("sum", "sum", rule.Declared("InitialAccumulator"));
        ScalarExpression total = rule.Update(sum, (rule.Gradient * rule.Gradient) + sum);
        ScalarExpression denominator = new ScalarExpression.Unary(UnaryFunction.Sqrt, total) + rule.Argument("epsilon", rule.Number("Epsilon"));
        rule.SetWeight((rule.Argument("negativeLearningRate", -rate) * (rule.Gradient / denominator)) + rule.Weight);
    }
}
