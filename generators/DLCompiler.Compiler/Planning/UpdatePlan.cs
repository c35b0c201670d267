using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Optimizers;
using DLCompiler.Compiler.Schedules;

namespace DLCompiler.Compiler.Planning;

/// <summary>
/// Where a step's updates take place. A rule that needs one element at a time rides on the kernel of its gradient where the gradient has no other use; what
/// needs
/// norms waits for all gradients; what accumulates does so at once, and updates every few steps.
/// </summary>
internal sealed class UpdatePlan
{
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
            if (Computed(gradient) is { } product && WeightGradient.Applies(product) && fusion.UsersOf(gradient).Count == 0
                && results.Count(result => result == gradient) == 1
                && parameter.Weight.Layout == Layout.Panels && parameter.Rules.IsElementwise && RidesByChoice(context, product))
                riding.Add(gradient, parameter);
        }

        context.UpdatedInLoops = riding.Where(pair => pair.Key.Operator is Loop).ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    // What computes a gradient, or an element of a stack of gradients.
    private static Node? Computed(Node gradient) => gradient.Operator is not Loop loop ? gradient
        : loop is Repeat && loop.Result >= loop.CarriedCount && loop.Result < loop.Body.Results.Count
            && loop.Body.Results.Count(result => result == loop.Body.Results[loop.Result]) == 1 ? loop.Body.Results[loop.Result] : null;

    /// <summary>Whether a value is computed together with an update, and not by itself.</summary>
    public bool Rides(Node node) => riding.ContainsKey(node);

    /// <summary>Whether a value is emitted here, by <see cref="Emit"/>.</summary>
    public bool Emits(Node node) => Rides(node) && node.Operator is not Loop;

    /// <summary>Emits the updates: everything else reads the old weights.</summary>
    public void Emit()
    {
        var updates = new ParameterUpdates(context, step);
        (TrainedParameter Parameter, Node Gradient)[] alone = [.. parameters.Where(item => item.Parameter.Weight.ElementStride is null)];
        StackUpdates[] stacks = [.. parameters.Except(alone).GroupBy(item => item.Parameter.Weight.Shape[0])
            .Select(group => new StackUpdates(context, step, [.. group], Rides))];
        var stored = new List<(TrainedParameter Parameter, Buffer Gradient)>();
        foreach ((TrainedParameter parameter, Node gradient) in alone)
        {
            if (Rides(gradient)) WeightGradient.Emit(context, gradient, parameter);
            else if (parameter.Rules.Accumulation is { } accumulation)
                updates.Accumulate(parameter, accumulation, OptimizerUpdate.Stored(context, parameter, gradient));
            if (parameter.Rules.Accumulation is not null) stored.Add((parameter, parameter.State(parameter.Rules.AccumulatorSlot)));
            else if (!Rides(gradient)) stored.Add((parameter, OptimizerUpdate.Stored(context, parameter, gradient)));
        }

        foreach (StackUpdates stack in stacks) stack.Accumulate();
        Buffer? clipAll = step.Value(CommonNumbers.ClipGlobalNorm) != 0
            ? updates.Clip(Square([.. stored.Select(item => item.Gradient)], stacks), CommonNumbers.ClipGlobalNorm, "clip") : null;
        foreach ((TrainedParameter parameter, Buffer gradient) in stored) updates.Update(parameter, gradient, clipAll);
        foreach ((TrainedParameter parameter, _) in alone)
            if (parameter.Rules.MaxNorm is not null) MaxNorm.Emit(context, parameter);
        foreach (StackUpdates stack in stacks) stack.Update(clipAll);
    }

    // The square of the length of all gradients together.
    private Buffer Square(IReadOnlyList<Buffer> gradients, IReadOnlyList<StackUpdates> stacks)
    {
        var updates = new ParameterUpdates(context, step);
        Buffer total = gradients.Count == 0 ? Norms.Number(context, "clip_square", 0) : Norms.Scalars(context, "clip_square", 1);
        for (int i = 0; i < gradients.Count; i++) updates.AddSquare(gradients[i], total, isFirst: i == 0);
        foreach (StackUpdates stack in stacks) stack.AddSquares(total);
        return total;
    }

    private TrainedParameter Trained(ModelStorage storage, string name)
    {
        Buffer weight = storage.Buffers[name];
        ParameterRules rules = step.RulesOf(storage.FirstOf(name));
        return new TrainedParameter(weight, rules.Slots.Select(slot =>
            new Buffer(context.Unique(weight.Name + "_" + step.States[slot].Name), BufferSpace.OptimizerState, weight.Element, weight.Shape, weight.Layout)
            { Offset = weight.Offset, Slot = slot, ElementStride = weight.ElementStride }).ToEquatableArray(), rules);
    }

    private static bool RidesByChoice(SchedulingContext context, Node gradient) =>
        context.Decisions.Choose(WeightGradient.Part(context, gradient), "update", true, "the parameter has this gradient only, and nothing else reads it",
            text => ChoiceText.Word(text, "fused", "separate"), fused => fused ? "fused" : "separate");
}
