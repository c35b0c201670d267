using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Tests.Reference;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Backend.Tests.Harness;

/// <summary>
/// Compiled = reference: every function of every model, in double and in single precision, at every level, for several batch sizes, on one to three workers
/// and with
/// scratch memory that starts as zeros or as NaN. Gradients are read off one step of gradient descent with learning rate 1.
/// </summary>
public static class CompiledAgainstReference
{
    /// <summary>Whether everything runs, not what a build on every change has time for.</summary>
    public static bool IsFull => Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1";

    private static readonly int[] Batches = IsFull ? [1, 2, 3, 7, 16, 17, 32, 50] : [1, 7, 33];

    /// <summary>Compiles all models into one assembly for each element type and compares.</summary>
    /// <param name="fewSamplesOnly">Whether only the forms for few samples are run, where functions have them.</param>
    public static void Check(IReadOnlyList<GraphCase> cases, double doubleTolerance = 1e-9, double singleTolerance = 2e-4, int[]? batches = null,
        bool fewSamplesOnly = false)
    {
        ModelGraph[] models = [.. cases.Select(current => current.Build())];
        IReadOnlyList<CompiledModel> doubles = CompiledModels.Compile(models, ElementType.Float64);
        IReadOnlyList<CompiledModel> singles = CompiledModels.Compile(models, ElementType.Float32);
        var failures = new List<string>();
        for (int index = 0; index < models.Length; index++)
        {
            Compare<double>(models[index], doubles[index], doubleTolerance, failures, batches ?? Batches, fewSamplesOnly);
            Compare<float>(models[index], singles[index], singleTolerance, failures, batches ?? Batches, fewSamplesOnly);
        }

        Assert.True(failures.Count == 0, $"{failures.Count} differences:\n" + string.Join("\n", failures.Take(40)));
    }

    /// <summary>
    /// Compiles models in one element type and returns what differs: for many models. Unless everything runs, each is compared at two levels in rotation.
    /// </summary>
    /// <param name="cases">The models.</param>
    /// <param name="element">The element type.</param>
    /// <param name="rotation">Which levels the first model is compared at.</param>
    /// <param name="decisions">For each model, what takes the compiler's decisions and may decide otherwise.</param>
    public static IReadOnlyList<string> Differences(IReadOnlyList<GraphCase> cases, ElementType element, int rotation = 0,
        Func<int, ModelGraph, IReadOnlyList<InstructionSet>, ModelDecisions>? decisions = null)
    {
        ModelGraph[] models = [.. cases.Select(current => current.Build())];
        SimdLevel[] Levels(int index) => IsFull ? Enum.GetValues<SimdLevel>() : [(SimdLevel)((index + rotation) % 4), (SimdLevel)((index + rotation + 2) % 4)];
        IReadOnlyList<InstructionSet> Sets(int index) => [.. Levels(index).Select(level => Enum.Parse<InstructionSet>(level.ToString()))];
        IReadOnlyList<CompiledModel> compiled = CompiledModels.Compile(models, element, Sets,
            decisions is null ? null : index => decisions(index, models[index], Sets(index)));
        var failures = new List<string>();
        for (int index = 0; index < models.Length; index++)
        {
            int number = index + rotation;
            int[] batches = [1 + (number % 17), 20 + (number % 13)];
            if (element == ElementType.Float64) Compare<double>(models[index], compiled[index], 1e-9, failures, batches, Levels(index),
                [(1, double.NaN), (3, 0)]);
            else Compare<float>(models[index], compiled[index], 1e-3, failures, batches, Levels(index), [(1, double.NaN), (2, 0)]);
        }

        return failures;
    }

    private static void Compare<T>(ModelGraph model, CompiledModel compiled, double tolerance, List<string> failures, int[] batches, bool fewSamplesOnly)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Compare<T>(model, compiled, tolerance, failures, batches, Enum.GetValues<SimdLevel>(), [(1, 0), (1, double.NaN), (2, double.NaN), (3, 0)],
            fewSamplesOnly);

    private static void Compare<T>(ModelGraph model, CompiledModel compiled, double tolerance, List<string> failures, int[] batches, SimdLevel[] levels,
        (int Workers, double Scratch)[] runs, bool fewSamplesOnly = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int before = failures.Count;
        for (int index = 0; index < model.Functions.Count; index++)
            foreach (int batch in batches)
            {
                FunctionGraph function = model.Functions[index];
                var random = new Random(1000 + batch);
                var values = model.Parameters.ToDictionary(parameter => parameter.Name, parameter =>
                    GraphCase.Random(random, GraphCase.SizesOf(parameter.Shape, batch), 0.5));
                foreach (StateSpecification state in model.States) values[state.Name] =
                    Positive(GraphCase.Random(random, GraphCase.SizesOf(state.Shape, batch)));
                ReferenceTensor[] inputs = [.. function.Inputs.Select(input => input.Type.Element == ElementType.Int32
                    ? Integers(random, GraphCase.SizesOf(input.Shape, batch), Bound(function, input))
                    : GraphCase.Random(random, GraphCase.SizesOf(input.Shape, batch)))];
                (ReferenceTensor[] outputs, Dictionary<string, ReferenceTensor> gradients, Dictionary<string, ReferenceTensor> states) =
                    GraphCase.Reference(function, values, inputs, batch);
                foreach ((SimdLevel level, bool few) in levels.SelectMany(level =>
                    compiled.CreateFunction(index, level).ForFewSamples is null ? [(level, false)]
                        : fewSamplesOnly ? [(level, true)] : new[] { (level, false), (level, true) }))
                {
                    T[]? bits = null;
                    double[][]? first = null;
                    foreach ((int workers, double scratch) in runs)
                    {
                        string where = $"{model.Name}.{function.Name} {typeof(T).Name} {level}{(few ? " few" : "")} batch {batch} workers {workers} scratch {scratch}";
                        using var run = new FunctionRun<T>(compiled, values);
                        double[][] results;
                        try
                        {
                            results = run.Run(index, level, workers, batch, inputs,
                                [.. function.Inputs.Select(input => input.Type.Element == ElementType.Int32)],
                                [.. outputs.Select(output => output.Values.Length)], [-1, 0, 0], scratch, forFewSamples: few,
                                sizes: [.. function.Sizes.Select(size => GraphCase.SizeOf(size.Name, batch))]);
                        }
                        catch (Exception exception)
                        {
                            failures.Add($"{where}: {exception.GetType().Name} {exception.Message}");
                            return;
                        }

                        for (int i = 0; i < outputs.Length; i++) Near(where + " output " + i, outputs[i].Values, results[i], tolerance, failures);
                        Dictionary<string, double[]> after = run.Values();
                        foreach ((string name, ReferenceTensor gradient) in gradients)
                            Near($"{where} gradient of {name}", gradient.Values,
                                [.. after[name].Select((value, i) => double.CreateChecked(T.CreateChecked(values[name].Values[i])) - value)], tolerance,
                                failures);
                        foreach ((string name, ReferenceTensor state) in states) Near($"{where} state {name}", state.Values, after[name], tolerance, failures);
                        if (run.Padding().Any(value => value != 0)) failures.Add(where + ": padding is not zero");
                        bits ??= run.Bits();
                        first ??= results;
                        bool same = run.Bits().AsSpan().SequenceEqual(bits) && results.Zip(first).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
                        if (!same) failures.Add(where + ": bits depend on workers or scratch");
                        if (failures.Count > before + 10) return;
                    }
                }
            }
    }

    private static void Near(string where, double[] expected, double[] actual, double tolerance, List<string> failures)
    {
        double scale = Math.Max(1e-3, expected.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max());
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= tolerance * scale) continue;
            failures.Add(FormattableString.Invariant($"{where} [{i}]: {actual[i]:G9} instead of {expected[i]:G9}"));
            return;
        }
    }

    private static ReferenceTensor Positive(ReferenceTensor tensor) => new(tensor.Shape, [.. tensor.Values.Select(value => Math.Abs(value) + 0.1)]);

    private static ReferenceTensor Integers(Random random, int[] shape, int bound) =>
        new(shape, [.. Enumerable.Range(0, ReferenceTensor.Count(shape)).Select(_ => (double)random.Next(bound))]);

    // Labels count classes, ids count rows of a table.
    private static int Bound(FunctionGraph function, Node input)
    {
        foreach (Node user in function.Graph.Nodes.Where(node => node.Inputs.Contains(input)))
        {
            TensorType[] types = [.. user.Inputs.Select(operand => operand.Type)];
            for (int index = 0; index < types.Length; index++)
                if (user.Inputs[index] == input && user.Operator.IndexLimit(types, index) is > 0 and var limit) return (int)limit;
            if (Bound(function, user) is > 0 and int bound) return bound;
        }

        return 0;
    }
}
