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
public sealed class LoopSchedule
{
    private readonly SchedulingContext context;
    private readonly LoopGroup group;
    private readonly Loop loop;
    private readonly Dimension steps;
    private readonly LoopCounter counter;

    // The results of the body that are computed, the nodes that compute them, and the parameters' nodes.
    private readonly int[] wanted;
    private readonly IReadOnlyList<Node> values;
    private readonly Node[] arguments;
    private readonly SchedulingContext body;

    private LoopSchedule(SchedulingContext context, LoopGroup group)
    {
        this.context = context;
        this.group = group;
        loop = group.Loop;
        steps = group.Inputs[loop.CarriedCount].Shape[0];
        counter = new LoopCounter(context.Unique("step"), steps, loop.Reverse);
        wanted = Wanted();
        var graph = new GraphBuilder();
        arguments = [.. loop.Body.Parameters.Select((parameter, index) => Argument(graph, parameter, index))];
        values = loop.Body.Inline(graph, arguments);
        body = context.ForBody(new FusionPlan([.. wanted.Select(index => values[index])]), counter);
    }

    private Dimension Before => loop.Reverse ? Dimension.One : Dimension.Zero;

    private Dimension After => loop.Reverse ? Dimension.Zero : Dimension.One;

    /// <summary>Emits the loop that a result belongs to, for all of its results that something needs.</summary>
    public static void Emit(SchedulingContext context, Node node) =>
        new LoopSchedule(context, LoopGroup.Of(context.Fusion.Live).First(group => group.Results.Values.Contains(node))).Emit();

    private void Emit()
    {
        var homes = new Dictionary<int, Buffer>();
        foreach (int index in wanted.Where(index => index < loop.CarriedCount)) homes[index] = Carry(index);
        Dictionary<Node, TrainedParameter> updates = wanted.Where(index => UpdateOf(index) is not null)
            .ToDictionary(index => values[index], index => UpdateOf(index)!);
        foreach (int index in wanted.Where(index => index >= loop.CarriedCount && UpdateOf(index) is null && !wanted.Any(carried => IsSame(carried, index))))
            homes[index] = Stack(index);
        for (int index = loop.CarriedCount; index < arguments.Length; index++) Give(index);

        foreach (KeyValuePair<int, Buffer> home in homes.Reverse()) body.OfferHome(values[home.Key], home.Value);
        foreach (Node inner in body.Fusion.Live.Where(inner => !updates.ContainsKey(inner))) NodeSchedule.Emit(body, inner);
        foreach (KeyValuePair<int, Buffer> home in homes.Where(home => !body.BuffersOf(values[home.Key]).Contains(home.Value)))
            LoopNest.Emit(body, values[home.Key], home.Value, copy: true);

        // All that reads a step's old weights comes before.
        foreach (KeyValuePair<Node, TrainedParameter> update in updates) WeightGradient.Emit(body, update.Key, update.Value.Element(AtStep));
        foreach (Node used in context.UpdatedInLoops.Keys.Where(group.Results.Values.Contains)) context.NoteUsedUp(used);

        (IReadOnlyList<ScheduledWork> once, IReadOnlyList<ScheduledWork> eachStep) = LoopInvariants.Split(body.Calls, counter);
        foreach (ScheduledWork work in once) context.Add(work);
        context.Add(ScheduledLoop.Of($"{loop.Name} over {steps} steps: {context.NameOf(group.Results.Values.First())}", counter, eachStep));
    }

    // The parameters that an output is the gradient of, and that are updated with it.
    private TrainedParameter? UpdateOf(int output) => group.Results.TryGetValue(output, out Node? result)
        && context.UpdatedInLoops.TryGetValue(result, out TrainedParameter? update) ? update : null;

    // What something needs, and the carried values that this is computed from, at whatever step.
    private int[] Wanted()
    {
        int count = loop.Body.Results.Count;
        var found = new HashSet<int>(group.Results.Keys.Select(result => result < count ? result : result - count));
        bool grows = true;
        while (grows)
        {
            var needed = new HashSet<Node>(FusionPlan.Reachable([.. found.Select(index => loop.Body.Results[index])]));
            grows = Enumerable.Range(0, loop.CarriedCount).Where(index => needed.Contains(loop.Body.Parameters[index])).ToList().Count(found.Add) > 0;
        }

        return [.. found.OrderBy(index => index)];
    }

    // What is known stays known inside; an element of a stack of parameters is a parameter.
    private Node Argument(GraphBuilder graph, Node parameter, int index) => graph.Add(group.Inputs[index].Operator switch
    {
        Parameter stack when IsWalked(index) => stack with { Type = parameter.Type },
        Constant or Parameter or State when index >= group.SharedStart => group.Inputs[index].Operator,
        _ => parameter.Operator,
    });

    private bool IsWalked(int index) => index >= loop.CarriedCount && index < group.SharedStart;

    // An output that is the next carried value, too, lies where that does.
    private bool IsSame(int carried, int output) => carried < loop.CarriedCount && output >= loop.CarriedCount && values[carried] == values[output];

    // The stack of a carried value; its first value is put there before the loop. Returns where a step leaves the next value.
    private Buffer Carry(int index)
    {
        Node first = group.Inputs[index];
        int[] outputs = [.. wanted.Where(output => IsSame(index, output))];
        group.Results.TryGetValue(loop.EntryResult(index), out Node? entries);
        bool all = entries is not null || outputs.Length > 0;
        string name = context.NameOf(values[index]);

        // Two elements that take turns have the padding each that a buffer has at its end.
        Shape shape = all ? Stacked(SizeSymbol.LargestOf(steps) + 1, first.Shape)
            : first.Shape.IsConstant ? new Shape(2, Buffer.PaddedRow(first.Shape.ElementCount.Value)) : Stacked(2, first.Shape);
        Buffer stack = context.NewBuffer(context.Unique(name + "_carried"), first.Type.Element, shape, Layout.RowMajor);
        LoopNest.Emit(context, first, Element("_first", loop.Reverse ? steps : Dimension.Zero, null), copy: true);
        body.Register(arguments[index], Element("_before", Before, counter));
        if (group.Results.TryGetValue(index, out Node? last)) context.Register(last, Element("_last", loop.Reverse ? Dimension.Zero : steps, null));
        if (entries is not null) context.Register(entries, Elements("_entries", Before));
        foreach (int output in outputs) context.Register(group.Results[output], Elements("_all", After));
        return Element("_after", After, counter);

        Buffer Element(string suffix, Dimension number, LoopCounter? at) =>
            stack.View(context.Unique(name + suffix), first.Shape, Layout.RowMajor, new BufferPlace(at, number, stack.Strides[0], !all));

        Buffer Elements(string suffix, Dimension number) => stack.View(context.Unique(name + suffix), Stacked(steps, first.Shape), Layout.RowMajor,
            new BufferPlace(null, number, stack.Strides[0]));
    }

    // Gradients that nothing but updates of stacked parameters reads lie as these do.
    private Buffer Stack(int output)
    {
        Node result = group.Results[output];
        string name = context.NameOf(values[output]) + "_all";
        if (!values[output].Shape.IsConstant || context.Fusion.UsersOf(result).Count > 0)
            return AtStep(context.Allocate(result, Layout.RowMajor, name));
        bool panels = WeightGradient.Applies(values[output]);
        var stack = new Buffer(context.Unique(name), BufferSpace.Arena, result.Type.Element, result.Shape,
            panels ? Layout.Panels : Layout.RowMajor)
        { ElementStride = panels ? null : Buffer.PaddedRow(values[output].Shape.ElementCount.Value) };
        context.Register(result, stack);
        return AtStep(stack);
    }

    private void Give(int index)
    {
        Node outer = group.Inputs[index];
        if (IsWalked(index)) body.Register(arguments[index], AtStep(outer.Operator is Parameter stack ? context.StorageOf(stack.Identifier)
            : context.InRows(outer)));
        else if (arguments[index].Operator is Input)
            foreach (Buffer buffer in context.BuffersOf(outer)) body.Register(arguments[index], buffer);
    }

    private Buffer AtStep(Buffer stack) => stack.AtStep(context.Unique(stack.Name + "_step"), counter);

    private static Shape Stacked(Dimension count, Shape element) => new(element.Dimensions.Insert(0, count));
}
