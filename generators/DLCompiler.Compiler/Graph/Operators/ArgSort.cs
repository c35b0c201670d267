using System.Collections.Generic;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// The positions of the first <paramref name="Count"/> elements along one axis in the order of their values: x → Int32. Equal elements keep their order; NaN
/// counts as the largest.
/// </summary>
/// <param name="Axis">The axis, whose size is known at compile time.</param>
/// <param name="Descending">The largest come first.</param>
/// <param name="Count">How many.</param>
public sealed record ArgSort(int Axis, bool Descending, int Count) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"axis {Axis}, the {(Descending ? "largest" : "smallest")} {Count}";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        long size = inputs[0].RequireConstant(Name, Axis);
        if (Count < 1 || Count > size)
            throw new ShapeException($"can't take the first {Count} elements of dimension {Axis} of {inputs[0].Shape} in order: its size is {size}");
        return new TensorType(ElementType.Int32, inputs[0].Shape.With(Axis, Count));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => new Node?[1];
}
