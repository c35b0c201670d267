using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// Folds a normalisation with running statistics into the convolution before it: γ·(x∗W + b − mean)/√(variance + ε) + β is a convolution with weights W·s
/// and the bias (b − mean)·s + β, s = γ/√(variance + ε). All of that depends on parameters and states alone, so predictions find it prepared.
/// </summary>
public static class NormalizationFolding
{
    /// <summary>The folded convolution; null where there is none to fold into.</summary>
    /// <param name="graph">Where the new nodes are made.</param>
    /// <param name="node">The normalisation, of a prediction.</param>
    public static Node? Fold(GraphBuilder graph, Node node)
    {
        if (node.Operator is not BatchNormalize normalize || !node.Inputs.Skip(1).All(IsConstant)) return null;
        (Node input, Node gamma, Node beta, Node mean, Node variance) = (node.Inputs[0], node.Inputs[1], node.Inputs[2], node.Inputs[3], node.Inputs[4]);
        (Node convolution, Node? bias) = input.Operator is Map && Bias(input) is { } found ? (input.Inputs[0], found) : (input, null);
        if (convolution.Operator is not Convolve || !IsConstant(convolution.Inputs[1])) return null;

        ScalarExpression a = new ScalarExpression.Input(0), b = new ScalarExpression.Input(1), c = new ScalarExpression.Input(2);
        Node scale = graph.Map(a / new ScalarExpression.Unary(UnaryFunction.Sqrt, b + normalize.Epsilon), gamma, variance);
        Node centre = bias is null ? graph.Map(-a, mean) : graph.Map(a - b, bias, mean);
        Node shift = graph.Map((a * b) + c, centre, scale, beta);
        Node weights = convolution.Inputs[1];

        // For the reader the convolution stays what it was.
        string? label = graph.Label;
        graph.Label = convolution.Label is null ? null : convolution.Label + ".folded";
        Node scaled = graph.Multiply(weights, graph.BroadcastAlong(scale, weights.Shape, [0]));
        graph.Label = convolution.Label;
        Node folded = graph.Add(convolution.Operator, [convolution.Inputs[0], scaled]);
        graph.Label = label;
        return graph.Add(folded, graph.BroadcastAlong(shift, node.Shape, [1]));
    }

    // What is added to each channel.
    private static Node? Bias(Node sum) => sum.Operator is Map { Expression: ScalarExpression.Binary { Function: BinaryFunction.Add } added }
        && added is { Left: ScalarExpression.Input { Index: 0 }, Right: ScalarExpression.Input { Index: 1 } }
        && sum.Inputs[1].Operator is Broadcast broadcast && broadcast.Axes.SequenceEqual([1]) && IsConstant(sum.Inputs[1].Inputs[0])
        ? sum.Inputs[1].Inputs[0] : null;

    private static bool IsConstant(Node node) => node.Operator is Parameter or State or Constant
        || (node.Operator is Map or Broadcast or Reshape && node.Inputs.All(IsConstant));
}
