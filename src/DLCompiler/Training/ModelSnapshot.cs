using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using DLCompiler.Runtime;

namespace DLCompiler;

/// <summary>
/// A copy of a model's numbers, to go back to: its parameters and running statistics and, where it is given a step, what that step's optimizer keeps and the
/// counts of steps. It takes as much memory as these; taking it is a copy of memory. Valid while the model is entered.
/// </summary>
internal sealed unsafe class ModelSnapshot : IDisposable
{
    private readonly ModelHost host;
    private readonly FunctionSlot? step;
    private readonly List<NativeBlock> copies;
    private readonly double[] carried;
    private long steps;
    private long iteration;

    public ModelSnapshot(ModelHost host, FunctionSlot? step = null)
    {
        this.host = host;
        this.step = step;
        step?.AllocateOptimizerState(host);
        carried = new double[step?.Carried.Length ?? 0];
        copies = [.. Blocks().Select(block => host.Storage.Allocate(block.Bytes))];
    }

    /// <summary>Copies the model's numbers here.</summary>
    public void Take()
    {
        lock (host.Storage.ChangeGate)
        {
            foreach (var ((address, bytes), copy) in Blocks().Zip(copies)) Buffer.MemoryCopy((void*)address, (void*)copy.Address, bytes, bytes);
            step?.Carried.CopyTo(carried);
            (steps, iteration) = (step?.Steps ?? 0, host.Iteration);
        }
    }

    /// <summary>Copies the model's numbers here if all of them are finite.</summary>
    public bool TryTake()
    {
        lock (host.Storage.ChangeGate)
        {
            if (!IsModelFinite()) return false;
            Take();
            return true;
        }
    }

    /// <summary>Gives the model the numbers that it had.</summary>
    public void Restore()
    {
        lock (host.Storage.ChangeGate)
        {
            foreach (var ((address, bytes), copy) in Blocks().Zip(copies)) Buffer.MemoryCopy((void*)copy.Address, (void*)address, bytes, bytes);
            host.Storage.MarkChanged();
            if (step is null) return;
            step.Steps = steps;
            carried.CopyTo(step.Carried);
            host.Storage.Iteration = iteration;
        }
    }

    /// <summary>Whether the model has no NaN and no infinite number now.</summary>
    public bool IsModelFinite() => Blocks().All(block => IsFinite((float*)block.Address, (nint)(block.Bytes / sizeof(float))));

    /// <summary>The copy of a parameter or running statistic.</summary>
    public StoredTensor Tensor(ParameterView view, string name) => view.Stored(name, copies[view.IsTrained ? 0 : 1].Address);

    public void Dispose()
    {
        foreach (var copy in copies) host.Storage.Free(copy);
        copies.Clear();
    }

    // Padding is zero everywhere. Blocks may be longer than spans can be.
    private static bool IsFinite(float* values, nint count)
    {
        var sum = Vector<float>.Zero;
        nint i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            var vector = Unsafe.ReadUnaligned<Vector<float>>(values + i);
            // 0 where it is finite, otherwise NaN, which stays.
            sum += vector - vector;
        }

        bool finite = Vector.EqualsAll(sum, Vector<float>.Zero);
        for (; i < count; i++) finite &= float.IsFinite(values[i]);
        return finite;
    }

    private IEnumerable<(nint Address, long Bytes)> Blocks()
    {
        yield return (host.ParameterAddress, host.Model.ParameterBlockLength * sizeof(float));
        yield return (host.StateAddress, host.Model.StateBlockLength * sizeof(float));
        if (step is null) yield break;
        foreach (var block in step.OptimizerState) yield return (block!.Address, block.Bytes);
    }
}
