using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Reshapes: another view of the same memory wherever the layout allows, else a copy.</summary>
public static class Reshaping
{
    /// <summary>Registers the view, or emits the copy.</summary>
    public static void Emit(SchedulingContext context, Node node)
    {
        Node operand = node.Inputs[0];
        Buffer source = context.BuffersOf(operand)[0];
        bool sameSamples = node.Shape.Rank > 0 && operand.Shape.Rank > 0 && node.Shape[0] == operand.Shape[0] && source.IsBatch;
        if (source.Layout == Layout.Lanes && sameSamples && node.Shape.Rank > 1)
        {
            context.Register(node, View(context, node, source, Layout.Lanes));
            return;
        }

        if (source.Layout == Layout.Channels && sameSamples && node.Shape.Rank > 1 && node.Shape[1] == operand.Shape[1])
        {
            context.Register(node, View(context, node, source, Layout.Channels));
            return;
        }

        Layout wanted = SchedulingContext.RowLayout(node);
        Buffer rows = context.InRows(operand);
        bool sourceDense = rows.Layout == Layout.RowMajor || rows.Shape[1].Value % 16 == 0;
        bool targetDense = wanted == Layout.RowMajor || node.Shape[1].Value % 16 == 0;
        if (sourceDense && targetDense)
        {
            context.Register(node, View(context, node, rows, wanted));
            return;
        }

        Buffer dense = sourceDense ? rows : context.InLayout(operand, Layout.RowMajor);
        context.Register(node, View(context, node, dense, Layout.RowMajor));
    }

    private static Buffer View(SchedulingContext context, Node node, Buffer source, Layout layout) =>
        source.View(context.Unique(context.NameOf(node) + "_view"), node.Shape, layout);
}
