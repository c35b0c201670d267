using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DLCompiler.Runtime;

/// <summary>
/// What one run of a function needs beside the model's blocks: its frame, arena and scratch, grown when a larger batch comes and never shrunk. One run at a
/// time uses it.
/// </summary>
/// <param name="variant">What it runs.</param>
/// <param name="storage">Where its memory comes from.</param>
/// <param name="flushDenormals">
/// Whether denormal numbers count as zero: in training steps, where momenta decay to them. Not in predictions: it takes 0.2 µs, a tenth of a small one, and
/// weights that were trained here are normal or zero.
/// </param>
/// <param name="poison">Whether arena and scratch are filled with NaN before each run.</param>
internal sealed class RunContext(FunctionVariant variant, ModelStorage storage, bool flushDenormals, bool poison) : WorkerJob
{
    // Multiply-adds that a worker takes 0.3 to 0.7 µs for, by whether weights come from a cache or from registers. Measured: a fork and its join take 0.2 µs,
    // each barrier 0.07 µs more, so that two workers are quicker than one from 0.5 µs of work in all.
    private const long WorthAWorker = 1 << 15;

    private readonly CompiledFunction function = variant.Function;
    private StepFrame? frame;
    private NativeBlock? arena;
    private NativeBlock? scratch;
    private int capacityWorkers;
    private int preparedBatch = -1;
    private CallerSide caller = new();

    /// <summary>What it runs.</summary>
    public FunctionVariant Variant => variant;

    /// <summary>What the function computed ahead of this run; null where it has nothing of the kind, and between runs.</summary>
    public PreparedBlock? Prepared
    {
        get => caller.Prepared;
        set => caller.Prepared = value;
    }

    /// <summary>The next in the stack of contexts that wait for use.</summary>
    public RunContext? Next
    {
        get => caller.Next;
        set => caller.Next = value;
    }

    /// <summary>The frame for a run of <paramref name="batch"/> samples by up to <paramref name="workers"/> workers.</summary>
    public StepFrame PrepareFrame(int batch, int workers)
    {
        if (frame is null || workers > capacityWorkers)
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

    /// <summary>Runs the prepared frame, on as many of the pool's workers as it is worth.</summary>
    public void Run(WorkerPool? pool)
    {
        int batch = frame!.Batch;
        int workers = pool is null ? 1 : (int)Math.Clamp(function.Work(batch) / WorthAWorker, 1, pool.Threads);
        if (workers == 1)
        {
            RunAlone();
            return;
        }

        long start = Stopwatch.GetTimestamp();
        if (caller.Crowding.WantsAlone(batch, start))
        {
            RunAlone();
            long end = Stopwatch.GetTimestamp();
            caller.Crowding.ReportAlone(batch, end - start, end);
            return;
        }

        frame.TakeWaited();
        pool!.Run(this, workers);
        // Where the pool was busy there is nothing to learn.
        if (frame.Workers > 1)
        {
            long end = Stopwatch.GetTimestamp();
            caller.Crowding.ReportShared(batch, workers, caller.End - start - frame.TakeWaited(), end - start, end);
        }
    }

    private void RunAlone()
    {
        Prepare(1);
        Execute(0);
    }

    protected internal override void Prepare(int workers) => frame!.Workers = workers;

    protected internal override void Execute(int worker)
    {
        if (flushDenormals) RunFlushed(worker);
        else function.Run(frame!, worker);
        if (worker == 0 && frame!.Workers > 1) caller.End = Stopwatch.GetTimestamp();
    }

    private void RunFlushed(int worker)
    {
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

    /// <summary>What changes with every run, on cache lines that the other workers don't read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct CallerSide()
    {
        [FieldOffset(64)]
        public readonly Crowding Crowding = new();

        [FieldOffset(72)]
        public PreparedBlock? Prepared;

        [FieldOffset(80)]
        public RunContext? Next;

        [FieldOffset(88)]
        public long End;
    }
}
