using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// Repeats a tensor along axes: input axis i becomes axis <c>Axes[i]</c> of the result and has its size, or size 1 and is repeated; the other axes of the
/// result are new.
/// </summary>
/// <param name="Result">The result's shape.</param>
/// <param name="Axes">For each input axis, its place in the result; ascending.</param>
/// <remarks>Gradient: the sum over the new and repeated axes.</remarks>
public sealed record Broadcast(Shape Result, EquatableArray<int> Axes) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"axes {Axes}";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        Shape shape = inputs[0].Shape;
        if (shape.Rank > Result.Rank) throw new ShapeException($"can't broadcast {shape} to {Result}: {shape.Rank} dimensions don't fit into {Result.Rank}");
        if (Axes.Count != shape.Rank)
            throw new ShapeException($"can't broadcast {shape} to {Result}: {Axes.Count} places are given for {shape.Rank} dimensions");
        new TensorType(inputs[0].Element, Result).RequireAscendingAxes(Name, Axes);
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] != Result[Axes[axis]] && shape[axis] != Dimension.One)
                throw new ShapeException(
                    $"can't broadcast {shape} to {Result}: dimension {axis} is {shape[axis]}, and dimension {Axes[axis]} of the result is {Result[Axes[axis]]}");
        }

        return new TensorType(inputs[0].Element, Result);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient)
    {
        Shape shape = node.Inputs[0].Shape;
        EquatableArray<int> repeated = Enumerable.Range(0, Result.Rank).Where(axis => IsRepeated(shape, axis)).ToEquatableArray();
        Node sum = repeated.Count == 0 ? gradient : graph.Add(new Reduce(ReduceKind.Sum, repeated), gradient);
        return [graph.Reshape(sum, shape)];
    }

    private bool IsRepeated(Shape input, int resultAxis)
    {
        int axis = Axes.Items.IndexOf(resultAxis);
        return axis < 0 || input[axis] != Result[resultAxis];
    }
}
