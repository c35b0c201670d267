using System;

namespace DLCompiler.Runtime;

/// <summary>
/// What one run of a function needs beside the model's blocks: its frame, arena and scratch, grown when a larger batch comes and never shrunk. One run at a
/// time
/// uses it.
/// </summary>
internal sealed class RunContext(FunctionVariant variant, ModelStorage storage, bool flushDenormals, bool poison) : WorkerJob
{
    private readonly CompiledFunction function = variant.Function;
    private StepFrame? frame;
    private NativeBlock? arena;
    private NativeBlock? scratch;
    private int capacityWorkers;
    private int preparedBatch = -1;

    /// <summary>What it runs.</summary>
    public FunctionVariant Variant => variant;

    /// <summary>What the function computed ahead of this run; null where it has nothing of the kind, and between runs.</summary>
    public PreparedBlock? Prepared { get; set; }

    /// <summary>The next in the stack of contexts that wait for use.</summary>
    public RunContext? Next { get; set; }

    /// <summary>The frame for a run of <paramref name="batch"/> samples by up to <paramref name="workers"/> workers.</summary>
    public StepFrame PrepareFrame(int batch, int workers)
    {
        // A frame's barrier counts arrivals per worker, so a frame serves one number of workers for ever, or a single one, for which there is nothing to count.
        if (frame is null || (workers > 1 && workers != capacityWorkers))
        {
            frame = new StepFrame(FunctionCall.MaximumInputs, FunctionCall.MaximumOutputs, workers);
            capacityWorkers = workers;
            preparedBatch = -1;
        }

        if (batch != preparedBatch) TakeMemory(batch);
        if (poison)
        {
            arena!.Fill(0xFF);
            scratch!.Fill(0xFF);
        }

        if (Prepared is { } values) frame.SetPrepared(values.Memory.Address);
        frame.Batch = batch;
        return frame;
    }

    /// <summary>Runs the prepared frame.</summary>
    public void Run(WorkerPool? pool)
    {
        if (pool is not null)
        {
            pool.Run(this);
            return;
        }

        Prepare(1);
        Execute(0);
    }

    protected internal override void Prepare(int workers) => frame!.Workers = workers;

    protected internal override void Execute(int worker)
    {
        if (!flushDenormals)
        {
            function.Run(frame!, worker);
            return;
        }

        Denormals.Flush(out var saved);
        try
        {
            function.Run(frame!, worker);
        }
        finally
        {
            Denormals.Restore(ref saved);
        }
    }

    protected internal override void Abort() => frame!.Abort();

    /// <summary>After a run that threw: its frame may be in the middle of a barrier, so the next run gets a new one.</summary>
    public void DropFrame() => frame = null;

    private void TakeMemory(int batch)
    {
        try
        {
            PrepareMemory(batch);
        }
        catch (Exception exception) when (exception is OutOfMemoryException or OverflowException)
        {
            throw new InsufficientMemoryException(
                FormattableString.Invariant($"'{storage.ModelName}' has no memory for {batch} samples at a time. Pass fewer, or set a smaller BatchSize. ") +
                exception.Message, exception);
        }
    }

    private void PrepareMemory(int batch)
    {
        Grow(ref arena, function.ArenaBytes(batch));
        // Each worker's part starts on cache lines of its own.
        long part = checked(function.ScratchBytes(batch) + 255) / 256 * 256;
        Grow(ref scratch, checked(part * capacityWorkers));
        frame!.SetArena(arena!.Address);
        for (int worker = 0; worker < capacityWorkers; worker++) frame.SetScratch(worker, (nint)(scratch!.Address + part * worker));
        preparedBatch = batch;
    }

    private void Grow(ref NativeBlock? block, long bytes)
    {
        if (block is not null && block.Bytes >= bytes) return;
        if (block is not null) storage.Free(block);
        block = null;
        block = storage.Allocate(bytes);
    }
}
