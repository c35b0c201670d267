using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Autodiff;
using DLCompiler.Compiler.Fusion;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Loops;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Tests.Reference;
using Xunit;

namespace DLCompiler.Compiler.Tests.Loops;

/// <summary>What moves out of loops, on a recurrent cell h = tanh(W x + U h + b): the same values, with less work in each step.</summary>
public sealed class LoopOptimizerTests
{
    private const int Steps = 4, Batch = 3, Inputs = 2, Hidden = 5;

    [Fact]
    public void AnInputsProductStandsBeforeTheLoop()
    {
        FunctionGraph function = LoopOptimizer.Apply(Cell(out Node[] inputs, marked: false));

        LoopGroup loop = Assert.Single(LoopGroup.Of(FusionPlan.Reachable(function.Outputs)));
        Assert.Equal(1, Products(loop));
        Assert.Equal(["[12, 5]"], FusionPlan.Reachable(function.Outputs).Where(node => node.Operator is Contract).Select(node => node.Shape.ToString()));
        Same(Cell(out Node[] before, marked: false).Outputs, before, function.Outputs, inputs);
    }

    [Fact]
    public void AGradientsLoopComputesNoProductAgainAndSumsNothingUp()
    {
        FunctionGraph function = LoopOptimizer.Apply(Cell(out Node[] inputs, marked: false));
        IReadOnlyList<Node> gradients = Gradients(function, inputs), better = LoopOptimizer.Apply(function.Graph, gradients);

        IReadOnlyList<LoopGroup> loops = LoopGroup.Of(FusionPlan.Reachable(better));
        Assert.Equal(2, loops.Count);
        Assert.Equal([1, 1], loops.Select(Products));
        Assert.Equal(1, loops[1].Loop.CarriedCount);
        Same(gradients, inputs, better, inputs);
    }

    [Fact]
    public void WhatIsMarkedIsComputedAgain()
    {
        FunctionGraph function = LoopOptimizer.Apply(Cell(out Node[] inputs, marked: true));
        IReadOnlyList<Node> better = LoopOptimizer.Apply(function.Graph, Gradients(function, inputs));

        // The recurrent product, and that with the gradient.
        Assert.Equal(2, Products(LoopGroup.Of(FusionPlan.Reachable(better))[1]));
    }

    private static int Products(LoopGroup loop) => loop.Loop.Body.Graph.Nodes.Count(node => node.Operator is Contract);

    private static IReadOnlyList<Node> Gradients(FunctionGraph function, Node[] inputs)
    {
        Node loss = function.Graph.Mean(function.Graph.Square(function.Outputs[0]));
        IReadOnlyDictionary<Node, Node> gradients = ReverseMode.Gradients(function.Graph, loss, inputs);
        return [.. inputs.Select(input => gradients[input])];
    }

    // x, first state, W, U and b.
    private static FunctionGraph Cell(out Node[] inputs, bool marked)
    {
        var graph = new GraphBuilder();
        inputs =
        [
            Given(graph, "x", Steps, Batch, Inputs), Given(graph, "first", Batch, Hidden), Given(graph, "w", Hidden, Inputs), Given(graph, "u", Hidden, Hidden),
            Given(graph, "b", Hidden),
        ];
        var body = new GraphBuilder();
        Node state = Given(body, "state", Batch, Hidden), element = Given(body, "element", Batch, Inputs);
        Node[] shared = [Given(body, "weight", Hidden, Inputs), Given(body, "recurrent", Hidden, Hidden), Given(body, "bias", Hidden)];
        Node sum = body.Add(body.Dense(element, shared[0], shared[2]), body.Dense(state, shared[1], null));
        Node next = body.Tanh(sum);
        if (marked) next = body.Add(new Recompute(0), next);
        var scan = new Scan(new SubGraph([state, element, .. shared], [next, next]), 1, 1, false, 1);
        return new FunctionGraph("Predict", FunctionKind.Predict, graph, inputs, [graph.Add(scan, inputs[1], inputs[0], inputs[2], inputs[3], inputs[4])], [], [], null);
    }

    private static Node Given(GraphBuilder graph, string name, params long[] shape) =>
        graph.Add(new Input(name, new TensorType(ElementType.Float64, new Shape(shape.Select(size => (Dimension)size)))));

    private static void Same(IReadOnlyList<Node> expected, Node[] expectedInputs, IReadOnlyList<Node> actual, Node[] actualInputs)
    {
        ReferenceTensor[] left = Evaluate(expected, expectedInputs), right = Evaluate(actual, actualInputs);
        for (int i = 0; i < left.Length; i++) Assert.Equal(left[i].Values, right[i].Values, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    private static ReferenceTensor[] Evaluate(IReadOnlyList<Node> results, Node[] inputs)
    {
        var random = new Random(3);
        var feeds = new Dictionary<Node, ReferenceTensor>();
        foreach (Node input in inputs)
        {
            int[] shape = [.. input.Shape.Select(size => (int)size.Value)];
            feeds[input] = new ReferenceTensor(shape, [.. Enumerable.Range(0, ReferenceTensor.Count(shape)).Select(_ => random.NextDouble() - 0.5)]);
        }

        return ReferenceInterpreter.Evaluate(results, feeds, new Dictionary<string, long>());
    }
}
