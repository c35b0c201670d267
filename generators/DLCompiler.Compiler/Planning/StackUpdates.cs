using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Optimizers;
using DLCompiler.Compiler.Schedules;
using DLCompiler.Compiler.Shapes;
using Buffer = DLCompiler.Compiler.Schedules.Buffer;

namespace DLCompiler.Compiler.Planning;

/// <summary>The updates of stacks with equally many parameters: a loop over their elements, so that they take no more code than those of one block.</summary>
/// <param name="context">The function.</param>
/// <param name="step">The optimizer.</param>
/// <param name="stacks">The stacks, and the stacks of their gradients.</param>
/// <param name="rides">Whether a gradient is used as it is computed, for the parameter's first rule.</param>
internal sealed class StackUpdates(SchedulingContext context, StepOptimization step, IReadOnlyList<(TrainedParameter Parameter, Node Gradient)> stacks,
    Func<Node, bool> rides)
{
    private Dimension Count => stacks[0].Parameter.Weight.Shape[0];

    /// <summary>Adds the gradients to the sums of those of several steps, where they are summed up.</summary>
    public void Accumulate()
    {
        (TrainedParameter Parameter, Node Gradient)[] summed =
            [.. stacks.Where(stack => stack.Parameter.Rules.Accumulation is not null && !rides(stack.Gradient))];
        if (summed.Length == 0) return;
        Walk("sums of gradients", (body, at) =>
        {
            foreach ((TrainedParameter parameter, Node gradient) in summed)
            {
                TrainedParameter element = at(parameter);
                new ParameterUpdates(body, step).Accumulate(element, parameter.Rules.Accumulation!, Gradient(body, element, gradient));
            }
        });
    }

    /// <summary>Adds the squares of all gradients' lengths to a sum that has begun.</summary>
    public void AddSquares(Buffer total) => Walk("lengths of gradients", (body, at) =>
    {
        foreach ((TrainedParameter parameter, Node gradient) in stacks)
            new ParameterUpdates(body, step).AddSquare(Read(body, at(parameter), gradient), total, isFirst: false);
    });

    /// <summary>Updates the parameters.</summary>
    /// <param name="clipAll">The factor of all gradients; null for none.</param>
    public void Update(Buffer? clipAll)
    {
        if (stacks.All(stack => IsDone(stack) && stack.Parameter.Rules.MaxNorm is null)) return;
        Walk("optimizer updates", (body, at) =>
        {
            foreach ((TrainedParameter Parameter, Node Gradient) stack in stacks)
            {
                TrainedParameter element = at(stack.Parameter);
                if (!IsDone(stack)) new ParameterUpdates(body, step).Update(element, Read(body, element, stack.Gradient), clipAll);
                if (element.Rules.MaxNorm is not null) MaxNorm.Emit(body, element);
            }
        });
    }

    // Whether the gradient's loop updates the parameters.
    private bool IsDone((TrainedParameter Parameter, Node Gradient) stack) => rides(stack.Gradient) && stack.Parameter.Rules.Accumulation is null;

    private void Walk(string what, Action<SchedulingContext, Func<TrainedParameter, TrainedParameter>> emit)
    {
        var counter = new LoopCounter(context.Unique("layer"), Count, Reverse: false);
        SchedulingContext body = context.ForBody(new FusionPlan([]), counter);
        emit(body, stack => stack.Element(AtStep));
        context.Add(ScheduledLoop.Of($"{what} of {Count} blocks", counter, body.Calls));

        Buffer AtStep(Buffer stack) => stack.AtStep(context.Unique(stack.Name + "_step"), counter);
    }

    // What the rule reads: the sum of several steps' gradients, or the step's.
    private Buffer Read(SchedulingContext body, TrainedParameter element, Node gradient) =>
        element.Rules.Accumulation is null ? Gradient(body, element, gradient) : element.State(element.Rules.AccumulatorSlot);

    // An element of a stack of gradients, in the parameter's own layout and with room behind it.
    private Buffer Gradient(SchedulingContext body, TrainedParameter element, Node gradient)
    {
        Buffer stack = context.BuffersOf(gradient)[0];
        Buffer at = stack.AtStep(context.Unique(stack.Name + "_step"), body.Counter!);
        if (at.Layout == element.Weight.Layout && at.WritableBeyond) return at;
        var graph = new GraphBuilder();
        Node value = graph.Add(new Input(stack.Name, new TensorType(gradient.Type.Element, at.Shape)));
        body.Register(value, at);
        if (element.Weight.Layout == Layout.Panels) return body.InLayout(value, Layout.Panels);
        Buffer own = context.NewBuffer(context.Unique(stack.Name + "_own"), at.Element, at.Shape, Layout.RowMajor);
        LoopNest.Emit(body, value, own, copy: true);
        return own;
    }
}
