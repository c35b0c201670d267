using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Optimizers;

/// <summary>The moving averages of gradients and of their squares that Adam and its kin keep, and what makes up for their beginning at zero.</summary>
internal sealed class Moments
{
    private readonly RuleBuilder rule;

    public Moments(RuleBuilder rule)
    {
        this.rule = rule;
        StepNumber beta1 = rule.Number("Beta1"), beta2 = rule.Number("Beta2");
        ScalarExpression m = rule.State("exp_avg", "m"), v = rule.State("exp_avg_sq", "v");
        First = rule.Update(m, ((rule.Gradient - m) * rule.Argument("oneMinusBeta1", 1 - beta1)) + m);
        Second = rule.Update(v,
            (rule.Argument("beta2", beta2) * v) + (rule.Argument("oneMinusBeta2", 1 - beta2) * (rule.Gradient * rule.Gradient)));
        FirstCorrection = rule.Variable("firstCorrection", 1 - StepNumber.Power(beta1, rule.Step));
        SecondCorrection = rule.Variable("secondCorrection", 1 - StepNumber.Power(beta2, rule.Step));
    }

    /// <summary>The average of the gradients after the step.</summary>
    public ScalarExpression First { get; }

    /// <summary>The average of their squares.</summary>
    public ScalarExpression Second { get; }

    /// <summary>What <see cref="First"/> is to be divided by.</summary>
    public StepNumber FirstCorrection { get; }

    /// <summary>What <see cref="Second"/> is to be divided by.</summary>
    public StepNumber SecondCorrection { get; }

    /// <summary>√(v/(1 − β₂ᵗ)) + ε.</summary>
    public ScalarExpression Denominator(ScalarExpression square) =>
        (new ScalarExpression.Unary(UnaryFunction.Sqrt, square) * rule.Argument("inverseRootCorrection", 1 / StepNumber.Root(SecondCorrection)))
        + rule.Argument("epsilon", rule.Number("Epsilon"));
}
