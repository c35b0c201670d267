using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Onnx;
using DLCompiler.Runtime;

namespace DLCompiler.Onnx.Tests;

/// <summary>Runs a compiled case once, on one worker.</summary>
internal static unsafe class OnnxRun
{
    /// <summary>The outputs, as numbers.</summary>
    /// <param name="inputs">The values of the function's inputs, in their order.</param>
    /// <param name="lengths">The number of elements of each output.</param>
    public static double[][] Run(CompiledModel model, OnnxAttempt attempt, SimdLevel level, IReadOnlyList<OnnxTensor> inputs, IReadOnlyList<int> lengths)
    {
        CompiledFunction function = model.CreateFunction(0, level);
        FunctionGraph graph = attempt.Import.Model.Functions[0];
        int batch = Math.Max(1, attempt.Batch);
        if (function.PrefersFewSamples(batch)) function = function.ForFewSamples!;
        var blocks = new List<nint>();
        try
        {
            var frame = new StepFrame(inputs.Count, lengths.Count, 1) { Batch = batch, Arguments = [], Seed = 1, Iteration = 1 };
            nint parameters = Allocate(model.ParameterBlockLength * sizeof(float));
            foreach (ParameterDescriptor parameter in model.Parameters)
                Fill(parameters + (nint)(parameter.Offset * sizeof(float)), attempt.Import.Parameters[parameter.Name].Values, ElementType.Float32);
            frame.SetBlocks(parameters, Allocate(model.StateBlockLength * sizeof(float)));
            frame.SetArena(Allocate(function.ArenaBytes(batch)));
            frame.SetPrepared(Allocate(function.PreparedBytes));
            frame.SetScratch(0, Allocate(function.ScratchBytes(batch)));
            function.Prepare(frame);
            for (int slot = 0; slot < inputs.Count; slot++)
            {
                nint memory = Allocate(inputs[slot].Values.Count * sizeof(float));
                Fill(memory, inputs[slot].Values, graph.Inputs[slot].Type.Element);
                frame.SetInput(slot, memory);
            }

            nint[] outputs = [.. lengths.Select(length => Allocate(length * sizeof(float)))];
            for (int slot = 0; slot < outputs.Length; slot++) frame.SetOutput(slot, outputs[slot]);
            function.Run(frame, 0);
            return [.. outputs.Select((memory, slot) => Read(memory, lengths[slot], graph.Outputs[slot].Type.Element))];
        }
        finally
        {
            foreach (nint block in blocks) NativeMemory.AlignedFree((void*)block);
        }

        nint Allocate(long bytes)
        {
            long rounded = ((bytes + 63) / 64 * 64) + 64;
            void* memory = NativeMemory.AlignedAlloc((nuint)rounded, 64);
            new Span<byte>(memory, checked((int)rounded)).Fill(0xFF);
            blocks.Add((nint)memory);
            return (nint)memory;
        }
    }

    private static void Fill(nint memory, IReadOnlyList<double> values, ElementType element)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (element == ElementType.Int32) ((int*)memory)[i] = (int)values[i];
            else if (element == ElementType.Bool) ((byte*)memory)[i] = (byte)values[i];
            else ((float*)memory)[i] = (float)values[i];
        }
    }

    private static double[] Read(nint memory, int length, ElementType element)
    {
        var values = new double[length];
        for (int i = 0; i < length; i++)
            values[i] = element == ElementType.Int32 ? ((int*)memory)[i] : element == ElementType.Bool ? ((byte*)memory)[i] : ((float*)memory)[i];
        return values;
    }
}
