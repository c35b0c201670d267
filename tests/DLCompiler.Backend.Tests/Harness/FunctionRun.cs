using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Threading;
using DLCompiler.Compiler.Tests.Reference;
using DLCompiler.Runtime;

namespace DLCompiler.Backend.Tests.Harness;

/// <summary>Runs a compiled function on memory of its own: any level, any number of workers, scratch memory filled with zeros or NaN.</summary>
public sealed unsafe class FunctionRun<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int GuardBytes = 4096;
    private const byte Guard = 0xA5;

    private readonly CompiledModel model;
    private readonly List<nint> blocks = [];
    private readonly nint parameters;
    private readonly nint states;
    private readonly nint[] optimizerStates;

    public FunctionRun(CompiledModel model, IReadOnlyDictionary<string, ReferenceTensor> values)
    {
        this.model = model;
        parameters = Allocate(model.ParameterBlockLength, 0);
        states = Allocate(model.StateBlockLength, 0);
        optimizerStates = [.. (model.CreateOptimizers().FirstOrDefault(optimizer => optimizer is not null)?.States ?? [])
            .Select(state => Allocate(model.ParameterBlockLength, state.Initial))];
        foreach (ParameterDescriptor parameter in model.Parameters)
            for (long i = 0; i < values[parameter.Name].Values.Length; i++) ((T*)parameters)[Position(parameter, i)] =
                T.CreateChecked(values[parameter.Name].Values[i]);
        for (int slot = 0; slot < optimizerStates.Length; slot++)
            if (model.CreateOptimizers().First(optimizer => optimizer is not null)!.States[slot].StartsAsWeights)
                new Span<T>((void*)parameters, (int)model.ParameterBlockLength)
                    .CopyTo(new Span<T>((void*)optimizerStates[slot], (int)model.ParameterBlockLength));
        foreach (StateDescriptor state in model.States)
            for (long i = 0; i < values[state.Name].Values.Length; i++) ((T*)states)[state.Offset + i] = T.CreateChecked(values[state.Name].Values[i]);
    }

    /// <summary>The parameters' and states' values now, in their canonical order.</summary>
    public Dictionary<string, double[]> Values()
    {
        var values = new Dictionary<string, double[]>();
        foreach (ParameterDescriptor parameter in model.Parameters)
        {
            var data = new double[parameter.Shape.Aggregate(1, (product, size) => product * size)];
            for (long i = 0; i < data.Length; i++) data[i] = double.CreateChecked(((T*)parameters)[Position(parameter, i)]);
            values.Add(parameter.Name, data);
        }

        foreach (StateDescriptor state in model.States)
        {
            var data = new double[state.Shape.Aggregate(1, (product, size) => product * size)];
            for (long i = 0; i < data.Length; i++) data[i] = double.CreateChecked(((T*)states)[state.Offset + i]);
            values.Add(state.Name, data);
        }

        return values;
    }

    /// <summary>The parameter block's elements that belong to no parameter: they must stay zero.</summary>
    public double[] Padding()
    {
        var used = new bool[model.ParameterBlockLength];
        foreach (ParameterDescriptor parameter in model.Parameters)
        {
            long count = parameter.Shape.Aggregate(1L, (product, size) => product * size);
            for (long i = 0; i < count; i++) used[Position(parameter, i)] = true;
        }

        return [.. Enumerable.Range(0, used.Length).Where(index => !used[index]).Select(index => double.CreateChecked(((T*)parameters)[index]))];
    }

    /// <summary>The bits of the parameter block.</summary>
    public T[] Bits() => new Span<T>((void*)parameters, (int)model.ParameterBlockLength).ToArray();

    /// <summary>Runs a function once.</summary>
    /// <param name="inputs">Row-major; integers where <paramref name="integers"/> says so.</param>
    /// <param name="outputs">The number of elements of each output.</param>
    /// <param name="sizes">Those besides the batch.</param>
    /// <param name="forFewSamples">Whether to run the variant for few samples.</param>
    public double[][] Run(int index, SimdLevel level, int workers, int batch, IReadOnlyList<ReferenceTensor> inputs, IReadOnlyList<bool> integers,
        IReadOnlyList<int> outputs, double[] arguments, double scratch, long iteration = 1, bool forFewSamples = false, bool updates = true,
        IReadOnlyList<long>? sizes = null)
    {
        CompiledFunction function = model.CreateFunction(index, level);
        if (forFewSamples) function = function.ForFewSamples!;
        var frame = new StepFrame(inputs.Count, outputs.Count, workers)
        {
            Batch = batch, Arguments = arguments, Seed = 7, Iteration = iteration, Updates = updates,
        };
        for (int size = 0; size < (sizes?.Count ?? 0); size++) frame.SetSize(size, (nint)sizes![size]);
        var own = new List<nint>();
        try
        {
            frame.SetBlocks(parameters, states);
            for (int slot = 0; slot < optimizerStates.Length; slot++) frame.SetOptimizerState(slot, optimizerStates[slot]);
            long arenaLength = function.ArenaBytes(batch) / sizeof(T);
            nint arena = Allocate(arenaLength, scratch, own);
            frame.SetArena(arena);
            frame.SetPrepared(Allocate(function.PreparedBytes / sizeof(T), scratch, own));
            function.Prepare(frame);
            for (int worker = 0; worker < workers; worker++) frame.SetScratch(worker, Allocate(function.ScratchBytes(batch) / sizeof(T), scratch, own));
            for (int slot = 0; slot < inputs.Count; slot++) frame.SetInput(slot, Input(inputs[slot], integers[slot], own));
            nint[] results = [.. outputs.Select(length => Allocate(length, double.NaN, own))];
            for (int slot = 0; slot < outputs.Count; slot++) frame.SetOutput(slot, results[slot]);
            Thread[] threads = [.. Enumerable.Range(1, workers - 1).Select(worker => new Thread(() => function.Run(frame, worker)))];
            foreach (Thread thread in threads) thread.Start();
            function.Run(frame, 0);
            foreach (Thread thread in threads) thread.Join();
            return [.. results.Select((result, slot) => Enumerable.Range(0, outputs[slot]).Select(i => double.CreateChecked(((T*)result)[i])).ToArray())];
        }
        finally
        {
            own.ForEach(Free);
        }
    }

    public void Dispose()
    {
        blocks.ForEach(Free);
    }

    private static long Position(ParameterDescriptor parameter, long element)
    {
        if (parameter.Storage == ParameterStorage.RowMajor) return parameter.Offset + element;
        int rows = parameter.Shape[0], columns = parameter.Shape[1], width = rows <= 16 ? 16 : 32;
        long row = element / columns, column = element % columns;
        return parameter.Offset + (row / width * columns * width) + (column * width) + (row % width);
    }

    // Exactly as long as the data: what reads beyond it finds NaN.
    private static nint Input(ReferenceTensor tensor, bool integer, List<nint> own)
    {
        nint address = Allocate(tensor.Values.Length, double.NaN, own);
        for (int i = 0; i < tensor.Values.Length; i++)
        {
            if (integer) ((int*)address)[i] = (int)tensor.Values[i];
            else ((T*)address)[i] = T.CreateChecked(tensor.Values[i]);
        }

        return address;
    }

    private nint Allocate(long length, double fill) => Allocate(length, fill, blocks);

    // Each block stands between two guards, which are looked at before the block is freed.
    private static nint Allocate(long length, double fill, List<nint> own)
    {
        long bytes = ((length * sizeof(T)) + 63) / 64 * 64;
        byte* start = (byte*)NativeMemory.AlignedAlloc((nuint)(bytes + (2 * GuardBytes)), 64);
        new Span<byte>(start, GuardBytes).Fill(Guard);
        *(long*)start = bytes;
        new Span<byte>(start + GuardBytes + bytes, GuardBytes).Fill(Guard);
        new Span<T>(start + GuardBytes, (int)(bytes / sizeof(T))).Fill(T.CreateChecked(fill));
        own.Add((nint)start);
        return (nint)(start + GuardBytes);
    }

    private static void Free(nint block)
    {
        byte* start = (byte*)block;
        long bytes = *(long*)start;
        bool intact = new Span<byte>(start + sizeof(long), GuardBytes - sizeof(long)).IndexOfAnyExcept(Guard) < 0
            && new Span<byte>(start + GuardBytes + bytes, GuardBytes).IndexOfAnyExcept(Guard) < 0;
        NativeMemory.AlignedFree(start);
        if (!intact) throw new InvalidOperationException("The function wrote outside of its memory.");
    }
}
