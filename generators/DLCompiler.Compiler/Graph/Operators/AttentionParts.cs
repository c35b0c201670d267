using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>Attention in basic operators, with all weights in memory: what the operators that are kept whole mean.</summary>
internal sealed class AttentionParts
{
    private static readonly ScalarExpression X = new ScalarExpression.Input(0), Y = new ScalarExpression.Input(1), Z = new ScalarExpression.Input(2);

    private readonly GraphBuilder graph;
    private readonly AttentionForm form;
    private readonly Shape pairs;
    private readonly Node query, key, value;
    private readonly Node? keys;

    /// <summary>Makes the weights.</summary>
    public AttentionParts(GraphBuilder graph, AttentionForm form, IReadOnlyList<Node> inputs)
    {
        (this.graph, this.form) = (graph, form);
        (Node q, Node k, Node v) = form.IsPacked
            ? (Heads(inputs[0], 0, form.Heads), Heads(inputs[0], form.Heads, form.KeyHeads), Heads(inputs[0], form.Heads + form.KeyHeads, form.KeyHeads))
            : (inputs[0], inputs[1], inputs[2]);
        (query, key, value) = (graph.Permute(q, [0, 2, 1, 3]), Repeated(k), Repeated(v));
        pairs = new Shape(q.Shape[0], form.Heads, q.Shape[1], k.Shape[1]);

        Node scores = graph.Multiply(graph.Add(new Contract(false, true), query, key), form.Scale);
        keys = form.HasLengths ? Keys(inputs[form.LengthsIndex]) : null;
        if (form.HasBias) scores = graph.Add(scores, Bias(inputs[form.BiasIndex]));
        Node seen = Visible(scores);

        // A row without keys has the weights 0. The shift cancels out: it carries no gradient.
        Node largest = graph.Add(new StopGradient(), graph.ReduceMax(seen, [3], keepDimensions: true));
        Node shift = graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Equal, X, double.NegativeInfinity), 0, X), largest);
        Node powers = graph.Exp(graph.Subtract(seen, shift));
        Node sum = graph.ReduceSum(powers, [3], keepDimensions: true);
        Node divisor = graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Equal, X, 0), 1, X), sum);
        Weights = graph.Divide(powers, divisor);
        LogSum = graph.Reshape(
            graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Equal, X, 0), double.PositiveInfinity,
                Y + new ScalarExpression.Unary(UnaryFunction.Log, X)), sum, shift),
            new Shape(pairs.Take(3)));
        if (form.DropRate > 0)
        {
            Node numbers = inputs[form.NumbersIndex];
            if (numbers.Shape[3] != pairs[3]) numbers = graph.Slice(numbers, 3, 0, (int)pairs[3].Value);
            Kept = graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.GreaterOrEqual, X, form.DropRate), 1 / (1 - form.DropRate), 0),
                Weights.Type.Element, numbers);
        }
    }

    /// <summary>The softmax of the scores, [N, H, Tq, Tk], before dropout.</summary>
    public Node Weights { get; }

    /// <summary>The logarithm of each row's sum of powers, [N, H, Tq]; +∞ for rows without keys, so that their weights come out as 0.</summary>
    public Node LogSum { get; }

    // What weights are multiplied by: 0 where one is dropped. Null without dropout.
    private Node? Kept { get; }

    /// <summary>The attention's result.</summary>
    public Node Result => graph.Permute(graph.Add(new Contract(false, false), Dropped(Weights), value), [0, 2, 1, 3]);

    /// <summary>The gradient of an operand, for that of the result.</summary>
    public Node Gradient(AttentionOperand operand, Node resultGradient, Shape shape)
    {
        Node outer = graph.Permute(resultGradient, [0, 2, 1, 3]);
        if (operand == AttentionOperand.Value) return Summed(graph.Add(new Contract(true, false), Dropped(Weights), outer));
        Node weightGradient = Dropped(graph.Add(new Contract(false, true), outer, value));
        Node mean = graph.ReduceSum(graph.Multiply(weightGradient, Weights), [3], keepDimensions: true);
        Node scoreGradient = graph.Multiply(Weights, graph.Subtract(weightGradient, mean));
        switch (operand)
        {
            case AttentionOperand.Bias:
                return BiasGradient(scoreGradient, shape);
            case AttentionOperand.Query:
                return graph.Permute(graph.Multiply(graph.Add(new Contract(false, false), scoreGradient, key), form.Scale), [0, 2, 1, 3]);
            case AttentionOperand.Key:
                return Summed(graph.Multiply(graph.Add(new Contract(true, false), scoreGradient, query), form.Scale));
            default:
                return graph.Concat(2, Gradient(AttentionOperand.Query, resultGradient, shape), Gradient(AttentionOperand.Key, resultGradient, shape),
                    Gradient(AttentionOperand.Value, resultGradient, shape));
        }
    }

    private Node Dropped(Node weights) => Kept is null ? weights : graph.Multiply(weights, Kept);

    private Node Heads(Node packed, int first, int count) => graph.Slice(packed, 2, first, count);

    // [N, T, Hkv, D] → [N, H, T, D]: each key head for its group of query heads.
    private Node Repeated(Node node)
    {
        Node heads = graph.Permute(node, [0, 2, 1, 3]);
        if (form.Group == 1) return heads;
        Shape shape = heads.Shape;
        Node repeated = graph.BroadcastAlong(heads, new Shape(shape[0], shape[1], form.Group, shape[2], shape[3]), [0, 1, 3, 4]);
        return graph.Reshape(repeated, new Shape(shape[0], form.Heads, shape[2], shape[3]));
    }

    // The reverse of Repeated.
    private Node Summed(Node heads)
    {
        if (form.Group > 1)
        {
            Shape shape = heads.Shape;
            heads = graph.ReduceSum(graph.Reshape(heads, new Shape(shape[0], form.KeyHeads, form.Group, shape[2], shape[3])), [2]);
        }

        return graph.Permute(heads, [0, 2, 1, 3]);
    }

    // How many keys of each sample count.
    private Node Keys(Node lengths)
    {
        if (!form.IsContinued) return lengths;
        ScalarExpression all = ScalarExpression.Of(pairs[3]), sum = X + ScalarExpression.Of(pairs[2]);
        ScalarExpression most = new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Less, sum, all), sum, all);
        return graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Less, most, 0), 0, most), ElementType.Int32, lengths);
    }

    // −∞ for keys that a query does not see.
    private Node Visible(Node scores)
    {
        var inputs = new List<Node> { scores };
        ScalarExpression seen = X;
        if (form.Before is not null || form.After is not null)
        {
            inputs.Add(graph.Add(new Iota(pairs, 2, ElementType.Int32)));
            inputs.Add(graph.Add(new Iota(pairs, 3, ElementType.Int32)));
            ScalarExpression shift = ScalarExpression.Of(pairs[3] - pairs[2]);
            if (form.IsContinued)
            {
                shift = new ScalarExpression.Input(inputs.Count) - ScalarExpression.Of(pairs[2]);
                inputs.Add(graph.BroadcastAlong(keys!, pairs, [0]));
            }

            ScalarExpression distance = Z - (Y + shift);
            if (form.After is { } after) seen = Unless(new ScalarExpression.Compare(Comparison.LessOrEqual, distance, after), seen);
            if (form.Before is { } before) seen = Unless(new ScalarExpression.Compare(Comparison.GreaterOrEqual, distance, -before), seen);
        }

        if (keys is not null)
        {
            int at = inputs.Count;
            inputs.Add(graph.Add(new Iota(pairs, 3, ElementType.Int32)));
            inputs.Add(graph.BroadcastAlong(keys!, pairs, [0]));
            seen = Unless(new ScalarExpression.Compare(Comparison.Less, new ScalarExpression.Input(at), new ScalarExpression.Input(at + 1)), seen);
        }

        return inputs.Count == 1 ? scores : graph.Map(seen, scores.Type.Element, inputs);

        static ScalarExpression Unless(ScalarExpression condition, ScalarExpression value) =>
            new ScalarExpression.Select(condition, value, double.NegativeInfinity);
    }

    private Node Bias(Node bias)
    {
        if (!form.IsRelative) return graph.Broadcast(bias, pairs);
        Shape rows = bias.Shape.With(2, pairs[2]).With(0, form.IsContinued ? pairs[0] : bias.Shape[0]), whole = rows.With(3, pairs[3]);
        return graph.Broadcast(graph.Add(new TakeAlong(3), graph.Broadcast(bias, rows), Distances(whole)), pairs);
    }

    private Node BiasGradient(Node scoreGradient, Shape shape)
    {
        Node whole = form.IsRelative ? graph.Add(new AddAlong(3, shape[3].Value), Distances(pairs), scoreGradient) : scoreGradient;
        EquatableArray<int> axes = Enumerable.Range(0, 4).Where(axis => shape[axis] != whole.Shape[axis]).ToEquatableArray();
        return graph.ReduceSum(whole, axes, keepDimensions: true);
    }

    // j − i + Tq for query i and key j, or its distance from it and the reach.
    private Node Distances(Shape whole)
    {
        Node[] places = [graph.Add(new Iota(whole, 2, ElementType.Int32)), graph.Add(new Iota(whole, 3, ElementType.Int32))];
        if (form.Reach is not { } reach) return graph.Map(Y - X + ScalarExpression.Of(pairs[2]), ElementType.Int32, places);
        if (!form.IsContinued) return graph.Map(Y - X + ScalarExpression.Of(pairs[2] - pairs[3] + reach), ElementType.Int32, places);
        return graph.Map(Y - X - Z + ScalarExpression.Of(pairs[2] + reach), ElementType.Int32, [.. places, graph.BroadcastAlong(keys!, whole, [0])]);
    }
}
