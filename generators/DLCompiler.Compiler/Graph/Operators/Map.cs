using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// Applies a scalar function to the elements at equal positions: y[i] = f(x₀[i], x₁[i], …). The inputs have exactly equal shapes (broadcasts are explicit)
/// and any element types; bytes, integers and truth values enter the expression as numbers.
/// </summary>
/// <param name="Expression">The function; <see cref="ScalarExpression.Input"/> number i is the element of input i.</param>
/// <param name="Element">The type of the result's elements.</param>
/// <remarks>
/// Gradient: ∂f/∂xᵢ by symbolic differentiation, times the result's gradient, as another map. Where the outermost function's derivative follows from its
/// value (exp, sqrt, tanh, sigmoid, relu, leaky relu), the result is used instead of the inputs, so that those need not be kept.
/// </remarks>
public sealed record Map(ScalarExpression Expression, ElementType Element) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Expression.ToString();

    /// <summary>Whether it adds its two operands, and nothing else.</summary>
    public bool IsSum => Expression is ScalarExpression.Binary
    {
        Function: BinaryFunction.Add, Left: ScalarExpression.Input { Index: 0 }, Right: ScalarExpression.Input { Index: 1 },
    };

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        if (inputs.Count == 0) throw new ShapeException("Map takes at least one operand");
        for (int i = 1; i < inputs.Count; i++) inputs[i].RequireShape(Name, $"operand {i}", inputs[0].Shape);
        return new TensorType(Element, inputs[0].Shape);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        var gradients = new Node?[node.Inputs.Count];
        if (!Element.IsFloat()) return gradients;

        // In the gradient's expression the inputs keep their numbers; the result and its gradient come after them.
        int result = node.Inputs.Count;
        Node[] operands = [.. node.Inputs, node, gradient];
        for (int i = 0; i < gradients.Length; i++)
        {
            if (!node.Inputs[i].Type.Element.IsFloat()) continue;
            ScalarExpression? derivative = ScalarDerivative.OfResult(Expression, i, new ScalarExpression.Input(result), new ScalarExpression.Input(result + 1));
            if (derivative is not null) gradients[i] = graph.Map(derivative, node.Inputs[i].Type.Element, operands);
        }

        return gradients;
    }

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) =>
        result.Shape.ElementCount * ScalarInspection.CountOperations(Expression);
}
