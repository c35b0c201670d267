using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The schedule of a loop: its body is scheduled like a function of its own, and all that a step reads and writes in the memory around it are views at the
/// step's number. Carried values lie in a stack: one element a step where something needs all of them, else two that take turns, so that no step
/// writes what it reads.
/// </summary>
public static class LoopSchedule
{
    /// <summary>Emits the loop that a result belongs to, for all of its results that something needs.</summary>
    public static void Emit(SchedulingContext context, Node node)
    {
        var loop = (Loop)node.Operator;
        Dimension steps = node.Inputs[loop.CarriedCount].Shape[0];
        var counter = new LoopCounter(context.Unique("step"), steps, loop.Reverse);
        Dictionary<int, Node> results = context.Fusion.Live.Where(other => IsSameLoop(other, node)).ToDictionary(other => ((Loop)other.Operator).Result);

        // Outputs that nothing needs are not computed.
        int[] wanted = [.. Enumerable.Range(0, loop.Body.Results.Count).Where(index => index < loop.CarriedCount || results.ContainsKey(index))];
        var graph = new GraphBuilder();
        Node[] arguments = [.. loop.Body.Parameters.Select((parameter, index) => Argument(graph, parameter, node.Inputs[index], index, loop))];
        IReadOnlyList<Node> all = loop.Body.Inline(graph, arguments);
        Dictionary<int, Node> values = wanted.ToDictionary(index => index, index => all[index]);
        SchedulingContext body = context.ForBody(new FusionPlan([.. wanted.Select(index => all[index])]));

        var homes = new Dictionary<int, Buffer>();
        for (int index = 0; index < loop.CarriedCount; index++) homes[index] = Carry(index);
        foreach (int index in wanted.Where(index => index >= loop.CarriedCount)) homes[index] = Stack(results[index]);
        for (int index = loop.CarriedCount; index < arguments.Length; index++) Give(arguments[index], node.Inputs[index], index);

        foreach (int index in wanted.Reverse()) body.OfferHome(values[index], homes[index]);
        foreach (Node inner in body.Fusion.Live) NodeSchedule.Emit(body, inner);
        foreach (int index in wanted)
            if (!body.BuffersOf(values[index]).Contains(homes[index])) LoopNest.Emit(body, values[index], homes[index], copy: true);

        (IReadOnlyList<ScheduledWork> invariant, IReadOnlyList<ScheduledWork> varying) = LoopInvariants.Split(body.Calls, counter);
        foreach (ScheduledWork work in invariant) context.Add(work);
        context.Add(new ScheduledLoop($"{loop.Name} over {steps} steps: {context.NameOf(node)}", counter, varying,
            [.. varying.SelectMany(work => work.Reads).Distinct()], [.. varying.SelectMany(work => work.Writes).Distinct()]));

        // The stack of a carried value; its first value is put there before the loop. Returns where a step leaves the next value.
        Buffer Carry(int index)
        {
            Node first = node.Inputs[index];
            bool all = results.ContainsKey(loop.EntryResult(index));
            string name = context.NameOf(values[index]);

            // Two elements that take turns have the padding each that a buffer has at its end.
            Shape shape = all ? Stacked(SizeSymbol.LargestOf(steps) + 1, first.Shape)
                : first.Shape.IsConstant ? new Shape(2, Buffer.PaddedRow(first.Shape.ElementCount.Value)) : Stacked(2, first.Shape);
            Buffer stack = context.NewBuffer(context.Unique(name + "_carried"), first.Type.Element, shape, Layout.RowMajor);
            Dimension stride = stack.Strides[0];
            (Dimension before, Dimension after) = loop.Reverse ? (Dimension.One, Dimension.Zero) : (Dimension.Zero, Dimension.One);
            (Dimension start, Dimension end) = loop.Reverse ? (steps, Dimension.Zero) : (Dimension.Zero, steps);
            Buffer Element(string suffix, Dimension ahead, LoopCounter? at) =>
                stack.View(context.Unique(name + suffix), first.Shape, Layout.RowMajor, new BufferPlace(at, ahead, stride, !all));
            LoopNest.Emit(context, first, Element("_first", start, null), copy: true);
            body.Register(arguments[index], Element("_before", before, counter));
            if (results.TryGetValue(index, out Node? last)) context.Register(last, Element("_last", end, null));
            if (all) context.Register(results[loop.EntryResult(index)], stack.View(context.Unique(name + "_all"), Stacked(steps, first.Shape), Layout.RowMajor,
                new BufferPlace(null, before, stride)));
            return Element("_after", after, counter);
        }

        Buffer Stack(Node result) => AtStep(context.Allocate(result, Layout.RowMajor), result.Shape);

        void Give(Node argument, Node outer, int index)
        {
            if (argument.Operator is not Input) return;
            if (index < loop.CarriedCount + loop.SequenceCount) body.Register(argument, AtStep(context.InRows(outer), outer.Shape));
            else
                foreach (Buffer buffer in context.BuffersOf(outer)) body.Register(argument, buffer);
        }

        Buffer AtStep(Buffer stack, Shape shape) => stack.View(context.Unique(stack.Name + "_step"), new Shape(shape.Dimensions.RemoveAt(0)), Layout.RowMajor,
            new BufferPlace(counter, Dimension.Zero, stack.Strides[0]));
    }

    private static bool IsSameLoop(Node node, Node other) => node.Operator is Loop loop && other.Operator is Loop same
        && loop.WithResult(same.Result).Equals(same) && node.Inputs.SequenceEqual(other.Inputs);

    private static Shape Stacked(Dimension count, Shape element) => new(element.Dimensions.Insert(0, count));

    // What is known stays known inside.
    private static Node Argument(GraphBuilder graph, Node parameter, Node value, int index, Loop loop) =>
        index >= loop.CarriedCount + loop.SequenceCount && value.Operator is Constant or Parameter or State
            ? graph.Add(value.Operator) : graph.Add(parameter.Operator);
}
