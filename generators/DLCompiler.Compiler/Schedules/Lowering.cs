using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Rewrites the operators that have no schedule of their own into those that have.</summary>
public static class Lowering
{
    /// <summary>The results in a graph whose operators all have a schedule.</summary>
    /// <param name="graph">Where new nodes are made.</param>
    /// <param name="results">What is computed.</param>
    /// <param name="kind">What for: predictions fold normalisations into convolutions.</param>
    public static IReadOnlyList<Node> Lower(GraphBuilder graph, IReadOnlyList<Node> results, FunctionKind kind)
    {
        var lowered = new Dictionary<Node, Node>();
        ILookup<Node, Node> users = Fusion.FusionPlan.Reachable(results).SelectMany(node => node.Inputs.Select(input => (Input: input, User: node)))
            .ToLookup(pair => pair.Input, pair => pair.User);
        return [.. results.Select(Visit)];

        Node Visit(Node node)
        {
            if (lowered.TryGetValue(node, out Node? known)) return known;
            Node result = node;

            // What an attention's other results are made of are its operands, so it is taken apart as it stands.
            if (!AttentionProblem.Applies(node)) return lowered[node] = Visit(node.Operator.Decompose(graph, node)!);
            if (node.Inputs.Count > 0)
            {
                IReadOnlyList<Node> inputs = [.. node.Inputs.Select(Visit)];
                string? label = graph.Label;
                graph.Label = node.Label;
                result = inputs.SequenceEqual(node.Inputs) ? node : graph.Add(node.Operator, inputs);
                Node? other = result.Operator switch
                {
                    StopGradient or Recompute => result.Inputs[0],
                    BatchNormalize => (kind == FunctionKind.Predict && IsOnlyUse(node) ? NormalizationFolding.Fold(graph, result) : null)
                        ?? result.Operator.Decompose(graph, result),
                    Reduce reduce => SplitFullReduction(graph, result, reduce),
                    Softmax or SoftmaxGradient or SoftmaxCrossEntropy or SoftmaxCrossEntropyGradient when !result.Inputs[0].Shape[result.Inputs[0].Shape.Rank - 1].IsConstant =>
                        result.Operator.Decompose(graph, result),
                    Loop loop => LowerBody(graph, result, loop, kind),
                    _ when BatchSplitting.Applies(result) => BatchSplitting.Split(graph, result),
                    _ => null,
                };
                if (other is not null) result = Visit(other);
                graph.Label = label;
            }

            lowered[node] = result;
            return result;
        }

        // A convolution that something else reads too would have to be computed twice.
        bool IsOnlyUse(Node normalization)
        {
            Node input = normalization.Inputs[0];
            return users[input].Count() == 1 && !results.Contains(input)
                && (input.Operator is not Map || input.Inputs.All(operand => users[operand].Count() == 1 && !results.Contains(operand)));
        }
    }

    // All results of a loop get the same body.
    private static Node? LowerBody(GraphBuilder graph, Node node, Loop loop, FunctionKind kind)
    {
        var inner = new GraphBuilder();
        Node[] parameters = [.. loop.Body.Parameters.Select(parameter => inner.Add(parameter.Operator))];
        var body = new SubGraph(parameters, Lower(inner, loop.Body.Inline(inner, parameters), kind));
        return body.Equals(loop.Body) ? null : graph.Add(loop with { Body = body }, node.Inputs);
    }

    // A number for all samples is summed per sample first, which the workers share, and then over the samples.
    private static Node? SplitFullReduction(GraphBuilder graph, Node node, Reduce reduce)
    {
        Node operand = node.Inputs[0];
        if (node.Shape.Rank > 0 || operand.Shape.Rank < 2 || operand.Shape[0].IsConstant) return null;
        Node perSample = graph.Add(new Reduce(reduce.Kind, Enumerable.Range(1, operand.Shape.Rank - 1).ToEquatableArray()), operand);
        return graph.Add(new Reduce(reduce.Kind, [0]), perSample);
    }
}
