using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers.Rules;

/// <summary>RMSprop (Tieleman and Hinton 2012), centered (Graves 2013), in PyTorch's form: ε is added to the root.</summary>
internal sealed class RmsPropOptimizer : OptimizerDefinition
{
    public override string Name => "RmsProp";

    public override EquatableArray<NumberDefinition> Numbers =>
    [
        UsualNumbers.LearningRate(0.01),
        UsualNumbers.Rho(0.99),
        UsualNumbers.Epsilon(),
        UsualNumbers.WeightDecay(),
        UsualNumbers.Momentum,
        new("Centered", 0, NumberRange.Switch),
    ];

    public override void Write(RuleBuilder rule)
    {
        ScalarExpression g = rule.Gradient, oneMinusRho = rule.Argument("oneMinusRho", 1 - rule.Number("Rho"));
        ScalarExpression square = rule.State("square_avg", "square");
        ScalarExpression variance = rule.Update(square, (rule.Argument("rho", rule.Number("Rho")) * square) + (oneMinusRho * (g * g)));
        if (rule.Has("Centered"))
        {
            ScalarExpression mean = rule.State("grad_avg", "mean");
            ScalarExpression meanNew = rule.Update(mean, ((g - mean) * oneMinusRho) + mean);

            // Rounding may leave less than nothing of equal gradients.
            variance = new ScalarExpression.Binary(BinaryFunction.Max, 0, variance - (meanNew * meanNew));
        }

        ScalarExpression direction = g / (new ScalarExpression.Unary(UnaryFunction.Sqrt, variance) + rule.Argument("epsilon", rule.Number("Epsilon")));
        if (rule.Has("Momentum"))
        {
            ScalarExpression m = rule.State("momentum_buffer", "m");
            direction = rule.Update(m, (rule.Argument("momentum", rule.Number("Momentum")) * m) + direction);
        }

        rule.SetWeight((rule.Argument("negativeLearningRate", -rule.LearningRate) * direction) + rule.Weight);
    }
}
