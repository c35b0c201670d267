using System;
using System.Linq;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>Attention, pair by pair.</summary>
internal static class ReferenceAttention
{
    public static ReferenceTensor Attention(AttentionForm form, ReferenceTensor[] inputs)
    {
        (ReferenceTensor query, _, ReferenceTensor value) = Operands(form, inputs);
        ReferenceTensor result = ReferenceTensor.Generate(query.Shape, _ => 0);
        ForEachRow(form, inputs, (n, h, i, weights, _, kept) =>
        {
            for (int j = 0; j < weights.Length; j++)
                for (int d = 0; d < query.Shape[3]; d++)
                    if (weights[j] != 0) result[[n, i, h, d]] += weights[j] * kept[j] * value[[n, j, h / form.Group, d]];
        });
        return result;
    }

    public static ReferenceTensor LogSum(AttentionForm form, ReferenceTensor[] inputs)
    {
        ReferenceTensor query = Operands(form, inputs).Query;
        ReferenceTensor result = ReferenceTensor.Generate([query.Shape[0], query.Shape[2], query.Shape[1]], _ => 0);
        ForEachRow(form, inputs, (n, h, i, _, logSum, _) => result[[n, h, i]] = logSum);
        return result;
    }

    public static ReferenceTensor Gradient(AttentionForm form, AttentionOperand of, ReferenceTensor[] inputs)
    {
        (ReferenceTensor query, ReferenceTensor key, ReferenceTensor value) = Operands(form, inputs);
        ReferenceTensor outer = inputs[^1];
        ReferenceTensor dQuery = ReferenceTensor.Generate(query.Shape, _ => 0), dKey = ReferenceTensor.Generate(key.Shape, _ => 0);
        ReferenceTensor dValue = ReferenceTensor.Generate(key.Shape, _ => 0);
        ReferenceTensor? dBias = form.HasBias ? ReferenceTensor.Generate(inputs[form.BiasIndex].Shape, _ => 0) : null;
        int depth = query.Shape[3];
        ForEachRow(form, inputs, (n, h, i, weights, _, kept) =>
        {
            int g = h / form.Group;
            double[] dWeights = [.. weights.Select((_, j) => kept[j] * Enumerable.Range(0, depth).Sum(d => outer[[n, i, h, d]] * value[[n, j, g, d]]))];
            double mean = weights.Zip(dWeights, (a, b) => a * b).Sum();
            for (int j = 0; j < weights.Length; j++)
            {
                if (weights[j] == 0) continue;
                double dScore = weights[j] * (dWeights[j] - mean);
                if (dBias is not null) dBias[BiasAt(form, dBias, n, h, i, j, query.Shape[1],
                    Keys(form, inputs, n, query.Shape[1], key.Shape[1]) - query.Shape[1])] += dScore;
                for (int d = 0; d < depth; d++)
                {
                    dQuery[[n, i, h, d]] += form.Scale * dScore * key[[n, j, g, d]];
                    dKey[[n, j, g, d]] += form.Scale * dScore * query[[n, i, h, d]];
                    dValue[[n, j, g, d]] += weights[j] * kept[j] * outer[[n, i, h, d]];
                }
            }
        });
        return of switch
        {
            AttentionOperand.Query => dQuery,
            AttentionOperand.Key => dKey,
            AttentionOperand.Value => dValue,
            AttentionOperand.Bias => dBias!,
            _ => ReferenceTensor.Generate(inputs[0].Shape, at => at[2] < form.Heads ? dQuery[at]
                : at[2] < form.Heads + form.KeyHeads ? dKey[[at[0], at[1], at[2] - form.Heads, at[3]]]
                : dValue[[at[0], at[1], at[2] - form.Heads - form.KeyHeads, at[3]]]),
        };
    }

    private static (ReferenceTensor Query, ReferenceTensor Key, ReferenceTensor Value) Operands(AttentionForm form, ReferenceTensor[] inputs)
    {
        if (!form.IsPacked) return (inputs[0], inputs[1], inputs[2]);
        ReferenceTensor Part(int first, int count) => ReferenceTensor.Generate([inputs[0].Shape[0], inputs[0].Shape[1], count, inputs[0].Shape[3]],
            at => inputs[0][[at[0], at[1], first + at[2], at[3]]]);
        return (Part(0, form.Heads), Part(form.Heads, form.KeyHeads), Part(form.Heads + form.KeyHeads, form.KeyHeads));
    }

    private static int[] BiasAt(AttentionForm form, ReferenceTensor bias, int n, int h, int i, int j, int queries, int shift)
    {
        int[] at = form.Reach is { } reach ? [n, h, 0, j - i - shift + (int)reach] : form.IsRelative ? [n, h, 0, j - i + queries] : [n, h, i, j];
        return [.. at.Select((index, axis) => bias.Shape[axis] == 1 ? 0 : index)];
    }

    // How many keys of a sample count; where the lengths are those of a mask, positions are counted from all of them.
    private static int Keys(AttentionForm form, ReferenceTensor[] inputs, int n, int queries, int keys) =>
        form.IsContinued ? Math.Clamp((int)inputs[form.LengthsIndex].Values[n] + queries, 0, keys) : keys;

    // Sample, head, query, its weights, the logarithm of their sum of powers, and what each weight is multiplied by.
    private static void ForEachRow(AttentionForm form, ReferenceTensor[] inputs, Action<int, int, int, double[], double, double[]> row)
    {
        (ReferenceTensor query, ReferenceTensor key, _) = Operands(form, inputs);
        (int queries, int keys, int depth) = (query.Shape[1], key.Shape[1], query.Shape[3]);
        for (int n = 0; n < query.Shape[0]; n++)
            for (int h = 0; h < form.Heads; h++)
                for (int i = 0; i < queries; i++)
                {
                    var scores = new double[keys];
                    var kept = new double[keys];
                    for (int j = 0; j < keys; j++)
                    {
                        int count = Keys(form, inputs, n, queries, keys), distance = j - (i + count - queries);
                        bool seen = (form.After is null || distance <= form.After) && (form.Before is null || distance >= -form.Before)
                            && (!form.HasLengths || j < (form.IsContinued ? count : (int)inputs[form.LengthsIndex].Values[n]));
                        double score = 0;
                        for (int d = 0; d < depth; d++) score += query[[n, i, h, d]] * key[[n, j, h / form.Group, d]];
                        score *= form.Scale;
                        if (form.HasBias) score += inputs[form.BiasIndex][BiasAt(form, inputs[form.BiasIndex], n, h, i, j, queries, count - queries)];
                        scores[j] = seen ? score : double.NegativeInfinity;
                        kept[j] = form.DropRate == 0 ? 1 : inputs[form.NumbersIndex][[n, h, i, j]] >= form.DropRate ? 1 / (1 - form.DropRate) : 0;
                    }

                    double largest = scores.Aggregate(double.NegativeInfinity, Math.Max);
                    if (double.IsNegativeInfinity(largest))
                    {
                        row(n, h, i, new double[keys], double.PositiveInfinity, kept);
                        continue;
                    }

                    double sum = scores.Sum(score => Math.Exp(score - largest));
                    row(n, h, i, [.. scores.Select(score => Math.Exp(score - largest) / sum)], largest + Math.Log(sum), kept);
                }
    }
}
