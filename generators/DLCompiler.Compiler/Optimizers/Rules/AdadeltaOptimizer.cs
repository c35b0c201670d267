using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers.Rules;

/// <summary>Adadelta (Zeiler 2012), with PyTorch's learning rate, which the paper has not (1).</summary>
internal sealed class AdadeltaOptimizer : OptimizerDefinition
{
    public override string Name => "Adadelta";

    public override EquatableArray<NumberDefinition> Numbers =>
    [
        UsualNumbers.LearningRate(1),
        UsualNumbers.Rho(0.9),
        UsualNumbers.Epsilon(1e-6),
        UsualNumbers.WeightDecay(),
    ];

    public override void Write(RuleBuilder rule)
    {
        ScalarExpression g = rule.Gradient, epsilon = rule.Argument("epsilon", rule.Number("Epsilon"));
        ScalarExpression rho = rule.Argument("rho", rule.Number("Rho")), oneMinusRho = rule.Argument("oneMinusRho", 1 - rule.Number("Rho"));
        ScalarExpression square = rule.State("square_avg", "square"), steps = rule.State("acc_delta", "steps");
        ScalarExpression squareNew = rule.Update(square, (rho * square) + (oneMinusRho * (g * g)));
        ScalarExpression delta = rule.Let("delta", Root(steps + epsilon) / Root(squareNew + epsilon) * g);
        rule.Update(steps, (rho * steps) + (oneMinusRho * (delta * delta)));
        rule.SetWeight((rule.Argument("negativeLearningRate", -rule.LearningRate) * delta) + rule.Weight);
    }

    private static ScalarExpression Root(ScalarExpression operand) => new ScalarExpression.Unary(UnaryFunction.Sqrt, operand);
}
