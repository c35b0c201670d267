using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Emit;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Onnx;
using DLCompiler.Compiler.Schedules;

namespace DLCompiler.Onnx.Tests;

/// <summary>A case that is mapped and scheduled: what is compiled and run.</summary>
/// <param name="Import">The mapped model.</param>
/// <param name="Batch">The batch size of its data; 0 where all sizes are compiled in.</param>
/// <param name="Source">Its emitted code, as the class that was asked for.</param>
internal sealed record OnnxAttempt(OnnxImport Import, int Batch, string Source)
{
    /// <summary>
    /// Maps and schedules a case. Its sizes are all fixed, as most test models have them; where schedules need a batch (convolutions, pools), the first size of
    /// the first input is one, then that of all inputs that have the same first size. Values of inputs that the mapping has to know (axes, shapes) are taken
    /// from the data, one input at a time.
    /// </summary>
    /// <exception cref="OnnxException">It can't be mapped.</exception>
    /// <exception cref="NotSchedulableException">It can't be scheduled in either form.</exception>
    public static OnnxAttempt Create(OnnxModel model, OnnxData data, string className, InstructionSet level)
    {
        OnnxValueInfo[] inputs = [.. model.Graph.Inputs.Where(input => !model.Graph.Initializers.ContainsKey(input.Name))];
        Exception? first = null;
        foreach ((string[] batched, int batch) in Forms(inputs))
        {
            try
            {
                OnnxImport import = Map(model, inputs, data, batched, batch);
                return new OnnxAttempt(import, batch, KernelFile.PrintCompiled(import.Model, className, ElementType.Float32, levels: [level]));
            }
            catch (NotSchedulableException exception)
            {
                first ??= exception;
            }
            catch (Exception exception) when (first is not null && exception is OnnxException or ShapeException)
            {
                // The reason to tell is why the fixed form failed.
            }
        }

        throw first!;
    }

    private static IEnumerable<(string[] Batched, int Batch)> Forms(OnnxValueInfo[] inputs)
    {
        yield return ([], 0);
        if (inputs.Length == 0 || inputs[0].Shape is not [> 0 and long batch, ..]) yield break;
        yield return ([inputs[0].Name], (int)batch);
        string[] same = [.. inputs.Where(input => input.Shape is [long size, ..] && size == batch).Select(input => input.Name)];
        if (same.Length > 1) yield return (same, (int)batch);
    }

    private static OnnxImport Map(OnnxModel model, OnnxValueInfo[] inputs, OnnxData data, string[] batched, int batch)
    {
        var known = new Dictionary<string, OnnxTensor>();
        while (true)
        {
            try
            {
                return OnnxImporter.Import(model, new OnnxAssumptions(batched, known, batch));
            }
            catch (OnnxException exception) when (exception.Problem == OnnxProblem.NotConstant)
            {
                // Where the value is computed, from all integers.
                string[] names = exception.Input is { } name ? [name]
                    : [.. inputs.Where(input => input.Element is OnnxElement.Int32 or OnnxElement.Int64 && !known.ContainsKey(input.Name))
                        .Select(input => input.Name)];
                if (names.Length == 0) throw;
                foreach (string wanted in names) known[wanted] = data.Inputs[Array.FindIndex(inputs, input => input.Name == wanted)];
            }
        }
    }
}
