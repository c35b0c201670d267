using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace DLCompiler.Runtime;

/// <summary>
/// Where the threads of a run wait for each other: each counts what it has done, and the others wait until the count is as high as they need. They spin at
/// first, which hands over within 100 ns; then they offer the processor to others, one of which may be the one that is waited for; then they sleep, so that the
/// system has an idle processor to move that one to: it has lost its own for milliseconds otherwise, where other programs are busy.
/// </summary>
internal sealed class WaitingRoom
{
    // Some 50 µs: workers with equal shares seldom differ by more. Who offers the processor earlier may get it back only milliseconds later.
    private const int PollsBeforeYielding = 1000;

    // Several times what a sleeping thread takes to wake up.
    private static readonly long yieldingTicks = Stopwatch.Frequency / 5000;

    private readonly object gate = new();
    private int polls;
    private int sleeping;
    private volatile bool closed;

    /// <summary>A room for so many threads that work at the same time.</summary>
    public WaitingRoom(int threads) => SetThreads(threads);

    /// <summary>Where there are more threads than processors, spinning takes the processor from the one that is waited for.</summary>
    public void SetThreads(int threads) => polls = threads <= Environment.ProcessorCount ? PollsBeforeYielding : 0;

    /// <summary>One poll's rest: leaves the processor to its other hardware thread, and saves power.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pause()
    {
        if (X86Base.IsSupported) X86Base.Pause();
        else if (ArmBase.IsSupported) ArmBase.Yield();
        else Thread.SpinWait(1);
    }

    /// <summary>Called after a count was raised. No fence is needed between the two: sleepers see to that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CountRaised()
    {
        if (Volatile.Read(ref sleeping) != 0) WakeAll();
    }

    /// <summary>Whoever waits, now or later, gets an exception.</summary>
    public void Close()
    {
        closed = true;
        WakeAll();
    }

    /// <summary>Waits until a count is at least <paramref name="target"/>; counts may wrap around.</summary>
    /// <returns>Ticks of <see cref="Stopwatch"/> that it took beyond spinning: 0 unless the one that is waited for is far behind.</returns>
    /// <exception cref="OperationCanceledException">The room is closed, because the run has failed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Wait(ref int count, int target)
    {
        for (int poll = 0; Volatile.Read(ref count) - target < 0; poll++)
        {
            if (poll >= polls) return WaitLong(ref count, target);
            Pause();
        }

        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long WaitLong(ref int count, int target)
    {
        long start = Stopwatch.GetTimestamp();
        long waited = 0;
        while (Volatile.Read(ref count) - target < 0)
        {
            if (closed) throw new OperationCanceledException("Another worker of this run has failed.");
            if (waited < yieldingTicks) Thread.Yield();
            else Sleep(ref count, target);
            waited = Stopwatch.GetTimestamp() - start;
        }

        return waited;
    }

    // This announces a sleeper, then reads the count; the other raises the count, then looks for sleepers: with full fences between, one of the two sees the
    // other. A fence in each barrier costs a third of it, because it waits for a cache line that the others hold; so the sleeper pays for both.
    private void Sleep(ref int count, int target)
    {
        lock (gate)
        {
            sleeping++;
            Interlocked.MemoryBarrierProcessWide();
            while (Volatile.Read(ref count) - target < 0 && !closed) Monitor.Wait(gate);
            sleeping--;
        }
    }

    private void WakeAll()
    {
        lock (gate) Monitor.PulseAll(gate);
    }
}
