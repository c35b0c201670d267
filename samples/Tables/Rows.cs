using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler;
using DLCompiler.Data;

namespace Tables;

/// <summary>Rows of a table: numbers with what is to be predicted, and a category each.</summary>
internal sealed record Rows(DataSet Data, int[] Kinds)
{
    /// <summary>Five ways to hold out a fifth of the rows, each row once; columns are normalised by the means and deviations of the others.</summary>
    public IEnumerable<(Rows Train, Rows Test)> Folds(int folds = 5)
    {
        int[] order = [.. Enumerable.Range(0, Data.Count)];
        new Random(1).Shuffle(order);
        for (int fold = 0; fold < folds; fold++)
        {
            var train = Select([.. order.Where((_, i) => i % folds != fold)]);
            var (means, deviations) = train.Data.Moments();
            yield return (train.Normalize(means, deviations), Select([.. order.Where((_, i) => i % folds == fold)]).Normalize(means, deviations));
        }
    }

    /// <summary>Calls a training step for batch after batch, at a rate that falls along a cosine.</summary>
    public void Train(int epochs, int batch, double rate, Action<Rows, double> step)
    {
        int[] order = [.. Enumerable.Range(0, Data.Count)];
        var random = new Random(1);
        var schedule = Schedule.Cosine(rate, (long)epochs * ((order.Length + batch - 1) / batch));
        long steps = 0;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            for (int first = 0; first < order.Length; first += batch)
                step(Select(order.AsSpan(first, Math.Min(batch, order.Length - first))), schedule.At(steps++));
        }
    }

    /// <summary>All numbers, row by row.</summary>
    public ReadOnlySpan<float> Numbers => Data.Features(0, Data.Count);

    /// <summary>All classes.</summary>
    public ReadOnlySpan<int> Labels => Data.Labels(0, Data.Count);

    /// <summary>All numbers to predict.</summary>
    public ReadOnlySpan<float> Targets => Data.Targets(0, Data.Count);

    private Rows Select(ReadOnlySpan<int> rows)
    {
        var kinds = new int[rows.Length];
        for (int i = 0; i < kinds.Length; i++) kinds[i] = Kinds[rows[i]];
        return new Rows(Data.Select(rows), kinds);
    }

    private Rows Normalize(float[] means, float[] deviations) => this with { Data = Data.Normalize(means, deviations) };
}
