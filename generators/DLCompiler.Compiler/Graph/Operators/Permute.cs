using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>Reorders axes: axis i of the result is axis <c>Axes[i]</c> of the input.</summary>
/// <param name="Axes">Each input axis once.</param>
/// <remarks>Gradient: the inverse permutation.</remarks>
public sealed record Permute(EquatableArray<int> Axes) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => Axes.ToString();

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 1);
        Shape shape = inputs[0].Shape;
        if (!Axes.OrderBy(axis => axis).SequenceEqual(Enumerable.Range(0, shape.Rank)))
            throw new ShapeException($"can't permute {shape} by {Axes}: each of its {shape.Rank} dimensions is needed once");
        return new TensorType(inputs[0].Element, new Shape(Axes.Select(axis => shape[axis])));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) =>
        [graph.Permute(gradient, Enumerable.Range(0, Axes.Count).Select(axis => Axes.Items.IndexOf(axis)).ToEquatableArray())];
}
