using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>Zeroes the storage behind a tensor of constant size: what follows reads whole vectors, and an optimizer updates whole blocks.</summary>
public static class StoragePadding
{
    /// <summary>Adds the zeroing to a kernel, for the worker with the first share.</summary>
    public static void Emit(KernelBuilder kernel, SampleRange range, Value reference, long elements)
    {
        long padded = Buffer.PaddedRow(elements);
        if (padded > elements)
            kernel.If(range.First, "==", 0, () => kernel.For("pad", elements, padded, 1, pad =>
                kernel.Store(reference, pad, new Value.Literal(0, ValueKind.Real))));
    }
}
