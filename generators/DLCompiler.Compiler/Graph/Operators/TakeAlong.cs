using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// Elements along one axis by number: (x, ids Int32) → y with y[…, k, …] = x[…, ids[…, k, …], …]. The axes of the ids before the axis are those of x, or all
/// 1 where all share the ids; so are those after it, where whole rows are taken. An id outside of the axis is an error of the caller.
/// </summary>
/// <param name="Axis">The axis, whose size is known at compile time.</param>
/// <remarks>Gradient: <see cref="AddAlong"/> for x.</remarks>
public sealed record TakeAlong(int Axis) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"axis {Axis}";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 2);
        inputs[0].RequireConstant(Name, Axis);
        RequireIds(Name, inputs[1], inputs[0].Shape, Axis);
        return inputs[0] with { Shape = inputs[0].Shape.With(Axis, inputs[1].Shape[Axis]) };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        long size = node.Inputs[0].Shape[Axis].Value;
        return [node.Type.Element.IsFloat() ? graph.Add(new AddAlong(Axis, size), node.Inputs[1], gradient) : null, null];
    }

    /// <inheritdoc/>
    public override long IndexLimit(IReadOnlyList<TensorType> inputs, int input) => input == 1 ? inputs[0].Shape[Axis].Value : 0;

    /// <summary>Checks ids against the shape of what they count in.</summary>
    internal static void RequireIds(string name, TensorType ids, Shape shape, int axis)
    {
        ids.RequireIndex(name, "the ids");
        ids.RequireRank(name, "the ids", shape.Rank);
        ids.RequireConstant(name, axis);
        foreach (IEnumerable<int> side in new[] { Enumerable.Range(0, axis), Enumerable.Range(axis + 1, shape.Rank - axis - 1) })
        {
            if (side.All(other => ids.Shape[other] == shape[other]) || side.All(other => ids.Shape[other] == Dimension.One)) continue;
            throw new ShapeException($"{name}: the ids {ids.Shape} don't fit {shape}: on each side of dimension {axis} their sizes are equal, or all 1");
        }
    }
}
