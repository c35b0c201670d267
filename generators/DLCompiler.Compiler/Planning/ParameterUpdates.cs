using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Optimizers;
using DLCompiler.Compiler.Schedules;

namespace DLCompiler.Compiler.Planning;

/// <summary>The passes of an optimizer over parameters and stored gradients: of a function, or of a step of a loop over stacks of them.</summary>
/// <param name="context">Takes the calls.</param>
/// <param name="step">The optimizer.</param>
internal sealed class ParameterUpdates(SchedulingContext context, StepOptimization step)
{
    private const double ClipEpsilon = 1e-6;

    /// <summary>Adds a gradient to the sum of those of several steps.</summary>
    public void Accumulate(TrainedParameter parameter, OptimizerRule accumulation, Buffer gradient) =>
        Pass(parameter, accumulation, gradient, parameter.Weight, [], "sum of gradients");

    /// <summary>Updates a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="gradient">Its gradient, in the parameter's own layout.</param>
    /// <param name="clipAll">The factor of all gradients; null for none.</param>
    public void Update(TrainedParameter parameter, Buffer gradient, Buffer? clipAll)
    {
        var scalars = new Dictionary<RuleScalar, Buffer>();
        if (clipAll is not null) scalars.Add(RuleScalar.ClipAll, clipAll);
        if (step.Value(CommonNumbers.ClipNorm) != 0)
        {
            Buffer square = Norms.Scalars(context, gradient.Name + "_clip_square", 1);
            AddSquare(gradient, square, isFirst: true);
            scalars.Add(RuleScalar.ClipOne, Clip(square, CommonNumbers.ClipNorm, gradient.Name + "_clip"));
        }

        Buffer? read = parameter.Rules.Accumulation is null ? gradient : null;
        if (parameter.Rules.Then is not { } then)
        {
            Pass(parameter, parameter.Rules.Update, read, parameter.Weight, scalars, "optimizer update");
            return;
        }

        Buffer direction = context.NewBuffer(context.Unique(parameter.Weight.Name + "_direction"), parameter.Weight.Element, parameter.Weight.Shape,
            parameter.Weight.Layout);
        Pass(parameter, parameter.Rules.Update, read, direction, scalars, "direction of the optimizer's step");
        Buffer weights = Norms.Scalars(context, parameter.Weight.Name + "_square", 1), length = Norms.Scalars(context, direction.Name + "_square", 1);
        AddSquare(parameter.Weight, weights, isFirst: true);
        AddSquare(direction, length, isFirst: true);
        ScalarExpression squares = new ScalarExpression.Input(0), steps = new ScalarExpression.Input(1);
        var both = new ScalarExpression.Binary(BinaryFunction.And, Positive(squares), Positive(steps));
        scalars[RuleScalar.TrustRatio] = Norms.Number(context, parameter.Weight.Name + "_trust_ratio",
            new ScalarExpression.Select(both, Root(squares) / Root(steps), 1), weights, length);
        Pass(parameter, then, direction, parameter.Weight, scalars, "optimizer update");
    }

    /// <summary>PyTorch's clip_grad_norm_: no longer than the limit, and no longer than it was. Of an accumulated gradient, the mean counts.</summary>
    /// <param name="square">The square of the length.</param>
    /// <param name="number">The limit, by its name among the optimizer's numbers.</param>
    /// <param name="name">What the factor is called.</param>
    public Buffer Clip(Buffer square, string number, string name)
    {
        ScalarExpression norm = Root(new ScalarExpression.Input(0));
        if (step.Accumulate > 1) norm *= 1.0 / step.Accumulate;
        ScalarExpression factor = new ScalarExpression.Binary(BinaryFunction.Min, 1, step.ArgumentOf(number) / (norm + ClipEpsilon));
        return Norms.Number(context, name, factor, square);
    }

    /// <summary>Adds the square of a length to a sum.</summary>
    public void AddSquare(Buffer buffer, Buffer total, bool isFirst) => Norms.Add(context, Norms.Parts(context, buffer, buffer.Name), total, isFirst);

    private void Pass(TrainedParameter parameter, OptimizerRule rule, Buffer? gradient, Buffer result, Dictionary<RuleScalar, Buffer> scalars, string what) =>
        OptimizerUpdate.Emit(context, parameter, rule, gradient, result, scalars, what);

    private static ScalarExpression Root(ScalarExpression operand) => new ScalarExpression.Unary(UnaryFunction.Sqrt, operand);

    private static ScalarExpression Positive(ScalarExpression operand) => new ScalarExpression.Compare(Comparison.Greater, operand, 0);
}
