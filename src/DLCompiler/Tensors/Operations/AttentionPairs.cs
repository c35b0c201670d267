using System;
using System.Linq;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Which keys a query sees, and what is added to its scores.</summary>
/// <param name="Scale">What scores are multiplied by; 0 for 1/√D.</param>
/// <param name="Causal">Whether keys after a query's own position are hidden.</param>
/// <param name="Window">How many positions, its own included, a query sees to either side; 0 for all.</param>
/// <param name="Alibi">Whether scores fall with the distance, each head's otherwise.</param>
internal readonly record struct AttentionRules(double Scale = 0, bool Causal = false, int Window = 0, bool Alibi = false)
{
    /// <summary>Whether the query at a position sees a key.</summary>
    public bool Sees(int position, int key) =>
        !(Causal && key > position) && (Window == 0 || Math.Abs(key - position) < Window);
}

/// <summary>Scaled dot-product attention, pair by pair. Sums accumulate in double.</summary>
internal static class AttentionPairs
{
    /// <param name="query">[N, H, Tq, D].</param>
    /// <param name="key">[N, Hkv, Tk, D], H being a multiple of Hkv.</param>
    /// <param name="value">The key's shape.</param>
    /// <param name="rules">Which keys are seen.</param>
    /// <param name="bias">What is added, of a shape that broadcasts to [N, H, Tq, Tk].</param>
    /// <param name="mask">True where a key is seen, likewise.</param>
    /// <param name="lengths">How many keys of each sample count, [N].</param>
    /// <param name="hasHeads">Whether bias and mask may have an axis of heads.</param>
    /// <returns>[N, H, Tq, D]; zero where nothing is seen.</returns>
    public static DenseArray<T> Apply<T>(
        DenseArray<T> query, DenseArray<T> key, DenseArray<T> value, AttentionRules rules, DenseArray<T>? bias, DenseArray<bool>? mask,
        DenseArray<int>? lengths, bool hasHeads = true)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (samples, heads, queries, depth) = (query.Shape[0], query.Shape[1], query.Shape[2], query.Shape[3]);
        var (keyHeads, keys) = (key.Shape[1], key.Shape[2]);
        if (lengths is not null && (lengths.Rank != 1 || lengths.Shape[0] != samples))
            throw new ShapeMismatchException($"the lengths are the number of keys of each sample, [{samples}], not {lengths.Shape}.");
        var scoreShape = new TensorShape(samples, heads, queries, keys);
        T[]? added = Fitted(bias, scoreShape, "bias", hasHeads);
        bool[]? visible = Fitted(mask, scoreShape, "mask", hasHeads);
        double scale = rules.Scale == 0 ? 1 / Math.Sqrt(depth) : rules.Scale;
        var result = new DenseArray<T>(query.Shape);
        double[] scores = new double[keys];
        for (int row = 0; row < samples * heads * queries; row++)
        {
            int sample = row / (heads * queries), head = row / queries % heads, position = (row % queries) + keys - queries;
            int owner = ((sample * keyHeads) + (head / (heads / keyHeads))) * keys;
            int count = lengths is null ? keys : Math.Clamp(lengths.Elements[sample], 0, keys);
            for (int j = 0; j < keys; j++)
            {
                if (j >= count || !rules.Sees(position, j) || visible is not null && !visible[(row * keys) + j])
                {
                    scores[j] = double.NegativeInfinity;
                    continue;
                }

                double score = 0;
                for (int d = 0; d < depth; d++) score += Number(query.Elements[(row * depth) + d]) * Number(key.Elements[((owner + j) * depth) + d]);
                score *= scale;
                if (added is not null) score += Number(added[(row * keys) + j]);
                if (rules.Alibi) score -= Slope(heads, head) * Math.Abs(j - position);
                scores[j] = score;
            }

            double largest = scores.Aggregate(double.NegativeInfinity, Math.Max);
            if (double.IsNegativeInfinity(largest)) continue;
            double sum = 0;
            for (int j = 0; j < keys; j++) sum += scores[j] = Math.Exp(scores[j] - largest);
            for (int d = 0; d < depth; d++)
            {
                double mixed = 0;
                for (int j = 0; j < keys; j++)
                    if (scores[j] != 0) mixed += scores[j] * Number(value.Elements[((owner + j) * depth) + d]);
                result.Elements[(row * depth) + d] = T.CreateTruncating(mixed / sum);
            }
        }

        return result;

        static double Number(T element) => double.CreateTruncating(element);
    }

    /// <summary>How much a head's scores fall with each step of distance (Press et al. 2022).</summary>
    private static double Slope(int heads, int head)
    {
        int power = 1;
        while (power * 2 <= heads) power *= 2;
        return Math.Pow(2, head < power ? -8.0 * (head + 1) / power : -8.0 * (head - power + 0.5) / power);
    }

    private static TElement[]? Fitted<TElement>(DenseArray<TElement>? given, TensorShape scores, string what, bool hasHeads)
        where TElement : unmanaged
    {
        if (given is null) return null;
        var whole = hasHeads ? scores : new TensorShape(scores[0], scores[2], scores[3]);
        int missing = whole.Rank - given.Rank;
        bool fits = missing >= 0;
        for (int axis = 0; fits && axis < given.Rank; axis++) fits = given.Shape[axis] == 1 || given.Shape[axis] == whole[axis + missing];
        if (!fits) throw new ShapeMismatchException($"the {what} {given.Shape} does not fit the scores {whole}: each size is that of the scores, or 1.");
        return Broadcasting.To(given, whole).Elements;
    }
}
