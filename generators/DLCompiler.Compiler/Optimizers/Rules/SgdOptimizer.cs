using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers.Rules;

/// <summary>Stochastic gradient descent with momentum (Polyak 1964) or Nesterov's (Sutskever et al. 2013), in PyTorch's form.</summary>
internal sealed class SgdOptimizer : OptimizerDefinition
{
    public override string Name => "Sgd";

    public override EquatableArray<NumberDefinition> Numbers =>
    [
        UsualNumbers.LearningRate(0.01),
        UsualNumbers.Momentum,
        new("Nesterov", 0, NumberRange.Switch),
        UsualNumbers.WeightDecay(),
    ];

    public override void Write(RuleBuilder rule)
    {
        ScalarExpression rate = rule.Argument("negativeLearningRate", -rule.LearningRate);
        if (!rule.Has("Momentum"))
        {
            rule.SetWeight((rate * rule.Gradient) + rule.Weight);
            return;
        }

        ScalarExpression momentum = rule.Argument("momentum", rule.Number("Momentum"));
        ScalarExpression m = rule.State("momentum_buffer", "m");
        ScalarExpression velocity = rule.Update(m, (momentum * m) + rule.Gradient);
        rule.SetWeight((rate * (rule.Has("Nesterov") ? (momentum * velocity) + rule.Gradient : velocity)) + rule.Weight);
    }
}
