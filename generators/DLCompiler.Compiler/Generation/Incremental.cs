using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Generation;

/// <summary>
/// Turns a prediction over whole sequences into one over the steps that come next: what it needs of earlier steps it finds in memories. Keys and values of
/// causal attention are remembered, and so are the states of loops; positions count on. Everything else must not look along the sequence.
/// </summary>
public sealed class Incremental
{
    // Steps of this call, and of those before.
    private readonly Dimension steps, before;
    private readonly long most;
    private readonly GraphBuilder graph = new();
    private readonly Dictionary<Node, Node> replacements = [];
    private readonly List<Node> memories = [];
    private readonly List<(Node Memory, Node Value)> writes = [];
    private readonly Dictionary<(Loop, EquatableArray<int>), Node[]> continued = [];

    private Incremental(BoundedSize size, string nameOfBefore) => (steps, before, most) = (Dimension.Symbol(size.Name), Dimension.Symbol(nameOfBefore), size.Bound);

    /// <summary>The name of the function.</summary>
    public const string Name = "NextTokens";

    /// <summary>The property of a model's <c>[Inference]</c> that asks for it.</summary>
    public const string Option = "Generation";

    /// <summary>The function of the steps that come next, with the last step's result; or why there is none.</summary>
    /// <param name="prediction">A prediction with one input of ids [N, T] and one result [N, T, …].</param>
    public static (FunctionGraph? Function, string? Problem) Create(FunctionGraph prediction)
    {
        if (prediction.Inputs.Count != 1 || prediction.Outputs.Count != 1 || prediction.Sizes.Count != 1 || prediction.Inputs[0].Shape.Rank != 2
            || prediction.Inputs[0].Type.Element != ElementType.Int32)
        {
            return (null, "Forward must take one tensor of ids whose length has a name and a bound, as in [Shape(\"N\", \"T <= 256\")] Tensor<int> ids");
        }

        BoundedSize size = prediction.Sizes[0];
        Node input = prediction.Inputs[0], output = prediction.Outputs[0];
        if (input.Shape[1] != Dimension.Symbol(size.Name) || output.Shape.Rank != 3 || output.Shape[1] != input.Shape[1])
            return (null, $"Forward must return the scores after each step, [{input.Shape[0]}, {input.Shape[1]}, tokens], but returns {output.Shape}");
        string nameOfBefore = size.Name + "Before";
        var pass = new Incremental(size, nameOfBefore);
        try
        {
            foreach (Node node in Fusion.FusionPlan.Reachable([output]).Append(input).Distinct().OrderBy(node => node.Id)) pass.Visit(node);
        }
        catch (ShapeException exception)
        {
            return (null, exception.Message);
        }

        Node last = pass.graph.Slice(pass.graph.Flip(pass.replacements[output], 1), 1, 0, 1);
        Node scores = pass.graph.Reshape(last, new Shape(output.Shape[0], output.Shape[2]));
        return (new FunctionGraph(Name, FunctionKind.Predict, pass.graph, [pass.replacements[input]], [scores], [], [], null)
        {
            Sizes = [size, new BoundedSize(nameOfBefore, size.Bound)],
            Memories = pass.memories,
            MemoryWrites = pass.writes,
        }, null);
    }

    private void Visit(Node node)
    {
        graph.Label = node.Label;
        IReadOnlyList<Node> inputs = [.. node.Inputs.Select(input => replacements[input])];
        replacements[node] = node.Operator switch
        {
            Iota iota when iota.Result[iota.Axis] == steps => graph.Map(X + ScalarExpression.Of(before), iota.Element, graph.Add(iota)),
            Attention attention when LooksBack(node) => Attend(node, attention, inputs),
            Loop loop when IsAlongSteps(node, loop) => Continue(node, loop, inputs),
            _ => Checked(node, inputs),
        };
    }

    private static ScalarExpression X => new ScalarExpression.Input(0);

    private bool IsAlong(Node node, int axis) => node.Shape[axis].Symbols().Any(symbol => Dimension.Symbol(symbol) == steps);

    private bool LooksBack(Node node) => node.Inputs.Take(3).Any(input => input.Shape.Rank == 4 && IsAlong(input, 1));

    private bool IsAlongSteps(Node node, Loop loop) => node.Inputs[loop.CarriedCount].Shape[0] == steps;

    // Keys and values go to their memories, and the queries see all of them.
    private Node Attend(Node node, Attention attention, IReadOnlyList<Node> inputs)
    {
        AttentionForm form = attention.Form;
        if (form.After is not 0) throw new ShapeException($"{Describe(node)} sees steps that come later; make it causal");
        if (form.HasLengths || (form.HasBias && !form.IsRelative))
            throw new ShapeException($"{Describe(node)} has {(form.HasLengths ? "lengths" : "a mask")} of whole sequences; leave them out where tokens follow one by one");
        if (form.IsRelative) throw new ShapeException($"{Describe(node)} has a bias of distances, which can't be continued step by step");
        Node query = inputs[0], key, value;
        if (form.IsPacked)
        {
            query = graph.Slice(inputs[0], 2, 0, form.Heads);
            key = graph.Slice(inputs[0], 2, form.Heads, form.KeyHeads);
            value = graph.Slice(inputs[0], 2, form.Heads + form.KeyHeads, form.KeyHeads);
        }
        else
        {
            (key, value) = (inputs[1], inputs[2]);
        }

        return graph.Add(new Attention(form with { IsPacked = false }), query, Remember(key), Remember(value));
    }

    private Node Remember(Node values) =>
        graph.Add(new Append(before), NewMemory(values.Type with { Shape = values.Shape.With(1, most) }), values);

    private Node NewMemory(TensorType type)
    {
        Node memory = graph.Add(new Memory(memories.Count, type));
        memories.Add(memory);
        return memory;
    }

    // A loop goes on with the states of the call before.
    private Node Continue(Node node, Loop loop, IReadOnlyList<Node> inputs)
    {
        if (loop.Reverse) throw new ShapeException($"{Describe(node)} goes from the end of the sequence to its beginning; take one that begins at the beginning");
        (Loop, EquatableArray<int>) key = (loop.WithResult(0), node.Inputs.Select(input => input.Id).ToEquatableArray());
        if (!continued.TryGetValue(key, out Node[]? first))
        {
            continued[key] = first = [.. inputs.Take(loop.CarriedCount).Select(initial => First(node, initial))];
            Node[] operands = [.. first, .. inputs.Skip(loop.CarriedCount)];
            for (int index = 0; index < loop.CarriedCount; index++)
                writes.Add((memories[memories.Count - loop.CarriedCount + index], graph.Add(loop.WithResult(index), operands)));
        }

        return graph.Add(loop, [.. first, .. inputs.Skip(loop.CarriedCount)]);
    }

    private Node First(Node node, Node initial)
    {
        if (initial.Shape.Rank == 0 || initial.Shape.Skip(1).Any(size => !size.IsConstant))
            throw new ShapeException($"{Describe(node)} carries {initial.Shape}, which has no sample's own part");
        Node memory = NewMemory(initial.Type);
        if (initial.Operator is Constant { Value: 0 }) return memory;
        var isFirst = new ScalarExpression.Compare(Comparison.Equal, ScalarExpression.Of(before), 0);
        return graph.Map(new ScalarExpression.Select(isFirst, X, new ScalarExpression.Input(1)), initial.Type.Element, initial, memory);
    }

    // What takes each step by itself is the same for the steps that come next.
    private Node Checked(Node node, IReadOnlyList<Node> inputs)
    {
        bool along = node.Operator switch
        {
            Reduce reduce => reduce.Axes.Any(axis => IsAlong(node.Inputs[0], axis)),
            Softmax => IsAlong(node.Inputs[0], node.Shape.Rank - 1),
            Contract contract => IsAlong(node.Inputs[0], node.Inputs[0].Shape.Rank - (contract.TransposeLeft ? 2 : 1))
                || (IsAlong(node, node.Shape.Rank - 1) && IsAlong(node, node.Shape.Rank - 2)),
            Concat concat => IsAlong(node, concat.Axis),
            Flip flip => IsAlong(node, flip.Axis),
            Slice slice => IsAlong(node.Inputs[0], slice.Axis),
            SliceAt slice => IsAlong(node.Inputs[0], slice.Axis),
            Recurrence recurrence => IsAlong(node, recurrence.Axis),
            ArgSort sort => IsAlong(node, sort.Axis),
            TakeAlong take => IsAlong(node, take.Axis),
            Reshape => !KeepsSteps(node),
            Attention => node.Inputs.Any(input => Enumerable.Range(2, input.Shape.Rank - 2).Any(axis => IsAlong(input, axis))),
            Map or Broadcast or Permute or Gather or Input or Constant or Parameter or State or Iota or StopGradient or Recompute or BatchNormalize => false,
            _ => node.Inputs.Append(node).Any(each => Enumerable.Range(0, each.Shape.Rank).Any(axis => IsAlong(each, axis))),
        };
        return along ? throw new ShapeException($"{Describe(node)} looks along the sequence, which grows token by token") : graph.Add(node.Operator, inputs);
    }

    // Steps stay the same runs of elements: as many follow each of them as did.
    private bool KeepsSteps(Node node)
    {
        return Following(node.Inputs[0].Shape) == Following(node.Shape);

        long Following(Shape shape)
        {
            int axis = Enumerable.Range(0, shape.Rank).LastOrDefault(place => shape[place].Symbols().Any(symbol => Dimension.Symbol(symbol) == steps));
            return shape.Skip(axis).Aggregate(1L, (product, size) => product * (size.Terms.Length == 1 ? size.Terms[0].Coefficient : 0));
        }
    }

    private static string Describe(Node node) => node.Label is { Length: > 0 } label ? $"'{label}'" : node.Operator.Name;
}
