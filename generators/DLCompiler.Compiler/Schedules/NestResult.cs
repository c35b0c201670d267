using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>A value that an elementwise kernel computes, and where it goes.</summary>
/// <param name="Node">The value.</param>
/// <param name="Destination">The memory.</param>
/// <param name="Indices">Where in the memory an element goes; null for the same place.</param>
public sealed record NestResult(Node Node, Buffer Destination, EquatableArray<Affine>? Indices = null)
{
    /// <summary>How far each sample's elements lie behind those places: as many times so many elements as a number of its own, of a buffer [N].</summary>
    public (Buffer Numbers, long Elements)? Behind { get; init; }

    /// <summary>A value that is part of a larger one.</summary>
    public static NestResult Part(Node part, Buffer destination, int axis, Dimension start)
    {
        int axes = part.Shape.Rank;
        return new NestResult(part, destination, AffineMap.Identity(axes)
            .Select((index, position) => position == axis ? index + Affine.Fixed(start, axes) : index).ToEquatableArray());
    }

    /// <summary>Where the elements go.</summary>
    public EquatableArray<Affine> At(int axes) => Indices ?? AffineMap.Identity(axes);

    /// <summary>Whether workers share the elements by samples.</summary>
    public bool IsBySample(bool flat) => Destination.IsBatch
        && (flat || (Node.Shape[0] == Destination.Shape[0] && (Indices is null || Indices.Value[0].IsCoordinate(0))));
}
