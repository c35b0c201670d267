using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// A cache of steps that grows: (memory [N, most, …], values [N, T, …], starts Int32 [N]) → [N, Before + T, …], each sample's steps of the calls before, so
/// many
/// as its start, with those of this one after them, which the memory then holds. What stands after them is anything.
/// </summary>
/// <param name="Before">The largest of the starts.</param>
/// <remarks>Gradient: none; only predictions remember.</remarks>
public sealed record Append(Dimension Before) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"after up to {Before} steps";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 3);
        Operands.RequireSameElement(inputs[0], inputs[1], Name);
        inputs[0].RequireConstant(Name, 1);
        inputs[1].RequireShape(Name, "the values", inputs[0].Shape.With(1, inputs[1].Shape[1]));
        inputs[2].RequireIndex(Name, "the starts");
        inputs[2].RequireShape(Name, "the starts", new Shape(inputs[0].Shape[0]));
        return inputs[0] with { Shape = inputs[0].Shape.With(1, Before + inputs[1].Shape[1]) };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => [null, null, null];
}
