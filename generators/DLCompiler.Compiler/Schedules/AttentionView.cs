using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// Where an operand of attention, [N, T, H, D], lies in memory: heads and thirds of a projection's rows, in whatever order, are read where the projection
/// stored them. A row's elements are neighbours, and the distance between rows is known at compile time.
/// </summary>
/// <param name="Buffer">The memory.</param>
/// <param name="Offset">Its element that is the operand's first.</param>
/// <param name="Strides">Elements between neighbours on each axis.</param>
public sealed record AttentionView(Buffer Buffer, Dimension Offset, EquatableArray<Dimension> Strides)
{
    /// <summary>The distance between the rows of a head.</summary>
    public long RowStride => Strides[1].Value;

    /// <summary>The operand as it is stored, or as a view of what is.</summary>
    public static AttentionView Of(SchedulingContext context, Node node)
    {
        if (context.BuffersOf(node).Count > 0)
        {
            Buffer rows = context.InRows(node);
            return new AttentionView(rows, Dimension.Zero, rows.Strides.ToEquatableArray());
        }

        AttentionView source = Of(context, node.Inputs[0]);
        return node.Operator switch
        {
            Slice slice => source.Walk(slice.Axis, slice.Start, slice.Step),

            // From the last one on: the last query is the first one of these.
            Flip flip => source.Walk(flip.Axis, node.Shape[flip.Axis] - 1, -1),
            _ => source with { Strides = ((Permute)node.Operator).Axes.Select(axis => source.Strides[axis]).ToEquatableArray() },
        };
    }

    private AttentionView Walk(int along, Dimension start, long step) => new(Buffer, Offset + (Strides[along] * start),
        Strides.Select((stride, axis) => axis == along ? stride * step : stride).ToEquatableArray());

    /// <summary>The same rows from a head on.</summary>
    public AttentionView FromHead(int head) => this with { Offset = Offset + (Strides[2] * head) };
}
