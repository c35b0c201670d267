using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Generation;

/// <summary>
/// Turns a prediction over whole sequences into one over the steps that come next: what it needs of earlier steps it finds in memories. Keys and values of
/// causal attention are remembered, and so are the states of loops; positions count on. Everything else must not look along the sequence. What is computed of
/// other inputs is a function of its own (<see cref="SourcePart"/>).
/// </summary>
public sealed class Incremental
{
    // Samples, steps of this call, and those that the longest sequence had before.
    private readonly Dimension batch, steps, before;
    private readonly long most;
    private readonly SourcePart source;
    private readonly GraphBuilder graph = new();
    private readonly Node starts;
    private readonly SamplePositions positions;
    private readonly Dictionary<Node, Node> replacements = [];
    private readonly List<Node> memories = [], kept = [];
    private readonly List<(Node Memory, Node Value)> writes = [];
    private readonly Dictionary<(Loop, EquatableArray<int>), Node[]> continued = [];

    private Incremental(Shape ids, BoundedSize size, SourcePart source)
    {
        (batch, steps, before, most, this.source) = (ids[0], ids[1], Dimension.Symbol(size.Name + "Before"), size.Bound, source);
        starts = graph.Add(new Input(StartsName, new TensorType(ElementType.Int32, new Shape(batch))));
        positions = new SamplePositions(graph, starts);
    }

    /// <summary>The name of the function.</summary>
    public const string Name = "NextTokens";

    /// <summary>The name of the function that reads the other inputs.</summary>
    public const string SourceName = "NextTokensSource";

    /// <summary>The property of a model's <c>[Inference]</c> that asks for it.</summary>
    public const string Option = "Generation";

    private const string StartsName = "starts";

    // Steps, those before, and so many of the source.
    private const int MostSizes = 2;

    /// <summary>
    /// The function of the steps that come next, with the last step's result, before it that of the other inputs, where there are some; or why there is none.
    /// </summary>
    /// <param name="prediction">A prediction with an input of ids [N, T] and one result [N, T, …].</param>
    public static (IReadOnlyList<FunctionGraph> Functions, string? Problem) Create(FunctionGraph prediction)
    {
        IReadOnlyList<Node> candidates = [.. prediction.Inputs.Where(node => IsGrowing(node.Type, prediction.Sizes.Select(size => size.Name)))];
        if (candidates.Count == 0 || prediction.Outputs.Count != 1)
        {
            return ([], "Forward must take a tensor of ids whose length has a name and a bound, as in [Shape(\"N\", \"T <= 256\")] Tensor<int> ids, "
                + "and return one tensor");
        }

        prediction = Loops.RepeatUnrolling.Apply(prediction);
        Node output = prediction.Outputs[0];
        Node input = candidates.LastOrDefault(candidate => Grows(candidate.Shape, output.Shape)) ?? candidates[candidates.Count - 1];
        if (!Grows(input.Shape, output.Shape))
            return ([], $"Forward must return the scores after each step, [{input.Shape[0]}, {input.Shape[1]}, tokens], but returns {output.Shape}");
        var source = new SourcePart(prediction, input);
        if (prediction.Inputs.FirstOrDefault(other => other != input && source.IsAlong(other)) is { } same)
        {
            return ([], $"'{((Input)same.Operator).Identifier}' is as long as '{((Input)input.Operator).Identifier}', which grows token by token; "
                + "give what is read a size of its own, as in [Shape(\"N\", \"S <= 256\")]");
        }

        if (prediction.Sizes.Count > MostSizes + 1)
            return ([], $"Forward takes {prediction.Sizes.Count - 1} sizes besides '{input.Shape[1]}', and at most {MostSizes} can be remembered");
        BoundedSize size = prediction.Sizes.First(known => Dimension.Symbol(known.Name) == input.Shape[1]);
        var pass = new Incremental(input.Shape, size, source);
        try
        {
            return (pass.Functions(prediction, input, output, size), null);
        }
        catch (ShapeException exception)
        {
            return ([], exception.Message);
        }
    }

    /// <summary>Whether an input may be the ids that grow: [N, T] with T known at run time.</summary>
    internal static bool IsGrowing(TensorType type, IEnumerable<string> sizes) =>
        type.Element == ElementType.Int32 && type.Shape.Rank == 2 && sizes.Any(size => Dimension.Symbol(size) == type.Shape[1]);

    /// <summary>Whether a result has scores after each of the ids.</summary>
    internal static bool Grows(Shape ids, Shape result) => result.Rank == 3 && result[0] == ids[0] && result[1] == ids[1];

    private IReadOnlyList<FunctionGraph> Functions(FunctionGraph prediction, Node input, Node output, BoundedSize size)
    {
        Node[] nodes = [.. Reachable(output).Append(input).Distinct().Where(source.IsAlong).OrderBy(node => node.Id)];

        // The source's memories are the first ones.
        foreach (Node node in nodes.SelectMany(Needed).Where(source.Contains)) Value(node);
        foreach (Node node in nodes) Visit(node);
        IEnumerable<Node> remembered = graph.Nodes.Where(node => node.Operator is Append).Select(node => node.Inputs[1])
            .Concat(writes.Select(write => write.Value));
        Node last = new LastStep(graph, steps, [.. remembered]).Of(replacements[output])!;
        Node scores = graph.Reshape(last, new Shape(output.Shape[0], output.Shape[2]));
        var next = new FunctionGraph(Name, FunctionKind.Predict, graph, [replacements[input], starts], [scores], [], [], null)
        {
            Sizes = [size, new BoundedSize(size.Name + "Before", size.Bound), .. prediction.Sizes.Where(other => other.Name != size.Name)],
            Memories = memories,
            MemoryWrites = writes,
        };
        return prediction.Inputs.Count == 1 ? [next] : [source.Function(SourceName, memories, kept), next];
    }

    private void Visit(Node node)
    {
        IReadOnlyList<Node> inputs = [.. Needed(node).Select(Value)];
        graph.Label = node.Label;
        replacements[node] = node.Operator switch
        {
            Iota iota when iota.Result[iota.Axis] == steps => positions.Count(node, iota),
            _ when node.Inputs.Any(positions.Contains) => OfPositions(node, inputs),
            Attention attention when LooksBack(node) => Attend(node, attention, inputs),
            Attention attention when IsAlong(node, 1) => AttendSource(node, attention, inputs),
            Loop loop when IsAlongSteps(node, loop) => Continue(node, loop, inputs),
            _ => Checked(node, inputs),
        };
    }

    // What the scores need: for distances, there is a table of its own.
    private IReadOnlyList<Node> Reachable(Node output)
    {
        var found = new HashSet<Node>();
        var pending = new Stack<Node>([output]);
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (!found.Add(node)) continue;
            foreach (Node input in Needed(node)) pending.Push(input);
        }

        return [.. found];
    }

    private IEnumerable<Node> Needed(Node node) =>
        node.Operator is Attention { Form: { IsRelative: true } form } && LooksBack(node) ? node.Inputs.Where((_, index) => index != form.BiasIndex)
            : node.Inputs;

    private Node OfPositions(Node node, IReadOnlyList<Node> inputs)
    {
        if (node.Operator is not Loop) Check(node);
        return positions.Apply(node, inputs)
            ?? throw new ShapeException($"{Describe(node)} reads the numbers of steps, as for lengths of whole sequences; leave them out where tokens follow one by one");
    }

    // What doesn't change with the steps: of the source, it is remembered; of parameters alone, it is computed again.
    private Node Value(Node node)
    {
        if (replacements.TryGetValue(node, out Node? known)) return known;
        if (!source.Contains(node)) Visit(node);
        else replacements[node] = Recall(node);
        return replacements[node];
    }

    // Repetitions, and orders of axes in which samples aren't the first one, are made of what is kept.
    private Node Recall(Node node)
    {
        if (source.IsOfSamples(node) && node.Operator is not Broadcast)
        {
            graph.Label = node.Label;
            kept.Add(node);
            return NewMemory(node.Type);
        }

        if (node.Operator is not (Broadcast or Permute or Reshape or Map))
            throw new ShapeException($"{Describe(node)} makes {node.Shape} of the source, of which no sample has a part of its own that could be remembered");
        Node[] inputs = [.. node.Inputs.Select(Value)];
        graph.Label = node.Label;
        return graph.Add(node.Operator, inputs);
    }

    private static ScalarExpression X => new ScalarExpression.Input(0);

    private bool IsAlong(Node node, int axis) => IsAlong(node.Shape[axis]);

    private bool IsAlong(Dimension size) => size.Symbols().Any(symbol => Dimension.Symbol(symbol) == steps);

    private bool LooksBack(Node node) => node.Operator is Attention { Form: var form } && IsAlong(node.Inputs[form.IsPacked ? 0 : 1], 1);

    private bool IsAlongSteps(Node node, Loop loop) => node.Inputs[loop.CarriedCount].Shape[0] == steps;

    // Keys and values go to their memories, and the queries see all of them.
    private Node Attend(Node node, Attention attention, IReadOnlyList<Node> inputs)
    {
        AttentionForm form = attention.Form;
        if (form.After is not 0) throw new ShapeException($"{Describe(node)} sees steps that come later; make it causal");
        if (form.HasLengths || (form.HasBias && !form.IsRelative))
            throw new ShapeException($"{Describe(node)} has {(form.HasLengths ? "lengths" : "a mask")} of whole sequences; leave them out where tokens follow one by one");
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

        form = form with { IsPacked = false, HasLengths = true, IsContinued = true, Reach = form.IsRelative ? most : null };
        Node[] bias = form.IsRelative ? [Attending.Distances(graph, form.Heads, most, most)] : [];
        return graph.Add(new Attention(form), [query, Remember(key), Remember(value), starts, .. bias]);
    }

    // The keys are the source's: each query sees them by itself.
    private Node AttendSource(Node node, Attention attention, IReadOnlyList<Node> inputs)
    {
        if (attention.Form.Before is not null || attention.Form.After is not null || attention.Form.IsRelative)
            throw new ShapeException($"{Describe(node)} looks from positions of one sequence to positions of another; leave out 'causal', 'window' and 'alibi' there");
        return Checked(node, inputs);
    }

    private Node Remember(Node values) =>
        graph.Add(new Append(before), NewMemory(values.Type with { Shape = values.Shape.With(1, most) }), values, starts);

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
        Check(node);
        return graph.Add(node.Operator, inputs);
    }

    private void Check(Node node)
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
            Map map => Mentions(map.Expression),
            // A bias has queries on axis 2.
            Attention { Form: var form } => node.Inputs.Where((input, index) =>
                Enumerable.Range(0, input.Shape.Rank).Skip(form.HasBias && index == form.BiasIndex ? 3 : 2).Any(axis => IsAlong(input, axis))).Any(),
            Broadcast or Permute or Gather or Input or Constant or Parameter or State or Iota or StopGradient or Recompute or BatchNormalize => false,
            _ => node.Inputs.Append(node).Any(each => Enumerable.Range(0, each.Shape.Rank).Any(axis => IsAlong(each, axis))),
        };
        if (along) throw new ShapeException($"{Describe(node)} looks along the sequence, which grows token by token");
    }

    private bool Mentions(ScalarExpression expression) =>
        (expression is ScalarExpression.Size size && size.Dimension.Symbols().Any(symbol => Dimension.Symbol(symbol) == steps))
            || expression.Operands().Any(Mentions);

    // Steps stay the same runs of elements: as many follow each of them as did.
    private bool KeepsSteps(Node node)
    {
        return Following(node.Inputs[0].Shape) == Following(node.Shape);

        Dimension Following(Shape shape)
        {
            int axis = Enumerable.Range(0, shape.Rank).LastOrDefault(place => IsAlong(shape[place]));
            return shape.Skip(axis).Aggregate(Dimension.One, (product, size) => product * size)
                .Replace(symbol => Dimension.Symbol(symbol) is { } own && (own == steps || own == batch) ? Dimension.One : Dimension.Symbol(symbol));
        }
    }

    private static string Describe(Node node) => node.Label is { Length: > 0 } label ? $"'{label}'" : node.Operator.Name;
}
