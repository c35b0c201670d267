using System.Collections.Generic;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// How an optimizer changes one weight, as data. In the expressions, input 0 is the gradient (in the others: what the first of them makes of it), 1 the
/// weight, 2 and 3 the state, 4 and 5 the new state.
/// The arguments' order is that of the run-time library.
/// </summary>
/// <param name="Gradient">The gradient that the rule goes on with: weight decay may add to it.</param>
/// <param name="States">The new states' values, one expression each.</param>
/// <param name="Weight">The new weight's value.</param>
public sealed record OptimizerRule(ScalarExpression Gradient, EquatableArray<ScalarExpression> States, ScalarExpression Weight)
{
    private static readonly ScalarExpression RawGradient = new ScalarExpression.Input(0);
    private static readonly ScalarExpression OldWeight = new ScalarExpression.Input(1);
    private static readonly ScalarExpression FirstState = new ScalarExpression.Input(2);
    private static readonly ScalarExpression SecondState = new ScalarExpression.Input(3);
    private static readonly ScalarExpression NewFirstState = new ScalarExpression.Input(4);
    private static readonly ScalarExpression NewSecondState = new ScalarExpression.Input(5);

    /// <summary>The rule of an optimizer.</summary>
    public static OptimizerRule For(OptimizerSpecification specification) => specification.Kind switch
    {
        OptimizerKind.Sgd => Sgd(specification),
        _ => Adam(decoupled: specification.Kind == OptimizerKind.AdamW),
    };

    // Stochastic gradient descent with momentum (Polyak 1964) or Nesterov's (Sutskever et al. 2013), in PyTorch's form.
    private static OptimizerRule Sgd(OptimizerSpecification specification)
    {
        ScalarExpression step = Argument(0, "negativeLearningRate"), momentum = Argument(1, "momentum"), decay = Argument(2, "weightDecay");
        ScalarExpression gradient = (decay * OldWeight) + RawGradient;
        if (specification.Momentum == 0) return new OptimizerRule(gradient, [], (step * RawGradient) + OldWeight);
        ScalarExpression velocity = (momentum * FirstState) + RawGradient;
        ScalarExpression direction = specification.Nesterov ? (momentum * NewFirstState) + RawGradient : NewFirstState;
        return new OptimizerRule(gradient, [velocity], (step * direction) + OldWeight);
    }

    // Kingma and Ba 2015; decoupled decay: Loshchilov and Hutter 2019.
    private static OptimizerRule Adam(bool decoupled)
    {
        ScalarExpression oneMinusBeta1 = Argument(0, "oneMinusBeta1"), beta2 = Argument(1, "beta2"), oneMinusBeta2 = Argument(2, "oneMinusBeta2"),
            step = Argument(3, "negativeStep"), correction = Argument(4, "inverseRootCorrection"), epsilon = Argument(5, "epsilon"),
                decay = Argument(6, "weightDecay");
        ScalarExpression gradient = decoupled ? RawGradient : (decay * OldWeight) + RawGradient;
        ScalarExpression weight = decoupled ? (decay * OldWeight) + OldWeight : OldWeight;
        ScalarExpression first = ((RawGradient - FirstState) * oneMinusBeta1) + FirstState;
        ScalarExpression second = (beta2 * SecondState) + (oneMinusBeta2 * (RawGradient * RawGradient));
        ScalarExpression denominator = (new ScalarExpression.Unary(UnaryFunction.Sqrt, NewSecondState) * correction) + epsilon;
        return new OptimizerRule(gradient, [first, second], (step * (NewFirstState / denominator)) + weight);
    }

    private static ScalarExpression Argument(int index, string name) => new ScalarExpression.Argument(index, name);
}
