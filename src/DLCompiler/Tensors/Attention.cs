using System.Numerics;
using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>
    /// Scaled dot-product attention (Vaswani et al. 2017): softmax(scale·Q·Kᵀ + bias)·V for each sample and head, of the keys that a query sees. PyTorch:
    /// <c>scaled_dot_product_attention</c>. This tensor is the query.
    /// </summary>
    /// <param name="key">
    /// The keys [N, heads, S, D] for queries [N, H, T, D], or [N, S, D] for [N, T, D]. Their heads divide those of the query, of which neighbours share
    /// one (grouped- and multi-query attention).
    /// </param>
    /// <param name="value">The values, in the shape of the keys.</param>
    /// <param name="bias">What is added to the scores, of a shape that broadcasts to [N, H, T, S]; −∞ hides a key.</param>
    /// <param name="mask">Where keys are seen, likewise: true takes part.</param>
    /// <param name="lengths">How many keys of each sample count, [N]; what stands after them is padding.</param>
    /// <param name="causal">
    /// Whether keys after a query's own position are hidden. Query i has the position i + S − T: the last query is at the last key.
    /// </param>
    /// <param name="window">How many positions, its own included, a query sees to either side; 0 for all.</param>
    /// <param name="scale">What the products are multiplied by; 0 for 1/√D.</param>
    /// <param name="dropout">The share of weights that training drops, in [0, 1); nothing in prediction.</param>
    /// <returns>The shape of the query. A query that sees no key has the result 0.</returns>
    /// <exception cref="ShapeMismatchException">The shapes don't fit each other.</exception>
    public Tensor ScaledDotProductAttention(
        Tensor key, Tensor value, Tensor? bias = null, Tensor<bool>? mask = null, Tensor<int>? lengths = null, bool causal = false, int window = 0,
        float scale = 0, float dropout = 0)
        => new(DotProductAttention.Evaluate(Values, key.Values, value.Values, bias?.Values, mask, lengths, causal, window, scale, dropout));
}

public static partial class DoubleTensorOperations
{
    /// <param name="query">The queries.</param>
    extension(Tensor<double> query)
    {
        /// <inheritdoc cref="Tensor.ScaledDotProductAttention"/>
        public Tensor<double> ScaledDotProductAttention(
            Tensor<double> key, Tensor<double> value, Tensor<double>? bias = null, Tensor<bool>? mask = null, Tensor<int>? lengths = null,
            bool causal = false, int window = 0, double scale = 0, double dropout = 0)
            => new(DotProductAttention.Evaluate(query.Values, key.Values, value.Values, bias?.Values, mask, lengths, causal, window, scale, dropout));
    }
}

/// <summary>Attention of tensors with or without an axis of heads.</summary>
internal static class DotProductAttention
{
    public static DenseArray<T> Evaluate<T>(
        DenseArray<T> query, DenseArray<T> key, DenseArray<T> value, DenseArray<T>? bias, Tensor<bool>? mask, Tensor<int>? lengths, bool causal,
        int window, double scale, double dropout)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        System.ArgumentOutOfRangeException.ThrowIfNegative(window);
        if (!(dropout is >= 0 and < 1)) throw new System.ArgumentOutOfRangeException(nameof(dropout), dropout, "the rate is at least 0 and less than 1.");
        if (query.Rank is not (3 or 4)) throw new ShapeMismatchException($"the query is [N, heads, T, D] or [N, T, D], not {query.Shape}.");
        bool hasHeads = query.Rank == 4;
        DenseArray<T> WithHeads(DenseArray<T> x) =>
            hasHeads || x.Rank != 3 ? x : x.WithShape(new TensorShape(x.Shape[0], 1, x.Shape[1], x.Shape[2]));
        var (q, k, v) = (WithHeads(query), WithHeads(key), WithHeads(value));
        if (k.Rank != 4 || k.Shape[0] != q.Shape[0] || k.Shape[3] != q.Shape[3] || q.Shape[1] % k.Shape[1] != 0)
            throw new ShapeMismatchException(
                $"the key {key.Shape} does not fit the query {query.Shape}: only heads, which divide the query's, and length may differ.");
        if (v.Shape != k.Shape) throw new ShapeMismatchException($"the value {value.Shape} does not fit the key {key.Shape}: they have one shape.");
        return AttentionPairs.Apply(q, k, v, new AttentionRules(scale, causal, window), bias, mask?.Values, lengths?.Values, hasHeads).WithShape(query.Shape);
    }
}
