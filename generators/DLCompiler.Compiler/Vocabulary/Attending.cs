using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>What all uses of attention have in common: masks, a bias, lengths and dropout, as the call gives them.</summary>
internal static class Attending
{
    /// <summary>Which keys a query sees: causal, within a window, both or all.</summary>
    public static AttentionForm Windowed(AttentionForm form, ArgumentSet arguments)
    {
        int window = arguments.Integer("window");
        if (window < 0) throw Checks.Wrong(arguments, "window", $"is {Checks.Text(window)}; it must be at least 1, or omit it");
        bool causal = arguments.Flag("causal", false);
        return form with { Before = window > 0 ? window - 1 : null, After = causal ? 0 : window > 0 ? window - 1 : null };
    }

    /// <summary>The attention [N, Tq, H, D] of operands in the form's order, with the call's <c>mask</c>, <c>bias</c> and <c>lengths</c>.</summary>
    /// <param name="call">The use.</param>
    /// <param name="form">Heads and which keys are seen.</param>
    /// <param name="operands">Query, key and value, [N, T, H, D], or one tensor with all of them.</param>
    /// <param name="dropout">The share of weights that training drops.</param>
    /// <param name="hasHeads">Whether masks may have an axis of heads.</param>
    /// <param name="alibi">Whether scores fall with the distance (<see cref="Slope"/>).</param>
    public static Node Attend(VocabularyCall call, AttentionForm form, IReadOnlyList<Node> operands, double dropout, bool hasHeads = true, bool alibi = false)
    {
        GraphBuilder graph = call.Graph;
        (Shape query, Shape key) = form.Shapes([.. operands.Select(operand => operand.Type)]);
        var inputs = new List<Node>(operands);
        if (call.Arguments.OptionalTensor("lengths") is { } lengths)
        {
            if (lengths.Shape != new Shape(query[0]))
                throw call.ErrorAt(DiagnosticIds.WrongRank, "lengths",
                    $"the lengths are the number of keys of each sample, [{query[0]}], but are {Checks.Name(lengths.Shape)}");
            inputs.Add(lengths);
            form = form with { HasLengths = true };
        }

        var scores = new Shape(query[0], form.Heads, query[1], key[1]);
        Node? bias = Fitted(call, "bias", scores, hasHeads), mask = Fitted(call, "mask", scores, hasHeads);

        // Memory is planned for a table of distances if its size has one name; otherwise each pair has its penalty.
        if (alibi && bias is null && mask is null && (query[1] + key[1]).Terms.Length == 1)
        {
            bias = Distances(graph, form.Heads, query[1], key[1]);
            form = form with { IsRelative = true };
        }
        else if (alibi)
        {
            Node penalty = Penalty(graph, form.Heads, query[1], key[1]);
            bias = bias is null ? penalty : graph.Add(bias, penalty);
        }

        if (mask is not null) bias = Masked(graph, mask, bias);
        if (bias is not null)
        {
            inputs.Add(bias);
            form = form with { HasBias = true };
        }

        if (call.Function.Training && dropout > 0)
        {
            form = form with { DropRate = dropout };
            inputs.Add(graph.Add(new RandomUniform(form.NumbersShape(query, key), call.Function.NextStream())));
        }

        return graph.Add(new Attention(form), inputs);
    }

    // A mask or bias as [N or 1, H or 1, Tq or 1, Tk or 1].
    private static Node? Fitted(VocabularyCall call, string name, Shape scores, bool hasHeads)
    {
        if (call.Arguments.OptionalTensor(name) is not { } given) return null;
        Shape whole = hasHeads ? scores : new Shape(scores[0], scores[2], scores[3]), shape = given.Shape;
        int missing = whole.Rank - shape.Rank;
        string? wrong = missing < 0 ? $"it has {Checks.Count(shape.Rank, "dimension", "dimensions")}, and they have {Checks.Text(whole.Rank)}"
            : Enumerable.Range(0, shape.Rank).Where(axis => shape[axis] != whole[axis + missing] && shape[axis] != Dimension.One)
                .Select(axis => $"dimension {Checks.Text(axis)} is {shape[axis]} instead of {whole[axis + missing]}").FirstOrDefault();
        if (wrong is not null)
        {
            throw new VocabularyError(
                DiagnosticIds.Broadcast,
                call.Arguments.OriginOf(name),
                $"the {name} {Checks.Name(shape)} does not fit the scores {whole}, [samples, {(hasHeads ? "heads, " : "")}queries, keys]: {wrong}; "
                    + "each size is that of the scores, or 1")
            { Tensors = [given, call.Input] };
        }

        List<Dimension> sizes = [.. Enumerable.Repeat(Dimension.One, missing), .. shape];
        if (!hasHeads) sizes.Insert(1, Dimension.One);
        return call.Graph.Reshape(given, new Shape(sizes));
    }

    // −∞ where the mask is false, the bias or 0 elsewhere.
    private static Node Masked(GraphBuilder graph, Node mask, Node? bias)
    {
        if (bias is null) return graph.Map(new ScalarExpression.Select(X, 0.0, double.NegativeInfinity), ElementType.Float32, mask);
        Broadcasting.TryCombine(mask.Shape, bias.Shape, out Shape common, out _);
        return graph.Map(new ScalarExpression.Select(X, Y, double.NegativeInfinity), ElementType.Float32, graph.Broadcast(mask, common),
            graph.Broadcast(bias, common));
    }

    /// <summary>
    /// How much a head's scores fall with each step between query and key (Press et al., "Train short, test long", 2022): 2^(−8(h + 1)/H) for a power of two of
    /// heads; for other numbers, those of the next smaller power of two, then every other one of its double.
    /// </summary>
    /// <param name="heads">The number of heads.</param>
    /// <param name="head">The number of the head.</param>
    private static ScalarExpression Slope(int heads, ScalarExpression head)
    {
        int power = 1;
        while (power * 2 <= heads) power *= 2;
        double rate = -8 * 0.69314718055994531 / power;
        ScalarExpression first = Call(UnaryFunction.Exp, (head + 1) * rate);
        if (power == heads) return first;
        ScalarExpression other = Call(UnaryFunction.Exp, (head - power + 0.5) * rate);
        return new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Less, head, power), first, other);
    }

    /// <summary>
    /// ALiBi's table of distances [1, H, 1, Tq + Tk]: element j − i + Tq is for query i, whose position among the keys is i + Tk − Tq, and key j.
    /// </summary>
    public static Node Distances(GraphBuilder graph, int heads, Dimension queries, Dimension keys)
    {
        var shape = new Shape(1, heads, 1, queries + keys);
        return graph.Map(-(Slope(heads, X) * Call(UnaryFunction.Abs, Y - ScalarExpression.Of(keys))),
            graph.Add(new Iota(shape, 1, ElementType.Float32)), graph.Add(new Iota(shape, 3, ElementType.Float32)));
    }

    private static Node Penalty(GraphBuilder graph, int heads, Dimension queries, Dimension keys)
    {
        var shape = new Shape(1, heads, queries, keys);
        ScalarExpression j = new ScalarExpression.Input(2);
        return graph.Map(-(Slope(heads, X) * Call(UnaryFunction.Abs, j - Y - ScalarExpression.Of(keys - queries))),
            graph.Add(new Iota(shape, 1, ElementType.Float32)), graph.Add(new Iota(shape, 2, ElementType.Float32)),
            graph.Add(new Iota(shape, 3, ElementType.Float32)));
    }
}
