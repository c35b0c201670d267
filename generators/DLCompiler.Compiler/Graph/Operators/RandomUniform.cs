using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph.Operators;

/// <summary>
/// Uniform random numbers in [0, 1): Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011) of seed, stream, iteration and
/// element index, so that an element has the same value wherever and however often it is computed.
/// </summary>
/// <param name="Shape">The result's shape.</param>
/// <param name="Stream">Tells the random tensors of a model apart; equal streams of one shape are the same tensor.</param>
public sealed record RandomUniform(Shape Shape, int Stream) : Operator
{
    /// <inheritdoc/>
    public override string Attributes => $"stream {Stream}";

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        inputs.RequireCount(Name, 0);
        return new TensorType(ElementType.Float32, Shape);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Node node, Node gradient) => Array.Empty<Node?>();
}
