using System;
using System.Linq;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>Reductions and normalisations.</summary>
internal static class ReferenceReductions
{
    public static ReferenceTensor Reduce(Reduce reduce, ReferenceTensor input)
    {
        int[] kept = [.. Enumerable.Range(0, input.Rank).Where(axis => !reduce.Axes.Contains(axis))];
        double start = reduce.Kind switch { ReduceKind.Max => double.NegativeInfinity, ReduceKind.Min => double.PositiveInfinity, _ => 0 };
        ReferenceTensor result = ReferenceTensor.Generate([.. kept.Select(axis => input.Shape[axis])], _ => start);
        foreach (int[] index in ReferenceTensor.Indices(input.Shape))
        {
            int[] target = [.. kept.Select(axis => index[axis])];
            result[target] = reduce.Kind switch
            {
                ReduceKind.Max => Math.Max(result[target], input[index]),
                ReduceKind.Min => Math.Min(result[target], input[index]),
                _ => result[target] + input[index],
            };
        }

        return result;
    }

    public static ReferenceTensor Softmax(ReferenceTensor input) => ByRow(input.Shape[^1], input.Shape, (row, result) =>
    {
        ReadOnlySpan<double> x = input.Values.AsSpan(row, result.Length);
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double value in x) largest = Math.Max(largest, value);
        for (int i = 0; i < x.Length; i++) sum += result[i] = Math.Exp(x[i] - largest);
        for (int i = 0; i < x.Length; i++) result[i] /= sum;
    });

    public static ReferenceTensor SoftmaxGradient(ReferenceTensor y, ReferenceTensor gradient) => ByRow(y.Shape[^1], y.Shape, (row, result) =>
    {
        double dot = 0;
        for (int i = 0; i < result.Length; i++) dot += y.Values[row + i] * gradient.Values[row + i];
        for (int i = 0; i < result.Length; i++) result[i] = y.Values[row + i] * (gradient.Values[row + i] - dot);
    });

    public static ReferenceTensor SoftmaxCrossEntropy(ReferenceTensor logits, ReferenceTensor labels)
    {
        int classes = logits.Shape[1];
        return ReferenceTensor.Generate(labels.Shape, index =>
        {
            double[] row = logits.Values[(index[0] * classes)..((index[0] + 1) * classes)];
            double largest = row.Max();
            return Math.Log(row.Sum(z => Math.Exp(z - largest))) + largest - row[(int)labels[index]];
        });
    }

    public static ReferenceTensor SoftmaxCrossEntropyGradient(ReferenceTensor logits, ReferenceTensor labels, ReferenceTensor gradient)
    {
        ReferenceTensor probabilities = Softmax(logits);
        return ReferenceTensor.Generate(logits.Shape, index =>
            (probabilities[index] - (index[1] == (int)labels[index[0]] ? 1 : 0)) * gradient[index[0]]);
    }

    public static ReferenceTensor BatchNormalize(BatchNormalize normalize, ReferenceTensor[] inputs) =>
        ReferenceTensor.Generate(inputs[0].Shape, index =>
        {
            int channel = index[1];
            return (inputs[1][channel] * (inputs[0][index] - inputs[3][channel]) / Math.Sqrt(inputs[4][channel] + normalize.Epsilon)) + inputs[2][channel];
        });

    private delegate void RowAction(int start, Span<double> result);

    private static ReferenceTensor ByRow(int width, int[] shape, RowAction action)
    {
        ReferenceTensor result = ReferenceTensor.Zeros(shape);
        for (int start = 0; start < result.Values.Length; start += width) action(start, result.Values.AsSpan(start, width));
        return result;
    }
}
