using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// The gradient of <see cref="TakeAlong"/>: (ids Int32, values) → y, zero but for y[…, ids[…, k, …], …] += values[…, k, …], added in the order of k.
/// </summary>
/// <param name="Axis">The axis.</param>
/// <param name="Size">The result's size along it.</param>
/// <remarks>Gradient: the elements of G by the same ids.</remarks>
public sealed record AddAlong(int Axis, long Size) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"axis {Axis} of {Size}";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 2);
        inputs[1].RequireFloat(Name, "the values");
        inputs[1].RequireConstant(Name, Axis);
        TakeAlong.RequireIds(Name, inputs[0], inputs[1].Shape, Axis);
        if (inputs[0].Shape[Axis] != inputs[1].Shape[Axis])
            throw new ShapeException($"{Name}: the ids {inputs[0].Shape} don't fit the values {inputs[1].Shape}: dimension {Axis} differs");
        return inputs[1] with { Shape = inputs[1].Shape.With(Axis, Size) };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) =>
        [null, graph.Add(new TakeAlong(Axis), gradient, node.Inputs[0])];

    /// <inheritdoc/>
    public override long IndexLimit(IReadOnlyList<TensorType> inputs, int input) => input == 0 ? Size : 0;

    /// <inheritdoc/>
    public override Dimension CountFlops(IReadOnlyList<TensorType> inputs, TensorType result) => inputs[1].Shape.ElementCount;
}
