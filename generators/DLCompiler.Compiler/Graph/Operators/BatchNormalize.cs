using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// Normalisation per channel (Ioffe and Szegedy, "Batch normalization", 2015): (x [N, C, …], γ [C], β [C], mean [C], variance [C]) →
/// γ·(x − mean)/√(variance + ε) + β, channels on axis 1.
/// </summary>
/// <param name="Epsilon">What is added to the variance.</param>
/// <remarks>
/// Gradient for x, with x̂ the normalised input, r = 1/√(variance + ε) and M elements per channel: γ·r/M·(M·dy − Σdy − x̂·Σ(dy·x̂)). That is the whole
/// gradient: mean and biased variance are those of x, so none flows to them separately. Σ(dy·x̂) for γ, Σdy for β. It consists of maps, reductions and
/// broadcasts of x, mean and variance, so it can be differentiated again.
/// </remarks>
public sealed record BatchNormalize(double Epsilon) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => "epsilon " + Epsilon.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 5);
        inputs[0].RequireFloat(Name, "the input");
        if (inputs[0].Shape.Rank < 2) throw new ShapeException($"BatchNormalize: the input {inputs[0].Shape} has no channels (dimension 1)");
        string[] names = ["gamma", "beta", "the mean", "the variance"];
        for (int i = 0; i < names.Length; i++)
        {
            Operands.RequireSameElement(inputs[0], inputs[i + 1], Name);
            inputs[i + 1].RequireShape(Name, names[i], new Shape(inputs[0].Shape[1]));
        }

        return inputs[0];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        (Node input, Node gamma, Node mean, Node variance) = (node.Inputs[0], node.Inputs[1], node.Inputs[3], node.Inputs[4]);
        EquatableArray<int> axes = Operands.Except(input.Shape.Rank, [1]);
        ScalarExpression count = ScalarExpression.Of(axes.Aggregate(Dimension.One, (product, axis) => product * input.Shape[axis]));
        Node Spread(Node channels) => graph.BroadcastAlong(channels, input.Shape, [1]);

        ScalarExpression a = new ScalarExpression.Input(0), b = new ScalarExpression.Input(1), c = new ScalarExpression.Input(2);
        Node inverse = graph.Map(1 / new ScalarExpression.Unary(UnaryFunction.Sqrt, a + Epsilon), variance);
        Node normalized = graph.Map((a - b) * c, input, Spread(mean), Spread(inverse));
        Node sum = graph.ReduceSum(gradient, axes);
        Node weighted = graph.ReduceSum(graph.Multiply(gradient, normalized), axes);
        Node meanGradient = graph.Map(a / count, sum);
        Node meanWeighted = graph.Map(a / count, weighted);
        ScalarExpression d = new ScalarExpression.Input(3), e = new ScalarExpression.Input(4);
        Node inputGradient = graph.Map(
            (a - b - (c * d)) * e,
            gradient,
            Spread(meanGradient),
            normalized,
            Spread(meanWeighted),
            Spread(graph.Multiply(gamma, inverse)));
        return [inputGradient, weighted, sum, null, null];
    }

    /// <inheritdoc/>
    public override Node? Decompose(GraphBuilder graph, Node node)
    {
        IReadOnlyList<Node> inputs = node.Inputs;
        ScalarExpression a = new ScalarExpression.Input(0), b = new ScalarExpression.Input(1);
        Node scale = graph.Map(a / new ScalarExpression.Unary(UnaryFunction.Sqrt, b + Epsilon), inputs[1], inputs[4]);
        Node Spread(Node channels) => graph.BroadcastAlong(channels, inputs[0].Shape, [1]);
        Node centred = graph.Subtract(inputs[0], Spread(inputs[3]));
        return graph.Add(graph.Multiply(centred, Spread(scale)), Spread(inputs[2]));
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => 2 * result.Shape.ElementCount;
}
