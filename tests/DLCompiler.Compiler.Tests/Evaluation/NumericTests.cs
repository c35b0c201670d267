using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Tests.Reference;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>
/// What layers, operations and losses compute, by the reference interpreter: worked examples, and figures of PyTorch where it has the operation.
/// </summary>
public sealed class NumericTests
{
    [Theory]
    [InlineData("Relu", new[] { 0.0, 0, 0.5, 2 })]
    [InlineData("LeakyRelu", new[] { -0.01, 0, 0.5, 2 })]
    [InlineData("Tanh", new[] { -0.7615941559557649, 0, 0.46211715726000973, 0.9640275800758169 })]
    [InlineData("Sigmoid", new[] { 0.2689414213699951, 0.5, 0.6224593312018546, 0.8807970779778823 })]
    [InlineData("Gelu", new[] { -0.15865525393145707, 0, 0.34573123063700656, 1.954499736103642 })]
    [InlineData("Exp", new[] { 0.36787944117144233, 1, 1.6487212707001282, 7.38905609893065 })]
    [InlineData("Square", new[] { 1, 0, 0.25, 4 })]
    [InlineData("Abs", new[] { 1, 0, 0.5, 2 })]
    [InlineData("Softmax", new[] { 0.03535379340874887, 0.09610157419009721, 0.15844470951497971, 0.7100999228861742 })]
    public void Functions(string method, double[] expected) =>
        Check(expected, [1, 4], [-1, 0, 0.5, 2], (c, x) => c.On(x, method));

    [Fact]
    public void SoftmaxAlongAnotherAxis() =>
        Check([0.5, 0.8807970779778823, 0.5, 0.1192029220221177], [1, 2, 2], [3, 2, 3, 0], (c, x) => c.On(x, "Softmax", ("axis", c.Value(1))));

    [Fact]
    public void PowersAndRoots() =>
        Check([1, 8, 2, 4], [4, 1], [1, 4, 1.5874010519681994, 2.519842099789747], (c, x) => c.On(x, "Pow", ("exponent", c.Value(1.5f))));

    [Fact]
    public void RowsAreRepeatedOverTheBatch() =>
        Check([-2, -2, 2, 2], [2, 2], [1, 2, 5, 6], (c, x) => c.Operator("Subtraction", x, c.On(x, "Mean", ("axis", c.Value(0)))));

    [Fact]
    public void ColumnsAreRepeatedOverTheFeatures() => Check(
        [0, 1, 0, 1],
        [2, 2],
        [1, 2, 5, 6],
        (c, x) => c.Operator("Subtraction", x, c.On(x, "Slice", ("axis", c.Value(1)), ("start", c.Value(0)), ("length", c.Value(1)))));

    [Fact]
    public void NumbersStandOnBothSides() => Check([-1, -2, 3, 1], [2, 2], [2, 3, -2, 0], (c, x) => c.Operator("Subtraction", c.Value(1f), x));

    [Fact]
    public void AxesAreReducedAndKept() => Check([6.0 / 4, 15.0 / 4], [2, 3], [1, 2, 3, 4, 5, 6], (c, x) =>
        c.On(c.Operator("Division", c.On(x, "Sum", ("axis", c.Value(-1)), ("keepDimensions", c.Value(true))), c.Value(4f)), "Max", ("axis", c.Value(1))));

    [Fact]
    public void MeanOfTheBatchDividesByItsSize() => Check([2.5, 3.5, 4.5], [2, 3], [1, 2, 3, 4, 5, 6], (c, x) => c.On(x, "Mean", ("axis", c.Value(0))));

    [Fact]
    public void ConcatSliceAndTranspose() => Check([2, 5, 3, 6, 1, 4], [2, 3], [1, 2, 3, 4, 5, 6], (c, x) => c.On(
        c.Static(
            "DLCompiler.Tensor",
            "Concat",
            ("axis", c.Value(1)),
            ("tensors", c.Array(
                c.On(x, "Slice", ("axis", c.Value(1)), ("start", c.Value(1)), ("length", c.Value(2))),
                c.On(x, "Slice", ("axis", c.Value(1)), ("start", c.Value(0)), ("length", c.Value(1)))))),
        "Transpose",
        ("axis1", c.Value(0)),
        ("axis2", c.Value(1))));

    [Fact]
    public void MatricesMultiplyWithBroadcastBatches()
    {
        // [2, 1, 2] · [2, 2, 1]: two products, [1, 2]·[1, 2]ᵀ and [3, 4]·[3, 4]ᵀ.
        Check([5, 25], [2, 2], [1, 2, 3, 4], (c, x) => c.On(
            c.On(x, "Reshape", ("sizes", c.Array(c.Value(-1), c.Value(1), c.Value(2)))),
            "MatMul",
            ("other", c.On(x, "Reshape", ("sizes", c.Array(c.Value(-1), c.Value(2), c.Value(1)))))));
    }

    [Fact]
    public void DenseOnSeveralLeadingAxes()
    {
        // weight [[1, 2], [3, 4], [5, 6]], bias [10, 20, 30].
        Check(
            [15, 31, 47, 13, 27, 41],
            [1, 2, 2],
            [1, 2, 1, 1],
            (c, x) => c.Use("fc", x),
            prepare: c => c.Field("fc", c.Dense(3)),
            parameters: new() { ["fc.weight"] = [1, 2, 3, 4, 5, 6], ["fc.bias"] = [10, 20, 30] });
    }

    [Fact]
    public void GroupedConvolution() => Check(
        [2 * (1 + 2 + 3 + 4), 3 * (5 + 6 + 7 + 8)],
        [1, 2, 2, 2],
        [1, 2, 3, 4, 5, 6, 7, 8],
        (c, x) => c.Use("conv", x),
        prepare: c => c.Field("conv", c.Layer("Conv2D", ("filters", c.Value(2)), ("kernel", c.Value(2)), ("groups", c.Value(2)), ("bias", c.Value(false)))),
        parameters: new() { ["conv.weight"] = [2, 2, 2, 2, 3, 3, 3, 3] });

    [Fact]
    public void AveragesCountPadding() => Check(
        [1.0 / 4, 2.0 / 4, 3.0 / 4, 4.0 / 4], [1, 1, 2, 2], [1, 2, 3, 4], (c, x) => c.On(x, "AvgPool", ("size", c.Value(2)), ("padding", c.Value(1))));

    [Fact]
    public void EmbeddingsAreRows()
    {
        var c = new ClassWriter("Net");
        c.Field("table", c.Layer("Embedding", ("count", c.Value(3)), ("dimensions", c.Value(2))));
        c.Forward(c.Ids("x", "N", 2), c.Return(c.Use("table", c.Name("x"))));
        Assert.Equal([5, 6, 1, 2], Run(c.Right(), "Predict", [new ReferenceTensor([1, 2], [2, 0])], new() { ["table.weight"] = [1, 2, 3, 4, 5, 6] }).Values);
    }

    [Fact]
    public void BatchNormPredictsWithRunningStatistics() => Check(
        [(2 * (1 - 0.5) / Math.Sqrt(4 + 1e-5)) + 3],
        [1, 1],
        [1],
        (c, x) => c.Use("norm", x),
        prepare: c => c.Field("norm", c.Layer("BatchNorm")),
        parameters: new() { ["norm.weight"] = [2], ["norm.bias"] = [3], ["norm.running_mean"] = [0.5], ["norm.running_var"] = [4] });

    [Fact]
    public void BatchNormTrainsWithBatchStatistics()
    {
        var c = new ClassWriter("Net");
        c.Field("norm", c.Layer("BatchNorm"));
        c.Step("FitLoss", [c.Tensor("x", "N", 1)], [c.Return(c.On(c.On(c.Use("norm", c.Name("x")), "Square"), "Mean"))]);
        FunctionGraph step = c.Right().Function("StepFit");
        Dictionary<string, double[]> values = new() { ["norm.weight"] = [2], ["norm.bias"] = [0], ["norm.running_mean"] = [10], ["norm.running_var"] = [1] };

        // x = 1, 3, 5: mean 3, biased variance 8/3, unbiased 4.
        var results = Run(step, [.. step.Outputs, .. step.StateWrites.Select(write => write.Value)], [new ReferenceTensor([3, 1], [1, 3, 5])], values);

        Assert.Equal(4 * (8.0 / 3) / ((8.0 / 3) + 1e-5), results[0].Values[0], 1e-10);
        Assert.Equal([(0.9 * 10) + (0.1 * 3), (0.9 * 1) + (0.1 * 4)], [results[1].Values[0], results[2].Values[0]], Close);
    }

    [Fact]
    public void ASecondUseInAStepStartsFromTheFirstOnesStatistics()
    {
        var c = new ClassWriter("Net");
        c.Field("norm", c.Layer("BatchNorm"));
        Expression loss = c.Operator("Addition", c.Use("norm", c.Name("x")), c.Use("norm", c.Operator("Multiply", c.Name("x"), c.Value(2f))));
        c.Step("FitLoss", [c.Tensor("x", "N", 1)], [c.Return(c.On(loss, "Mean"))]);
        FunctionGraph step = c.Right().Function("StepFit");
        Dictionary<string, double[]> values = new() { ["norm.weight"] = [1], ["norm.bias"] = [0], ["norm.running_mean"] = [0], ["norm.running_var"] = [1] };

        var results = Run(step, [.. step.StateWrites.Select(write => write.Value)], [new ReferenceTensor([2, 1], [1, 3])], values);

        Assert.Equal(2, results.Length);
        Assert.Equal((0.9 * 0.1 * 2) + (0.1 * 4), results[0].Values[0], 1e-12);
    }

    [Fact]
    public void DropoutKeepsTheMean()
    {
        var c = new ClassWriter("Net");
        c.Field("drop", c.Layer("Dropout", ("rate", c.Value(0.25f))));
        c.Step("FitLoss", [c.Tensor("x", "N", 4)], [c.Return(c.On(c.Use("drop", c.Name("x")), "Sum"))]);
        FunctionGraph step = c.Right().Function("StepFit");

        // Elements 0, 1, 2, 3 draw 0, 0.25, 0.5, 0.75: the first is dropped.
        var result = Run(step, step.Outputs, [new ReferenceTensor([1, 4], [3, 6, 9, 12])], [], (_, index) => index / 4.0);

        Assert.Equal((6 + 9 + 12) / 0.75, result[0].Values[0], 1e-12);
    }

    [Fact]
    public void EachDropoutDrawsItsOwnNumbers()
    {
        var c = new ClassWriter("Net");
        c.Field("drop", c.Layer("Dropout", ("rate", c.Value(0.25f))));
        c.Step("FitLoss", [c.Tensor("x", "N", 4)], [c.Return(c.On(c.Use("drop", c.Use("drop", c.Name("x"))), "Sum"))]);
        Assert.Equal([0, 1], c.Right().Function("StepFit").Graph.Nodes.Select(node => node.Operator).OfType<RandomUniform>().Select(random => random.Stream));
    }

    [Theory]
    [InlineData("MeanSquaredError", new[] { 0.5, 0.25 }, new[] { 1, 0.0 }, 0.15625)]
    [InlineData("SigmoidCrossEntropy", new[] { 2, -3.0 }, new[] { 1, 0.25 }, 0.46275768130835726)]
    [InlineData("SigmoidCrossEntropy", new[] { 500, -500.0 }, new[] { 1, 0.0 }, 0)]
    [InlineData("BinaryCrossEntropy", new[] { 0.8, 0.4 }, new[] { 1, 0.0 }, 0.3669845875401002)]
    [InlineData("BinaryCrossEntropy", new[] { 0, 1.0 }, new[] { 1, 0.5 }, 75)]
    public void Losses(string loss, double[] prediction, double[] target, double expected)
    {
        var c = new ClassWriter("Net");
        c.Step("FitLoss", [c.Tensor("x", "N", 2), c.Tensor("t", "N", 2)], [c.Return(c.On(c.Name("x"), loss, ("target", c.Name("t"))))]);
        FunctionGraph step = c.Right().Function("StepFit");
        var result = Run(step, step.Outputs, [new ReferenceTensor([1, 2], prediction), new ReferenceTensor([1, 2], target)], []);
        Assert.Equal(expected, result[0].Values[0], 1e-9);
    }

    [Theory]
    [InlineData(0f, 2.126928011042972)]
    [InlineData(1f, 0.126928011042972)]
    [InlineData(0.5f, 1.126928011042972)]
    public void OneTargetForAllLogits(float target, double expected) =>
        Check([expected], [1, 1], [2], (c, x) => c.On(x, "SigmoidCrossEntropy", ("target", c.Value(target))));

    [Fact]
    public void CrossEntropyOfLogits()
    {
        var c = new ClassWriter("Net");
        c.Step("FitLoss", [c.Tensor("x", "N", 3), c.Ids("y", "N")], [c.Return(c.On(c.Name("x"), "SoftmaxCrossEntropy", ("labels", c.Name("y"))))]);
        FunctionGraph step = c.Right().Function("StepFit");
        var result = Run(step, step.Outputs, [new ReferenceTensor([2, 3], [1, 2, 3, 1, 2, 3]), new ReferenceTensor([2], [2, 0])], []);
        Assert.Equal((0.4076059644443804 + 2.4076059644443806) / 2, result[0].Values[0], 1e-12);
    }

    private static bool Close(double left, double right) => Math.Abs(left - right) <= 1e-12 * Math.Max(1, Math.Abs(left));

    // Forward applies an expression to an input whose first axis is the batch.
    private static void Check(
        double[] expected,
        int[] shape,
        double[] input,
        Func<ClassWriter, Expression, Expression> forward,
        double tolerance = 1e-12,
        Action<ClassWriter>? prepare = null,
        Dictionary<string, double[]>? parameters = null)
    {
        var c = new ClassWriter("Net");
        prepare?.Invoke(c);
        c.Forward(c.Tensor("x", ["N", .. shape.Skip(1).Select(size => (object)size)]), c.Return(forward(c, c.Name("x"))));
        double[] actual = Run(c.Right(), "Predict", [new ReferenceTensor(shape, input)], parameters ?? []).Values;
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Max(1, Math.Abs(pair.First))));
    }

    private static ReferenceTensor Run(ModelGraph model, string function, ReferenceTensor[] inputs, Dictionary<string, double[]> values) =>
        Run(model.Function(function), model.Function(function).Outputs, inputs, values)[0];

    private static ReferenceTensor[] Run(
        FunctionGraph function,
        IReadOnlyList<Node> outputs,
        ReferenceTensor[] inputs,
        Dictionary<string, double[]> values,
        Func<int, long, double>? random = null)
    {
        Dictionary<Node, ReferenceTensor> feeds = function.Inputs.Zip(inputs).ToDictionary(pair => pair.First, pair => pair.Second);
        foreach (Node node in function.Graph.Nodes)
        {
            string? name = node.Operator switch { Parameter parameter => parameter.Identifier, State state => state.Identifier, _ => null };
            if (name is not null) feeds.Add(node, new ReferenceTensor([.. node.Shape.Select(size => (int)size.Value)], values[name]));
        }

        return ReferenceInterpreter.Evaluate(outputs, feeds, new Dictionary<string, long> { ["N"] = inputs[0].Shape[0] }, random);
    }
}
