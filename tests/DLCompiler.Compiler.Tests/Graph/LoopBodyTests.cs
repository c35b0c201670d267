using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using Xunit;

namespace DLCompiler.Compiler.Tests.Graph;

/// <summary>What the body of a loop uses from around it.</summary>
public sealed class LoopBodyTests
{
    private static readonly TensorType Matrix = new(ElementType.Float32, new Shape(3, 3)), Row = new(ElementType.Float32, new Shape(3));

    [Fact]
    public void What_each_step_has_alike_is_computed_around_the_loop()
    {
        var graph = new GraphBuilder();
        Node around = graph.Add(new Input("around", Matrix)), row = graph.Add(new Input("row", Row));
        var body = new LoopBody(graph);
        Node state = body.AddParameter("state", Matrix);
        GraphBuilder step = body.Graph;
        Node weight = step.Add(new Parameter("weight", Matrix));
        Node alike = step.Tanh(step.Add(new Contract(false, false), around, weight));
        Node sum = step.Add(step.Add(step.Multiply(state, alike), step.BroadcastAlong(step.Exp(row), Matrix.Shape, [1])), step.Constant(2, Matrix));
        (SubGraph closed, IReadOnlyList<Node> shared) = body.Close([sum]);

        // The products and the exponential, but not the repetition, which is larger than what it repeats.
        Assert.Equal(["[3, 3]", "[3]"], shared.Select(node => node.Shape.ToString()));
        Assert.All(shared, node => Assert.True(graph.Owns(node)));
        Assert.Equal(["Broadcast", "Map", "Map"], closed.Graph.Nodes.Select(node => node.Operator.Name).Where(name => name is "Broadcast" or "Map").Order().Take(3));
        Assert.DoesNotContain(closed.Graph.Nodes, node => node.Operator is Contract or Parameter);
        Assert.Equal("weight", Assert.IsType<Parameter>(Assert.Single(graph.Nodes, node => node.Operator is Parameter).Operator).Identifier);
    }

    [Fact]
    public void Random_numbers_of_a_step_stay_in_it_and_those_around_it_outside()
    {
        var graph = new GraphBuilder();
        Node mask = graph.Add(new RandomUniform(Matrix.Shape, 0));
        var body = new LoopBody(graph);
        Node state = body.AddParameter("state", Matrix);
        Node own = body.Graph.Add(new RandomUniform(Matrix.Shape, 1));
        (SubGraph closed, IReadOnlyList<Node> shared) = body.Close([body.Graph.Multiply(body.Graph.Multiply(state, own), mask)]);
        Assert.Equal([mask], shared);
        Assert.Equal(1, Assert.IsType<RandomUniform>(Assert.Single(closed.Graph.Nodes, node => node.Operator is RandomUniform).Operator).Stream);
    }

    [Fact]
    public void Loops_in_loops_share_through_both()
    {
        var graph = new GraphBuilder();
        Node around = graph.Add(new Input("around", Matrix));
        var outer = new LoopBody(graph);
        Node outerState = outer.AddParameter("state", Matrix);
        var inner = new LoopBody(outer.Graph);
        Node innerState = inner.AddParameter("state", Matrix);
        Assert.True(inner.Graph.Reaches(outerState) && inner.Graph.Reaches(around));
        Assert.False(graph.Reaches(innerState) || outer.Graph.Reaches(innerState));

        (_, IReadOnlyList<Node> innerShared) = inner.Close([inner.Graph.Add(inner.Graph.Add(innerState, outerState), around)]);
        Assert.Equal(2, innerShared.Count);
        (SubGraph closed, IReadOnlyList<Node> shared) = outer.Close([outer.Graph.Add(innerShared[0], innerShared[1])]);
        Assert.Equal([around], shared);
        Assert.Equal(2, closed.Parameters.Count);
    }

    [Fact]
    public void A_state_that_is_handed_on_and_one_from_around_are_results()
    {
        var graph = new GraphBuilder();
        Node around = graph.Add(new Input("around", Matrix));
        var body = new LoopBody(graph);
        Node first = body.AddParameter("first", Matrix), second = body.AddParameter("second", Matrix);
        (SubGraph closed, IReadOnlyList<Node> shared) = body.Close([second, around, first]);
        Assert.Equal([around], shared);
        Assert.Equal([closed.Parameters[1], closed.Parameters[2], closed.Parameters[0]], closed.Results);
    }
}
