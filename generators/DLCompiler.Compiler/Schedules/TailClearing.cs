using System.Linq;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Zeroes the lanes beyond the batch in the last block: sums over samples then need no masks.</summary>
public static class TailClearing
{
    /// <summary>Adds the clearing to the end of a kernel that wrote its share of blocks. The kernel must have the batch size as a parameter.</summary>
    public static void Emit(ElementEmitter emitter, Buffer buffer, Value reference, SampleRange range)
    {
        KernelBuilder kernel = emitter.Kernel;
        Value batch = emitter.Size(Dimension.Symbol(Buffer.BatchSymbol));
        kernel.If(range.Last * Target.BlockSamples, ">", batch, () =>
            kernel.If(range.Last, ">", range.First, () =>
                kernel.Add(new KernelStatement.Primitive("Lanes.ClearTail",
                [
                    new Value.Shifted(reference, (range.Last - 1L) * (buffer.ElementsPerSample * Target.BlockSamples)),
                    buffer.ElementsPerSample,
                    new Value.ToInt32(batch - ((range.Last - 1L) * Target.BlockSamples)),
                ]))));
    }
}
