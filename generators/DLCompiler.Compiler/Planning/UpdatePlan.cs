using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Optimizers;
using DLCompiler.Compiler.Schedules;

namespace DLCompiler.Compiler.Planning;

/// <summary>
/// Where a step's updates take place. A rule that needs one element at a time rides on the kernel of its gradient where the gradient has no other use; what needs
/// norms waits for all gradients; what accumulates does so at once, and updates every few steps.
/// </summary>
internal sealed class UpdatePlan
{
    private const double ClipEpsilon = 1e-6;

    private readonly SchedulingContext context;
    private readonly StepOptimization step;
    private readonly IReadOnlyList<(TrainedParameter Parameter, Node Gradient)> parameters;
    private readonly Dictionary<Node, TrainedParameter> riding = [];

    /// <param name="context">The function.</param>
    /// <param name="storage">Where parameters lie.</param>
    /// <param name="step">The optimizer.</param>
    /// <param name="gradients">The parameters that are trained, and their gradients.</param>
    /// <param name="results">All values that the function has to compute.</param>
    public UpdatePlan(SchedulingContext context, ModelStorage storage, StepOptimization step, IEnumerable<(string Parameter, Node Gradient)> gradients,
        IReadOnlyList<Node> results)
    {
        this.context = context;
        this.step = step;
        parameters = [.. gradients.Select(item => (Trained(storage, item.Parameter), item.Gradient))];
        FusionPlan fusion = context.Fusion;
        foreach ((TrainedParameter parameter, Node gradient) in parameters)
        {
            // The parameter's only contribution, and the gradient's only use.
            if (WeightGradient.Applies(gradient) && fusion.UsersOf(gradient).Count == 0 && results.Count(result => result == gradient) == 1
                && parameter.Weight.Layout == Layout.Panels && parameter.Rules.IsElementwise && RidesByChoice(context, gradient))
                riding.Add(gradient, parameter);
        }
    }

    /// <summary>Whether a value is computed together with an update, and not by itself.</summary>
    public bool Rides(Node node) => riding.ContainsKey(node);

    /// <summary>Emits the updates: everything else reads the old weights.</summary>
    public void Emit()
    {
        var stored = new List<(TrainedParameter Parameter, Buffer Gradient)>();
        foreach ((TrainedParameter parameter, Node gradient) in parameters)
        {
            if (Rides(gradient)) WeightGradient.Emit(context, gradient, parameter);
            else if (parameter.Rules.Accumulation is { } accumulation)
                Pass(parameter, accumulation, OptimizerUpdate.Stored(context, parameter, gradient), parameter.Weight, [], "sum of gradients");
            if (parameter.Rules.Accumulation is not null) stored.Add((parameter, parameter.State(parameter.Rules.AccumulatorSlot)));
            else if (!Rides(gradient)) stored.Add((parameter, OptimizerUpdate.Stored(context, parameter, gradient)));
        }

        Buffer? clipAll = step.Value(CommonNumbers.ClipGlobalNorm) != 0
            ? Clip([.. stored.Select(item => item.Gradient)], CommonNumbers.ClipGlobalNorm, "clip") : null;
        foreach ((TrainedParameter parameter, Buffer gradient) in stored) Update(parameter, gradient, clipAll);
        foreach ((TrainedParameter parameter, _) in parameters)
            if (parameter.Rules.MaxNorm is not null) MaxNorm.Emit(context, parameter);
    }

    private void Update(TrainedParameter parameter, Buffer gradient, Buffer? clipAll)
    {
        var scalars = new Dictionary<RuleScalar, Buffer>();
        if (clipAll is not null) scalars.Add(RuleScalar.ClipAll, clipAll);
        if (step.Value(CommonNumbers.ClipNorm) != 0) scalars.Add(RuleScalar.ClipOne, Clip([gradient], CommonNumbers.ClipNorm, gradient.Name + "_clip"));
        Buffer? read = parameter.Rules.Accumulation is null ? gradient : null;
        if (parameter.Rules.Then is not { } then)
        {
            Pass(parameter, parameter.Rules.Update, read, parameter.Weight, scalars, "optimizer update");
            return;
        }

        Buffer direction = context.NewBuffer(context.Unique(parameter.Weight.Name + "_direction"), parameter.Weight.Element, parameter.Weight.Shape,
            parameter.Weight.Layout);
        Pass(parameter, parameter.Rules.Update, read, direction, scalars, "direction of the optimizer's step");
        Buffer weights = Sum([parameter.Weight], parameter.Weight.Name), length = Sum([direction], direction.Name);
        ScalarExpression squares = new ScalarExpression.Input(0), steps = new ScalarExpression.Input(1);
        var both = new ScalarExpression.Binary(BinaryFunction.And, Positive(squares), Positive(steps));
        scalars[RuleScalar.TrustRatio] = Norms.Number(context, parameter.Weight.Name + "_trust_ratio",
            new ScalarExpression.Select(both, Root(squares) / Root(steps), 1), weights, length);
        Pass(parameter, then, direction, parameter.Weight, scalars, "optimizer update");
    }

    private void Pass(TrainedParameter parameter, OptimizerRule rule, Buffer? gradient, Buffer result, Dictionary<RuleScalar, Buffer> scalars, string what) =>
        OptimizerUpdate.Emit(context, parameter, rule, gradient, result, scalars, what);

    // PyTorch's clip_grad_norm_: no longer than the limit, and no longer than it was. Of an accumulated gradient, the mean counts.
    private Buffer Clip(IReadOnlyList<Buffer> gradients, string number, string name)
    {
        ScalarExpression norm = Root(new ScalarExpression.Input(0));
        if (step.Accumulate > 1) norm *= 1.0 / step.Accumulate;
        ScalarExpression factor = new ScalarExpression.Binary(BinaryFunction.Min, 1, step.ArgumentOf(number) / (norm + ClipEpsilon));
        return Norms.Number(context, name, factor, Sum(gradients, name));
    }

    private Buffer Sum(IReadOnlyList<Buffer> buffers, string name)
    {
        Buffer total = Norms.Scalars(context, name + "_square", 1);
        for (int i = 0; i < buffers.Count; i++) Norms.Add(context, Norms.Parts(context, buffers[i], buffers[i].Name), total, isFirst: i == 0);
        return total;
    }

    private TrainedParameter Trained(ModelStorage storage, string name)
    {
        Buffer weight = storage.Buffers[name];
        ParameterRules rules = step.RulesOf(name);
        return new TrainedParameter(weight, rules.Slots.Select(slot =>
            new Buffer(context.Unique(weight.Name + "_" + step.States[slot].Name), BufferSpace.OptimizerState, weight.Element, weight.Shape, weight.Layout)
            { Offset = weight.Offset, Slot = slot }).ToEquatableArray(), rules);
    }

    private static bool RidesByChoice(SchedulingContext context, Node gradient) =>
        context.Decisions.Choose(WeightGradient.Part(context, gradient), "update", true, "the parameter has this gradient only, and nothing else reads it",
            text => ChoiceText.Word(text, "fused", "separate"), fused => fused ? "fused" : "separate");

    private static ScalarExpression Root(ScalarExpression operand) => new ScalarExpression.Unary(UnaryFunction.Sqrt, operand);

    private static ScalarExpression Positive(ScalarExpression operand) => new ScalarExpression.Compare(Comparison.Greater, operand, 0);
}
