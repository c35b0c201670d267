using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>The schedules of concatenation and padding: each operand is copied (or computed) into its part of the result.</summary>
public static class Joining
{
    /// <summary>Emits a concatenation.</summary>
    public static void EmitConcat(SchedulingContext context, Node node)
    {
        int axis = ((Concat)node.Operator).Axis;
        bool begun = context.Joined.TryGetValue(node, out (Buffer Buffer, HashSet<Node> Parts) joined);
        if (begun) context.Register(node, joined.Buffer);
        Buffer result = begun ? joined.Buffer : Allocate(context, node, axis);
        if (node.Shape.IsConstant && node.Shape.ElementCount.Value % 16 != 0) LoopNest.EmitZero(context, result);
        Dimension start = Dimension.Zero;
        foreach (Node part in node.Inputs)
        {
            if (!begun || !joined.Parts.Contains(part)) LoopNest.EmitPart(context, part, result, axis, start);
            start += part.Shape[axis];
        }
    }

    /// <summary>Where an elementwise value stands in the concatenation that alone uses it, so that it is computed there; null where there is none.</summary>
    public static NestResult? PlaceOf(SchedulingContext context, Node node)
    {
        IReadOnlyList<Node> users = context.Fusion.UsersOf(node);
        if (context.Fusion.IsResult(node) || users.Count != 1 || users[0] is not { Operator: Concat concat } join) return null;
        if (join.Shape.IsConstant || concat.Axis == 0 || join.Inputs.Count(input => input == node) != 1 || join.Inputs.Any(context.IsBlocked)) return null;
        if (!context.Joined.TryGetValue(join, out (Buffer Buffer, HashSet<Node> Parts) joined))
        {
            Buffer buffer = context.HomeOf(join, Layout.RowMajor)
                ?? context.NewBuffer(context.Unique(context.NameOf(join)), join.Type.Element, join.Shape, Layout.RowMajor);
            context.Joined[join] = joined = (buffer, []);
        }

        joined.Parts.Add(node);
        Dimension start = join.Inputs.TakeWhile(input => input != node).Aggregate(Dimension.Zero, (sum, input) => sum + input.Shape[concat.Axis]);
        return NestResult.Part(node, joined.Buffer, concat.Axis, start);
    }

    /// <summary>Emits a padding with zeros.</summary>
    public static void EmitPad(SchedulingContext context, Node node)
    {
        var pad = (Pad)node.Operator;
        Buffer result = Allocate(context, node, pad.Axis);
        LoopNest.EmitZero(context, result);
        LoopNest.EmitPart(context, node.Inputs[0], result, pad.Axis, pad.Before);
    }

    private static Buffer Allocate(SchedulingContext context, Node node, int axis) =>
        context.Allocate(node, axis > 0 && node.Inputs.Any(context.IsBlocked) && JoinsBlocks(context, node, axis) ? context.BlockedLayout : Layout.RowMajor);

    // Channels are joined in whole blocks, or with the last one in part.
    private static bool JoinsBlocks(SchedulingContext context, Node node, int axis) => context.SideBySide != SideBySide.Channels
        || (node.Inputs.All(input => Buffer.IsBatchShape(input.Shape))
            && (axis > 1 || (node.Operator is Concat
                && node.Inputs.Take(node.Inputs.Count - 1).All(input => input.Shape[1].Value % Target.BlockSamples == 0))));
}
