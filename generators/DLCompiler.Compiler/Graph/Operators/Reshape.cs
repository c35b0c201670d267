using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>The same elements in row-major order under another shape.</summary>
/// <param name="Result">The result's shape: as many elements.</param>
/// <remarks>Gradient: reshaped back.</remarks>
public sealed record Reshape(Shape Result) : Operator
{
    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        if (inputs[0].Shape.ElementCount != Result.ElementCount)
            throw new ShapeException($"can't reshape {inputs[0].Shape} to {Result}: {inputs[0].Shape.ElementCount} elements are not {Result.ElementCount}");
        return new TensorType(inputs[0].Element, Result);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => [graph.Reshape(gradient, node.Inputs[0].Shape)];
}
