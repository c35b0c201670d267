using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading;

namespace DLCompiler.Runtime;

/// <summary>
/// Everything one run of a compiled function reads and writes: addresses of the blocks, sizes and numbers. The caller fills it and keeps the memory alive and
/// pinned for the run; emitted code, which uses no pointers of its own, takes references from it.
/// </summary>
/// <remarks>
/// Nothing is written that has its value already: what was written, every worker must fetch from the caller's cache again, which takes a small prediction a
/// tenth of its time.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class StepFrame(int inputs, int outputs, int workers)
{
    private readonly nint[] inputAddresses = new nint[inputs];
    private readonly nint[] outputAddresses = new nint[outputs];
    private readonly nint[] scratch = new nint[workers];
    private readonly nint[] optimizerState = new nint[8];
    private readonly nint[] sizes = new nint[FunctionCall.MaximumSizes];

    // One counter a worker, each on its own pair of cache lines: a worker bumps its own and waits for the others'.
    private readonly int[] arrivals = new int[(workers + 2) * 32];
    private readonly WaitingRoom room = new(workers);

    private int workerCount = workers;
    private nint parameters;
    private nint states;
    private nint prepared;
    private nint arena;
    private nint memory;
    private long waited;
    private int batch;
    private ulong seed;
    private long iteration;

    /// <summary>Workers that run the function: at most as many as the frame was made for. Set between runs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The frame was made for fewer.</exception>
    public int Workers
    {
        get => workerCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, scratch.Length);
            if (value == workerCount) return;
            // Those that were not in the last runs have fewer arrivals.
            Array.Clear(arrivals);
            room.SetThreads(value);
            workerCount = value;
        }
    }

    /// <summary>Samples in this run.</summary>
    public int Batch
    {
        get => batch;
        set => Set(ref batch, value);
    }

    /// <summary>The seed of the run's random numbers.</summary>
    public ulong Seed
    {
        get => seed;
        set => Set(ref seed, value);
    }

    /// <summary>The number of the step since training began: random streams and bias corrections follow from it.</summary>
    public long Iteration
    {
        get => iteration;
        set => Set(ref iteration, value);
    }

    /// <summary>Whether the step updates parameters; where gradients are accumulated, it may just add its own.</summary>
    public bool Updates { get; set; } = true;

    /// <summary>Numbers of the run, as the function's description orders them: an optimizer's arguments.</summary>
    public double[] Arguments { get; set; } = [];

    /// <summary>Sets where the parameter and state blocks lie.</summary>
    public void SetBlocks(nint parameterBlock, nint stateBlock)
    {
        Set(ref parameters, parameterBlock);
        Set(ref states, stateBlock);
    }

    /// <summary>Sets where the values lie that were computed from parameters and states ahead of the run: 64-byte aligned.</summary>
    public void SetPrepared(nint address) => Set(ref prepared, address);

    /// <summary>Sets where the memories of a generation lie: 64-byte aligned.</summary>
    public void SetMemory(nint address) => memory = address;

    /// <summary>Sets where the arena lies: 64-byte aligned.</summary>
    public void SetArena(nint address) => arena = address;

    /// <summary>Sets where a worker's scratch lies: 64-byte aligned.</summary>
    public void SetScratch(int worker, nint address) => scratch[worker] = address;

    /// <summary>Sets a size besides the batch that this run has.</summary>
    public void SetSize(int index, nint value) => Set(ref sizes[index], value);

    /// <summary>A size besides the batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Size(int index) => sizes[index];

    /// <summary>Sets where an optimizer-state block lies: laid out as the parameter block.</summary>
    public void SetOptimizerState(int slot, nint address) => optimizerState[slot] = address;

    /// <summary>Sets where an input lies: row-major, as the user gave it.</summary>
    public void SetInput(int index, nint address) => Set(ref inputAddresses[index], address);

    /// <summary>Sets where an output goes: row-major.</summary>
    public void SetOutput(int index, nint address) => Set(ref outputAddresses[index], address);

    /// <summary>The parameter block from an element on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Parameter<T>(long offset) where T : unmanaged => ref Unsafe.AsRef<T>((T*)parameters + offset);

    /// <summary>The state block from an element on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T State<T>(long offset) where T : unmanaged => ref Unsafe.AsRef<T>((T*)states + offset);

    /// <summary>An optimizer-state block from an element on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T OptimizerState<T>(int slot, long offset) where T : unmanaged => ref Unsafe.AsRef<T>((T*)optimizerState[slot] + offset);

    /// <summary>The values that were computed from parameters and states ahead of the run, from a byte on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Prepared<T>(long byteOffset) where T : unmanaged => ref Unsafe.AsRef<T>((byte*)prepared + byteOffset);

    /// <summary>The memories of a generation from an element on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Memory<T>(long offset) where T : unmanaged => ref Unsafe.AsRef<T>((T*)memory + offset);

    /// <summary>The arena from a byte on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Arena<T>(long byteOffset) where T : unmanaged => ref Unsafe.AsRef<T>((byte*)arena + byteOffset);

    /// <summary>A worker's scratch from a byte on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Scratch<T>(int worker, long byteOffset) where T : unmanaged => ref Unsafe.AsRef<T>((byte*)scratch[worker] + byteOffset);

    /// <summary>An input's first element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Input<T>(int index) where T : unmanaged => ref Unsafe.AsRef<T>((void*)inputAddresses[index]);

    /// <summary>An output's first element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Output<T>(int index) where T : unmanaged => ref Unsafe.AsRef<T>((void*)outputAddresses[index]);

    /// <summary>
    /// The first of <paramref name="count"/> items that a worker owns; its last is the next worker's first. Worker 0 owns as many as any other: where there are
    /// fewer items than workers, the caller's thread, whose cache has the input, does one of them itself.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint First(nint count, int worker) => (nint)(((long)count * worker + Workers - 1) / Workers);

    /// <summary>Releases workers that wait in a barrier for one that has failed: they throw, and the frame is not used again.</summary>
    public void Abort() => room.Close();

    /// <summary>How long the caller's thread has waited in barriers for workers that were far behind, in ticks, since this was last called.</summary>
    internal long TakeWaited()
    {
        long ticks = waited;
        Set(ref waited, 0);
        return ticks;
    }

    /// <summary>Waits until every worker has arrived.</summary>
    /// <exception cref="OperationCanceledException">Another worker of the run has failed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Barrier(int worker)
    {
        if (Workers > 1) WaitForAll(worker);
    }

    private void WaitForAll(int worker)
    {
        ref int own = ref arrivals[(worker + 1) * 32];
        int turn = own + 1;
        Volatile.Write(ref own, turn);
        room.CountRaised();
        long ticks = 0;
        for (int other = 0; other < Workers; other++) ticks += room.Wait(ref arrivals[(other + 1) * 32], turn);
        if (worker == 0 && ticks != 0) waited += ticks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Set<T>(ref T field, T value) where T : unmanaged, IEquatable<T>
    {
        if (!field.Equals(value)) field = value;
    }
}
