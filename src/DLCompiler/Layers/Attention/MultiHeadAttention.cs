using System;
using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

/// <summary>
/// Multi-head attention (Vaswani et al. 2017) of sequences with themselves or with a memory, as PyTorch's <c>MultiheadAttention</c> with the batch first.
/// Parameters: <c>in_proj_weight</c> [E + 2·K, E], with the rows of query, key and value in this order, K being the features of the key heads, and
/// <c>in_proj_bias</c>; or <c>q_proj</c>, <c>k_proj</c> and <c>v_proj</c> with a <c>weight</c> and a <c>bias</c> each; <c>out_proj.weight</c> [E, E] and
/// <c>out_proj.bias</c> [E].
/// </summary>
/// <remarks>
/// Memory of training and prediction grows with the length of the sequences, not with its square: weights are never stored. A query that sees no key has the
/// mix 0, of which the output projection's bias is left.
/// </remarks>
public sealed class MultiHeadAttention : Layer
{
    private readonly int heads;
    private readonly int keyHeads;
    private readonly bool bias;
    private readonly AttentionRules rules;
    private readonly double rotaryBase;
    private readonly bool separate;
    private readonly Initializer initializer;

    /// <summary>Creates the layer.</summary>
    /// <param name="heads">The number of heads, which divides the features.</param>
    /// <param name="keyValueHeads">
    /// Heads of keys and values, which divide <paramref name="heads"/>: neighbours of the query's heads share one (grouped-query attention; 1 is multi-query
    /// attention). 0 for as many as the query has.
    /// </param>
    /// <param name="bias">Whether the projections have biases.</param>
    /// <param name="dropout">The share of weights that training drops, in [0, 1).</param>
    /// <param name="causal">Whether positions after a query's own are hidden.</param>
    /// <param name="window">How many positions, its own included, a query sees to either side; 0 for all.</param>
    /// <param name="rotaryBase">
    /// Where given, queries and keys are turned by their positions with this base, usually 10000, the halves of a head's features being the pairs
    /// (<see cref="RotaryEmbedding"/>); 0 for none.
    /// </param>
    /// <param name="alibi">Whether scores fall linearly with the distance, each head's otherwise (Press et al. 2022).</param>
    /// <param name="separate">Whether query, key and value have weights of their own names; with a memory, these are quicker.</param>
    /// <param name="initializer">How the weights are drawn; by default as PyTorch's: Glorot uniform, and uniform on ±1/√E for the output.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public MultiHeadAttention(
        int heads, int keyValueHeads = 0, bool bias = true, float dropout = 0, bool causal = false, int window = 0, float rotaryBase = 0, bool alibi = false,
        bool separate = false, Initializer initializer = Initializer.Default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(keyValueHeads);
        ArgumentOutOfRangeException.ThrowIfNegative(window);
        if (!(dropout is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "the rate is at least 0 and less than 1.");
        if (keyValueHeads > 0 && heads % keyValueHeads != 0)
            throw new ArgumentOutOfRangeException(nameof(keyValueHeads), keyValueHeads, $"the heads of keys and values divide the {heads} heads.");
        if (rotaryBase is not 0 and not > 1) throw new ArgumentOutOfRangeException(nameof(rotaryBase), rotaryBase, "a base is above 1.");
        (this.heads, keyHeads, this.bias) = (heads, keyValueHeads == 0 ? heads : keyValueHeads, bias);
        rules = new AttentionRules(0, causal, window, alibi);
        (this.rotaryBase, this.separate, this.initializer) = (rotaryBase, separate, initializer);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">The queries' sequences [N, T, E].</param>
    /// <param name="memory">The keys' and values' sequences [N, S, E]; those of <paramref name="x"/> where left out.</param>
    /// <param name="bias">What is added to the scores, of a shape that broadcasts to [N, heads, T, S]; −∞ hides a key.</param>
    /// <param name="mask">Where keys are seen, likewise: true takes part (PyTorch's layer, unlike its function, says the opposite).</param>
    /// <param name="lengths">How many keys of each sample count, [N]; what stands after them is padding.</param>
    /// <returns>[N, T, E].</returns>
    /// <exception cref="ShapeMismatchException">The shapes don't fit each other or the weights, or the heads don't divide the features.</exception>
    public Tensor Forward(Tensor x, Tensor? memory = null, Tensor? bias = null, Tensor<bool>? mask = null, Tensor<int>? lengths = null) =>
        new(Evaluate(x.Values, memory?.Values, bias?.Values, mask, lengths));

    /// <inheritdoc cref="Forward(Tensor, Tensor, Tensor, Tensor{bool}, Tensor{int})"/>
    public Tensor<double> Forward(
        Tensor<double> x, Tensor<double>? memory = null, Tensor<double>? bias = null, Tensor<bool>? mask = null, Tensor<int>? lengths = null) =>
        new(Evaluate(x.Values, memory?.Values, bias?.Values, mask, lengths));

    private DenseArray<T> Evaluate<T>(DenseArray<T> x, DenseArray<T>? memory, DenseArray<T>? added, Tensor<bool>? mask, Tensor<int>? lengths)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var source = memory ?? x;
        if (x.Rank != 3) throw new ShapeMismatchException($"{DisplayName} takes sequences [N, T, features], not {x.Shape}.");
        if (source.Rank != 3 || source.Shape[0] != x.Shape[0] || source.Shape[2] != x.Shape[2])
            throw new ShapeMismatchException($"{DisplayName} takes a memory [{x.Shape[0]}, S, {x.Shape[2]}] for {x.Shape}, not {source.Shape}.");
        int features = x.Shape[2], depth = features / heads, keys = keyHeads * depth, all = features + (2 * keys);
        if (features % heads != 0) throw new ShapeMismatchException($"{DisplayName} has {heads} heads, which do not divide {features} features.");
        DenseArray<T> q, k, v;
        if (separate)
        {
            (q, k, v) = (Project("q_proj.", x, features), Project("k_proj.", source, keys), Project("v_proj.", source, keys));
        }
        else
        {
            var weight = Parameter<T>("in_proj_weight", new TensorShape(all, features), shape => Draw(shape, features, all));
            var offset = bias ? Parameter<T>("in_proj_bias", new TensorShape(all), Zeros) : null;
            DenseArray<T> Part(DenseArray<T> of, int start, int rows) =>
                Affine.Apply(of, Rows(weight, start, rows), offset is null ? null : Rows(offset, start, rows));
            (q, k, v) = (Part(x, 0, features), Part(source, features, keys), Part(source, features + keys, keys));
        }

        (q, k, v) = (Heads(q, heads), Heads(k, keyHeads), Heads(v, keyHeads));
        if (rotaryBase > 0) (q, k) = (Rotation.Rotate(q, 2, depth, rotaryBase, 0, false), Rotation.Rotate(k, 2, depth, rotaryBase, 0, false));
        var mixed = AttentionPairs.Apply(q, k, v, rules, added, mask?.Values, lengths?.Values);
        var output = Parameter<T>("out_proj.weight", new TensorShape(features, features), shape =>
            ParameterDrawing.Weights(initializer, shape, features, features, 1));
        return Affine.Apply(Joined(mixed), output, bias ? Parameter<T>("out_proj.bias", new TensorShape(features), Zeros) : null);
    }

    private DenseArray<T> Project<T>(string prefix, DenseArray<T> x, int units)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inputs = x.Shape[2];
        var weight = Parameter<T>(prefix + "weight", new TensorShape(units, inputs), shape => Draw(shape, inputs, units));
        return Affine.Apply(x, weight, bias ? Parameter<T>(prefix + "bias", new TensorShape(units), Zeros) : null);
    }

    private DenseArray<double> Draw(TensorShape shape, int inputs, int units) =>
        ParameterDrawing.Draw(initializer == Initializer.Default ? Initializer.GlorotUniform : initializer, shape, inputs, units);

    private static DenseArray<double> Zeros(TensorShape shape) => ParameterDrawing.Draw(Initializer.Zeros, shape, shape[0], shape[0]);

    private static DenseArray<T> Rows<T>(DenseArray<T> x, int start, int count)
        where T : unmanaged
    {
        int row = x.Elements.Length / x.Shape[0];
        return new DenseArray<T>(x.Shape.With(0, count), x.Elements[(start * row)..((start + count) * row)]);
    }

    // [N, T, H·D] → [N, H, T, D].
    private static DenseArray<T> Heads<T>(DenseArray<T> x, int count)
        where T : unmanaged => Shaping.Transpose(x.WithShape(new TensorShape(x.Shape[0], x.Shape[1], count, x.Shape[2] / count)), 1, 2);

    private static DenseArray<T> Joined<T>(DenseArray<T> x)
        where T : unmanaged => Shaping.Transpose(x, 1, 2).WithShape(new TensorShape(x.Shape[0], x.Shape[2], x.Shape[1] * x.Shape[3]));
}
