using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Loops;

/// <summary>
/// A product of a sequence's element with what is the same at each step doesn't wait for the step before: it is computed for all steps before the loop, as one
/// product with as many rows as all steps have. The input product of a recurrent cell is one.
/// </summary>
internal static class LoopInputs
{
    /// <summary>The results with such products before their loops.</summary>
    public static IReadOnlyList<Node> Apply(GraphBuilder graph, IReadOnlyList<Node> results) =>
        LoopPass.Run(graph, results, (group, inputs) => Rewrite(graph, group, inputs));

    private static Func<int, Node>? Rewrite(GraphBuilder graph, LoopGroup group, IReadOnlyList<Node> inputs)
    {
        // What is repeated has other weights at each step.
        if (group.Loop is Repeat) return null;
        SubGraph body = group.Loop.Body;
        Node[] sequences = [.. body.Parameters.Skip(group.Loop.CarriedCount).Take(group.Loop.SequenceCount)];
        Node[] shared = [.. body.Parameters.Skip(group.SharedStart)];
        Node[] products = [.. body.Graph.Nodes.Where(node => node.Operator is Contract { TransposeLeft: false } && node.Shape.Rank == 2
            && sequences.Contains(node.Inputs[0]) && shared.Contains(node.Inputs[1]))];
        if (products.Length == 0) return null;

        return LoopPass.WithGiven(graph, group, inputs, [.. products.Select(product => (product, All(product)))], "product");

        // Of all steps.
        Node All(Node product)
        {
            Node left = inputs[Place(product.Inputs[0])], right = inputs[Place(product.Inputs[1])];
            Node rows = graph.Add(product.Operator, LoopPass.Rows(graph, left), right);
            return graph.Reshape(rows, new Shape(left.Shape[0], left.Shape[1], rows.Shape[1]));
        }

        int Place(Node parameter) => body.Parameters.TakeWhile(node => node != parameter).Count();
    }
}
