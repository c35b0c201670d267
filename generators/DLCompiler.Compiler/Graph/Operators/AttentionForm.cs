using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// What kind of attention is computed: heads, scale, which keys a query sees, and which operands there are. Operands, in this order: query [N, Tq, H, D], key
/// and value [N, Tk, Hkv, D], or all three as the heads of one tensor [N, T, H + 2·Hkv, D] where <see cref="IsPacked"/>; lengths [N], if
/// <see cref="HasLengths"/>; a bias, if <see cref="HasBias"/>; random numbers, if weights are dropped.
/// </summary>
/// <param name="Heads">Heads of the query, a multiple of <paramref name="KeyHeads"/>: neighbours share a key head (Ainslie et al., "GQA", 2023).</param>
/// <param name="KeyHeads">Heads of key and value.</param>
/// <param name="Scale">What scores are multiplied by; usually 1/√D.</param>
public sealed record AttentionForm(int Heads, int KeyHeads, double Scale)
{
    /// <summary>How many keys before its own position a query sees; null: all. Query i of Tq has the position i + Tk − Tq among the keys.</summary>
    public long? Before { get; init; }

    /// <summary>How many keys after its own position a query sees; null: all, 0: causal.</summary>
    public long? After { get; init; }

    /// <summary>Whether one operand holds query, key and value.</summary>
    public bool IsPacked { get; init; }

    /// <summary>Whether an operand says how many keys of each sample count; from there on, they are padding.</summary>
    public bool HasLengths { get; init; }

    /// <summary>
    /// Whether the lengths are those before the call: each sample's queries follow so many keys, whose own come after them, and the rest is padding. Query i
    /// has the
    /// position length + i among the keys.
    /// </summary>
    public bool IsContinued { get; init; }

    /// <summary>
    /// Whether an operand is added to the scores: [N, H, Tq, Tk] with any of these 1, or the same for all pairs of one distance: [N, H, 1, Tq + Tk], of which
    /// element j − i + Tq is for query i and key j.
    /// </summary>
    public bool HasBias { get; init; }

    /// <summary>Whether the bias is one of distances.</summary>
    public bool IsRelative { get; init; }

    /// <summary>For a bias of distances: those that it has, the same for all numbers of queries and keys. Element d + Reach of 2·Reach is for a key d steps
    /// after the
    /// query. Null: as many as there are.</summary>
    public long? Reach { get; init; }

    /// <summary>The share of weights that are dropped, in training; where it is above 0, the last operand holds the random numbers.</summary>
    public double DropRate { get; init; }

    /// <summary>Query heads that share a key head.</summary>
    public int Group => Heads / KeyHeads;

    /// <summary>The number of the operands that the form has.</summary>
    public int OperandCount => (IsPacked ? 1 : 3) + (HasLengths ? 1 : 0) + (HasBias ? 1 : 0) + (DropRate > 0 ? 1 : 0);

    /// <summary>Which operand the lengths are.</summary>
    public int LengthsIndex => IsPacked ? 1 : 3;

    /// <summary>Which operand the bias is.</summary>
    public int BiasIndex => LengthsIndex + (HasLengths ? 1 : 0);

    /// <summary>Which operand the random numbers are.</summary>
    public int NumbersIndex => OperandCount - 1;

    /// <summary>The shape of the random numbers, one for each pair of a query and a key; rows have whole blocks where the number of keys is known.</summary>
    public Shape NumbersShape(Shape query, Shape key) =>
        new(query[0], Heads, query[1], key[1].IsConstant ? (key[1].Value + 15) / 16 * 16 : key[1]);

    /// <summary>The shapes of query and of key and value.</summary>
    public (Shape Query, Shape Key) Shapes(IReadOnlyList<TensorType> inputs)
    {
        Shape first = inputs[0].Shape;
        return IsPacked ? (first.With(2, Heads), first.With(2, KeyHeads)) : (first, inputs[1].Shape);
    }

    /// <summary>Checks the operands' types.</summary>
    /// <exception cref="ShapeException">They don't fit each other or the form.</exception>
    public void Check(string name, IReadOnlyList<TensorType> inputs)
    {
        if (KeyHeads < 1 || Heads % KeyHeads != 0) throw new ShapeException($"{name}: {KeyHeads} key heads do not divide {Heads} heads");
        inputs[0].RequireFloat(name, IsPacked ? "query, key and value" : "the query");
        inputs[0].RequireRank(name, IsPacked ? "query, key and value" : "the query", 4);
        inputs[0].RequireConstant(name, 3);
        if (IsPacked) inputs[0].RequireShape(name, "query, key and value", inputs[0].Shape.With(2, Heads + (2 * KeyHeads)));
        (Shape query, Shape key) = Shapes(inputs);
        if (!IsPacked)
        {
            Operands.RequireSameElement(inputs[0], inputs[1], name);
            Operands.RequireSameElement(inputs[0], inputs[2], name);
            inputs[0].RequireShape(name, "the query", query.With(2, Heads));
            inputs[1].RequireRank(name, "the key", 4);
            inputs[1].RequireShape(name, "the key", query.With(1, key[1]).With(2, KeyHeads));
            inputs[2].RequireShape(name, "the value", key);
        }

        if (HasLengths)
        {
            inputs[LengthsIndex].RequireIndex(name, "the lengths");
            inputs[LengthsIndex].RequireShape(name, "the lengths", new Shape(query[0]));
        }

        if (DropRate > 0) inputs[NumbersIndex].RequireShape(name, "the random numbers", NumbersShape(query, key));
        if (!HasBias) return;
        TensorType bias = inputs[BiasIndex];
        Operands.RequireSameElement(inputs[0], bias, name);
        bias.RequireRank(name, "the bias", 4);
        Shape whole = BiasShape(query, key);
        if (Enumerable.Range(0, 4).Any(axis => bias.Shape[axis] != whole[axis] && bias.Shape[axis] != Dimension.One)
            || (IsRelative && bias.Shape[3] != whole[3]))
            throw new ShapeException($"{name}: the bias {bias.Shape} does not fit {whole}: each of its sizes is that one, or 1");
    }

    /// <summary>The largest shape of a bias.</summary>
    public Shape BiasShape(Shape query, Shape key) =>
        IsRelative ? new Shape(query[0], Heads, 1, Reach is { } reach ? 2 * reach : query[1] + key[1]) : new Shape(query[0], Heads, query[1], key[1]);

    /// <summary>Pairs of a query and a key that it sees, lengths not counted; all where the sizes are not known.</summary>
    public Dimension Pairs(Dimension queries, Dimension keys)
    {
        if (!queries.IsConstant || !keys.IsConstant || (Before is null && After is null)) return queries * keys;
        long sum = 0, shift = keys.Value - queries.Value;
        for (long i = 0; i < queries.Value; i++)
        {
            long first = Before is { } before ? System.Math.Max(0, i + shift - before) : 0;
            long end = After is { } after ? System.Math.Min(keys.Value, i + shift + after + 1) : keys.Value;
            sum += System.Math.Max(0, end - first);
        }

        return sum;
    }

    /// <summary>Multiplications and additions of so many products of a query with a key.</summary>
    public Dimension Flops(IReadOnlyList<TensorType> inputs, int products)
    {
        (Shape query, Shape key) = Shapes(inputs);
        return query[0] * (Heads * products * 2) * query[3] * Pairs(query[1], key[1]);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var parts = new List<string>
        {
            KeyHeads == Heads ? $"{Heads} heads" : $"{Heads} heads, {KeyHeads} of keys",
            "scale " + Scale.ToString("R", CultureInfo.InvariantCulture),
        };
        if (After == 0) parts.Add("causal");
        else if (After is { } after) parts.Add($"{after} after");
        if (Before is { } before) parts.Add($"{before} before");
        if (IsPacked) parts.Add("packed");
        if (HasLengths) parts.Add(IsContinued ? "continued" : "lengths");
        if (HasBias) parts.Add(IsRelative ? "bias of distances" + (Reach is { } reach ? " up to " + reach.ToString(CultureInfo.InvariantCulture) : "")
            : "bias");
        if (DropRate > 0) parts.Add("dropout " + DropRate.ToString("R", CultureInfo.InvariantCulture));
        return string.Join(", ", parts);
    }
}
