using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Onnx;
using DLCompiler.Compiler.Tests.Reference;
using Xunit;

namespace DLCompiler.Compiler.Tests.Onnx;

/// <summary>What conformance has no cases of: ONNX's LSTM in both directions, with lengths and peepholes, against a loop by hand.</summary>
public sealed class RecurrentOperatorTests
{
    private const int Steps = 3, Samples = 2;
    private static readonly int[] lengths = [3, 2];

    [Fact]
    public void BidirectionalLstmWithLengthsAndPeepholes()
    {
        double[] x = Numbers(Steps * Samples, 1), w = Numbers(8, 2), r = Numbers(8, 3), b = Numbers(16, 4), p = Numbers(6, 5);
        Dictionary<string, OnnxTensor> initializers = new()
        {
            ["w"] = Tensor(w, 2, 4, 1),
            ["r"] = Tensor(r, 2, 4, 1),
            ["b"] = Tensor(b, 2, 8),
            ["p"] = Tensor(p, 2, 3),
            ["lengths"] = new(OnnxElement.Int32, [Samples], [.. lengths.Select(length => (double)length)]),
        };
        Dictionary<string, OnnxAttribute> attributes = new() { ["direction"] = new(Text: "bidirectional"), ["hidden_size"] = new(Integer: 1) };
        var node = new OnnxNode("LSTM", "", "node", ["x", "w", "r", "b", "lengths", "", "", "p"], ["y", "h", "c"], attributes);
        OnnxValueInfo[] outputs = [.. node.Outputs.Select(name => new OnnxValueInfo(name, OnnxElement.Float, null))];
        var graph = new OnnxGraph("test", [node], initializers, [new OnnxValueInfo("x", OnnxElement.Float, [Steps, Samples, 1])], outputs);
        ModelGraph model = OnnxImporter.Import(new OnnxModel(new Dictionary<string, long> { [""] = 21 }, graph), OnnxAssumptions.None).Model;
        FunctionGraph function = model.Functions[0];
        Assert.Equal(["[3, 2, 2, 1]", "[2, 2, 1]", "[2, 2, 1]"], function.Outputs.Select(output => output.Shape.ToString()));

        var feeds = new Dictionary<Node, ReferenceTensor> { [function.Inputs[0]] = new([Steps, Samples, 1], x) };
        foreach (Node constant in function.Graph.Nodes)
        {
            if (constant.Operator is Parameter { Identifier: var name })
                feeds[constant] = new([.. initializers[name].Shape], [.. initializers[name].Values]);
        }

        ReferenceTensor[] values = ReferenceInterpreter.Evaluate(function.Outputs, feeds);
        for (int direction = 0; direction < 2; direction++)
        {
            for (int sample = 0; sample < Samples; sample++)
            {
                (double[] hidden, double cell) = ByHand(direction, sample, x, w, r, b, p);
                for (int t = 0; t < Steps; t++) Assert.Equal(hidden[t], values[0][t, direction, sample, 0], 1e-12);
                int last = direction == 0 ? lengths[sample] - 1 : 0;
                Assert.Equal(hidden[last], values[1][direction, sample, 0], 1e-12);
                Assert.Equal(cell, values[2][direction, sample, 0], 1e-12);
            }
        }
    }

    // Gates i, o, f, c; peepholes i, o, f.
    private static (double[] Hidden, double Cell) ByHand(int direction, int sample, double[] x, double[] w, double[] r, double[] b, double[] p)
    {
        var hidden = new double[Steps];
        double h = 0, c = 0;
        foreach (int t in Enumerable.Range(0, lengths[sample]).Select(index => direction == 0 ? index : lengths[sample] - 1 - index))
        {
            double Gate(int gate) => (w[(direction * 4) + gate] * x[(t * Samples) + sample]) + (r[(direction * 4) + gate] * h) + b[(direction * 8) + gate]
                + b[(direction * 8) + 4 + gate];
            double Peephole(int gate) => p[(direction * 3) + gate];
            double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));
            double next = (Sigmoid(Gate(2) + (Peephole(2) * c)) * c) + (Sigmoid(Gate(0) + (Peephole(0) * c)) * Math.Tanh(Gate(3)));
            h = Sigmoid(Gate(1) + (Peephole(1) * next)) * Math.Tanh(next);
            c = next;
            hidden[t] = h;
        }

        return (hidden, c);
    }

    private static OnnxTensor Tensor(double[] values, params int[] shape) => new(OnnxElement.Float, shape, values);

    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 2) - 1)];
    }
}
