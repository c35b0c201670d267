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
        Buffer result = Allocate(context, node, axis);
        if (node.Shape.IsConstant && node.Shape.ElementCount.Value % 16 != 0) LoopNest.EmitZero(context, result);
        Dimension start = Dimension.Zero;
        foreach (Node part in node.Inputs)
        {
            LoopNest.EmitPart(context, part, result, axis, start);
            start += part.Shape[axis];
        }
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
    private static bool JoinsBlocks(SchedulingContext context, Node node, int axis) => context.SideBySide == SideBySide.Samples
        || (node.Inputs.All(input => Buffer.IsBatchShape(input.Shape))
            && (axis > 1 || (node.Operator is Concat
                && node.Inputs.Take(node.Inputs.Count - 1).All(input => input.Shape[1].Value % Target.BlockSamples == 0))));
}
