using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>Tensors from nothing: numbers at equal distances, and random numbers, each use with a stream of its own.</summary>
internal static class Sources
{
    private const long MostElements = 1 << 24;

    public static IEnumerable<Operation> Operations =>
    [
        new(Operation.Tensor, "Arange", Arange),
        new(Operation.Tensor, "Linspace", Linspace),
        new(Operation.Tensor, "RandomUniform", RandomUniform),
        new(Operation.Tensor, "RandomNormal", RandomNormal),
        new(Operation.Tensor, "RandomBernoulli", RandomBernoulli),
        new(Operation.Tensor, "RandomPermutation", RandomPermutation),
    ];

    private static TensorValue Arange(VocabularyCall call)
    {
        double start = call.Arguments.Number("start"), end = call.Arguments.Number("end"), step = call.Arguments.Number("step", 1);
        double count = Math.Ceiling((end - start) / step);
        if (step == 0 || !(count >= 1 && count <= MostElements))
        {
            throw call.Error(
                DiagnosticIds.InvalidArgument,
                $"there are no numbers from {Checks.Text(start)} to below {Checks.Text(end)} in steps of {Checks.Text(step)}; give an end that the steps lead to");
        }

        return Line(call, start, step, (int)count);
    }

    private static TensorValue Linspace(VocabularyCall call)
    {
        Checks.AtLeast(call.Arguments, "count", 1);
        int count = call.Arguments.Integer("count");
        double start = call.Arguments.Number("start"), end = call.Arguments.Number("end");
        return Line(call, start, count == 1 ? 0 : (end - start) / (count - 1), count);
    }

    private static TensorValue Line(VocabularyCall call, double start, double step, int count) =>
        new(call.Graph.Map((X * step) + start, call.Graph.Add(new Iota(new Shape(count), 0, ElementType.Float32))));

    private static TensorValue RandomUniform(VocabularyCall call)
    {
        double low = call.Arguments.Number("low"), high = call.Arguments.Number("high", 1);
        return new TensorValue(call.Graph.Map(low + (X * (high - low)), Uniform(call, Sizes(call))));
    }

    // Box and Muller, "A note on the generation of random normal deviates", 1958; 1 − u is never 0.
    private static TensorValue RandomNormal(VocabularyCall call)
    {
        double mean = call.Arguments.Number("mean"), deviation = call.Arguments.Number("deviation", 1);
        Shape shape = Sizes(call);
        ScalarExpression radius = Call(UnaryFunction.Sqrt, -2.0 * Call(UnaryFunction.Log, 1 - X));
        ScalarExpression normal = radius * Call(UnaryFunction.Cos, 6.2831853071795862 * Y);
        return new TensorValue(call.Graph.Map(mean + (deviation * normal), Uniform(call, shape), Uniform(call, shape)));
    }

    private static TensorValue RandomBernoulli(VocabularyCall call)
    {
        double probability = call.Arguments.Number("probability");
        if (!(probability >= 0 && probability <= 1))
            throw Checks.Wrong(call.Arguments, "probability", $"is {Checks.Text(probability)}; it must be between 0 and 1");
        var isOne = new ScalarExpression.Compare(Comparison.Less, X, probability);
        return new TensorValue(call.Graph.Map(new ScalarExpression.Select(isOne, 1, 0), Uniform(call, Sizes(call))));
    }

    private static TensorValue RandomPermutation(VocabularyCall call)
    {
        Checks.AtLeast(call.Arguments, "count", 1);
        int count = call.Arguments.Integer("count");
        return new TensorValue(call.Graph.Add(new ArgSort(0, Descending: false, count), Uniform(call, new Shape(count))));
    }

    private static Node Uniform(VocabularyCall call, Shape shape) => call.Graph.Add(new RandomUniform(shape, call.Function.NextStream()));

    private static Shape Sizes(VocabularyCall call)
    {
        var shape = new Shape(call.Arguments.Sizes("sizes"));
        int wrong = shape.ToList().FindIndex(size => size is { IsConstant: true, Value: < 1 });
        return wrong < 0 ? shape : throw new VocabularyError(
            DiagnosticIds.InvalidArgument, call.Arguments.OriginOf("sizes", wrong), $"size {Checks.Text(wrong)} is {shape[wrong]}; it must be at least 1");
    }
}
