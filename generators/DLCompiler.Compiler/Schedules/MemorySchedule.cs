using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Schedules;

/// <summary>The schedule of what grows in a generation's memory: new steps are written behind the old ones, and all of them are read where they lie.</summary>
internal static class MemorySchedule
{
    /// <summary>Emits the copy of the new steps, and registers the view of all.</summary>
    public static void Emit(SchedulingContext context, Node node)
    {
        Buffer memory = context.InRows(node.Inputs[0]);
        LoopNest.EmitPart(context, node.Inputs[1], memory, 1, context.InRows(node.Inputs[2]));
        context.Register(node, new Buffer(context.Unique(memory.Name + "_steps"), memory.Space, memory.Element, node.Shape, Layout.RowMajor)
        {
            Slot = memory.Slot, Offset = memory.Offset, ViewOf = memory, Whole = memory.Shape, BlockSamples = memory.BlockSamples,
        });
    }
}
