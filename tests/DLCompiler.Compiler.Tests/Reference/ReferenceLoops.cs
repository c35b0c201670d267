using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>Loops: one step after the other.</summary>
internal static class ReferenceLoops
{
    /// <summary>Evaluates the body for given arguments, step number and number of steps.</summary>
    public delegate ReferenceTensor[] Step(SubGraph body, IReadOnlyList<ReferenceTensor> arguments, int step, int count);

    public static ReferenceTensor Run(Loop loop, ReferenceTensor[] inputs, Step evaluate)
    {
        int count = inputs[loop.CarriedCount].Shape[0];
        ReferenceTensor[] carried = inputs[..loop.CarriedCount];
        ReferenceTensor[] sequences = inputs[loop.CarriedCount..(loop.CarriedCount + loop.SequenceCount)];
        ReferenceTensor[] shared = inputs[(loop.CarriedCount + loop.SequenceCount)..];
        var stacked = new ReferenceTensor[count];
        for (int i = 0; i < count; i++)
        {
            int t = loop.Reverse ? count - 1 - i : i;
            ReferenceTensor[] results = evaluate(loop.Body, [.. carried, .. sequences.Select(sequence => Element(sequence, t)), .. shared], t, count);
            if (loop.Result >= loop.CarriedCount)
                stacked[t] = loop.Result < loop.Body.Results.Count ? results[loop.Result] : carried[loop.Result - loop.Body.Results.Count];
            carried = results[..loop.CarriedCount];
        }

        return loop.Result < loop.CarriedCount
            ? carried[loop.Result]
            : new ReferenceTensor([count, .. stacked[0].Shape], [.. stacked.SelectMany(part => part.Values)]);
    }

    private static ReferenceTensor Element(ReferenceTensor sequence, int t)
    {
        int size = sequence.Values.Length / sequence.Shape[0];
        return new ReferenceTensor(sequence.Shape[1..], sequence.Values[(t * size)..((t + 1) * size)]);
    }
}
