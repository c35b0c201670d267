using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// A body that runs once for each element of the leading axis of some sequences and hands values from one run to the next. Inputs: the first carried
/// values, the sequences [T, …], and values shared by all steps. The body takes the carried values, one element of each sequence, and the shared values;
/// it returns the next carried values, then its outputs.
/// </summary>
/// <remarks>
/// A node has one value, so each result of a loop is a node of its own with the same body and the same inputs; such nodes are one loop when it is scheduled.
/// Results: the last carried values; the outputs of all steps, stacked [T, …]; the carried values with which each step began, stacked, which are stored only
/// where somebody asks for them (the gradient does). A random tensor in the body has the numbers of element t·(its size) + i in step t, so that a
/// gradient's loop sees the same ones.
/// </remarks>
/// <param name="Body">What one step computes.</param>
/// <param name="CarriedCount">How many values are carried.</param>
/// <param name="SequenceCount">How many sequences are walked; at least one.</param>
/// <param name="Reverse">Walks from the last element to the first. Outputs stand where their sequence elements stand.</param>
/// <param name="Result">Which of the results this node is.</param>
public abstract record Loop(SubGraph Body, int CarriedCount, int SequenceCount, bool Reverse, int Result) : Operator
{
    /// <summary>The number of outputs of each step.</summary>
    public int OutputCount => Body.Results.Count - CarriedCount;

    /// <summary>The number of results.</summary>
    public int ResultCount => Body.Results.Count + CarriedCount;

    /// <inheritdoc/>
    public override string Attributes => $"{Body}{(Reverse ? ", reversed" : "")}, result {Result}";

    /// <summary>The result number of the stacked values with which each step began.</summary>
    public int EntryResult(int carried) => Body.Results.Count + carried;

    /// <summary>The same loop's other result.</summary>
    public Loop WithResult(int result) => this with { Result = result };

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        if (SequenceCount < 1) throw new ShapeException($"{Name} walks along a sequence, and none is given");
        if (OutputCount < 0 || Result < 0 || Result >= ResultCount)
            throw new ShapeException($"{Name}: there is no result {Result} of a body with {Body.Results.Count} results");
        inputs.RequireCount(Name, Body.Parameters.Count);
        Dimension? steps = null;
        for (int i = 0; i < inputs.Count; i++)
        {
            TensorType step = inputs[i];
            if (i >= CarriedCount && i < CarriedCount + SequenceCount)
            {
                step.RequireAxis(Name, 0);
                steps ??= step.Shape[0];
                if (step.Shape[0] != steps)
                    throw new ShapeException(
                        $"{Name}: the sequences {inputs[CarriedCount].Shape} and {step.Shape} differ in length: dimension 0 is {steps} and {step.Shape[0]}");
                step = step with { Shape = new Shape(step.Shape.Dimensions.RemoveAt(0)) };
            }

            RequireSame(Body.Parameters[i].Type, step, i < CarriedCount ? $"carried value {i}" : $"operand {i}");
        }

        for (int i = 0; i < CarriedCount; i++) RequireSame(inputs[i], Body.Results[i].Type, $"the next carried value {i}");
        if (Result < CarriedCount) return inputs[Result];
        TensorType element = Result < Body.Results.Count ? Body.Results[Result].Type : inputs[Result - Body.Results.Count];
        return element with { Shape = new Shape(element.Shape.Dimensions.Insert(0, steps!)) };
    }

    /// <summary>Not called: the results of a loop are differentiated together, by the differentiation of graphs, which can differentiate the body.</summary>
    public sealed override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) =>
        throw new InvalidOperationException($"{Name} has several results; they are differentiated together.");

    /// <summary>All steps one after the other, where their number is known.</summary>
    public override Node? Decompose(GraphBuilder graph, Node node)
    {
        Dimension length = node.Inputs[CarriedCount].Shape[0];
        if (!length.IsConstant) return null;
        int count = (int)length.Value;
        Node[] random = [.. Body.Graph.Nodes.Where(inner => inner.Operator is RandomUniform)];
        Node[] carried = [.. node.Inputs.Take(CarriedCount)];
        var stacked = new Node[count];
        foreach (int t in Enumerable.Range(0, count).Select(step => Reverse ? count - 1 - step : step))
        {
            IEnumerable<Node> elements = node.Inputs.Skip(CarriedCount).Take(SequenceCount).Select(sequence => Element(graph, sequence, t));
            IReadOnlyList<Node> results = Body.Inline(graph, [.. carried, .. elements, .. node.Inputs.Skip(CarriedCount + SequenceCount)],
                [.. random.Select(inner => (inner, Element(graph, graph.Add(Stacked((RandomUniform)inner.Operator, length)), t)))]);
            if (Result >= CarriedCount)
            {
                Node part = Result < Body.Results.Count ? results[Result] : carried[Result - Body.Results.Count];
                stacked[t] = graph.Reshape(part, new Shape(part.Shape.Dimensions.Insert(0, Dimension.One)));
            }

            carried = [.. results.Take(CarriedCount)];
        }

        return Result < CarriedCount ? carried[Result] : graph.Concat(0, stacked);
    }

    private static RandomUniform Stacked(RandomUniform random, Dimension length) =>
        random with { Shape = new Shape(random.Shape.Dimensions.Insert(0, length)) };

    // What was put together of elements is taken apart.
    private static Node Element(GraphBuilder graph, Node sequence, int t)
    {
        var shape = new Shape(sequence.Shape.Dimensions.RemoveAt(0));
        Node element = sequence.Operator is Concat { Axis: 0 } && sequence.Inputs.All(part => part.Shape[0] == Dimension.One)
            ? sequence.Inputs[t] : graph.Slice(sequence, 0, t, 1);
        return element.Operator is Reshape && element.Inputs[0].Shape == shape ? element.Inputs[0] : graph.Reshape(element, shape);
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) =>
        inputs[CarriedCount].Shape[0] * Body.Graph.Nodes.Aggregate(
            Dimension.Zero, (sum, node) => sum + node.Operator.CountFlops([.. node.Inputs.Select(input => input.Type)], node.Type));

    private void RequireSame(TensorType expected, TensorType actual, string what)
    {
        if (expected.Element != actual.Element)
            throw new ShapeException($"{Name} needs {expected.Element} elements for {what}, but {actual.Shape} has {actual.Element} ones");
        actual.RequireShape(Name, what, expected.Shape);
    }
}
