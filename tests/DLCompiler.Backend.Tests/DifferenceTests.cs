using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Tests.Reference;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Compiled gradients against central differences of the compiled forward pass itself, in double precision: no reference in between.</summary>
public sealed class DifferenceTests
{
    private const int Batch = 5, Length = 8, Count = 60;

    [Fact]
    public void GradientsAreTheSlopesOfTheCompiledForwardPass()
    {
        ModelGraph[] models = [.. Enumerable.Range(9000, Count).Select(seed => RandomGraph.Create(seed, Length, smooth: true).Build())];
        SimdLevel Level(int index) => (SimdLevel)(index % 4);
        IReadOnlyList<CompiledModel> compiled = CompiledModels.Compile(models, ElementType.Float64, index =>
            [Enum.Parse<Compiler.Kernels.InstructionSet>(Level(index).ToString())]);
        var failures = new List<string>();
        for (int index = 0; index < models.Length; index++) Check(models[index], compiled[index], Level(index), failures);
        Assert.True(failures.Count == 0, string.Join("\n", failures.Take(20)));
    }

    private static void Check(ModelGraph model, CompiledModel compiled, SimdLevel level, List<string> failures)
    {
        FunctionGraph function = model.Functions[0];
        var random = new Random(11);
        var values = model.Parameters.ToDictionary(parameter => parameter.Name, parameter =>
            GraphCase.Random(random, GraphCase.SizesOf(parameter.Shape, Batch), 0.5));
        bool[] integers = [.. function.Inputs.Select(input => input.Type.Element == ElementType.Int32)];
        ReferenceTensor[] inputs = [.. function.Inputs.Select((input, slot) => integers[slot]
            ? new ReferenceTensor(GraphCase.SizesOf(input.Shape, Batch), new double[ReferenceTensor.Count(GraphCase.SizesOf(input.Shape, Batch))])
            : GraphCase.Random(random, GraphCase.SizesOf(input.Shape, Batch)))];

        (double loss, Dictionary<string, double[]> gradients) = Step();
        double largest = gradients.Values.SelectMany(gradient => gradient).Select(Math.Abs).DefaultIfEmpty(0).Max();
        foreach ((string name, double[] gradient) in gradients)
            for (int trial = 0; trial < 3; trial++)
            {
                int element = random.Next(gradient.Length);
                double slope = Slope(values[name].Values, element);
                if (Math.Abs(slope - gradient[element]) <= 1e-6 * Math.Max(Math.Abs(slope), Math.Max(largest, Math.Abs(loss)))) continue;
                failures.Add($"{model.Name} {level} {name}[{element}]: gradient {gradient[element]:G9}, slope {slope:G9}");
                return;
            }

        // Four points: the error falls with the fourth power of the step.
        double Slope(double[] numbers, int element)
        {
            const double Distance = 1e-3;
            double at = numbers[element];
            double At(double offset)
            {
                numbers[element] = at + offset;
                return Step().Loss;
            }

            double slope = ((8 * (At(Distance) - At(-Distance))) - (At(2 * Distance) - At(-2 * Distance))) / (12 * Distance);
            numbers[element] = at;
            return slope;
        }

        (double Loss, Dictionary<string, double[]> Gradients) Step()
        {
            using var run = new FunctionRun<double>(compiled, values);
            double result = run.Run(0, level, 1, Batch, inputs, integers, [1], [-1, 0, 0], double.NaN)[0][0];
            return (result, run.Values().ToDictionary(after => after.Key, after => after.Value.Select((value, i) => values[after.Key].Values[i] - value)
                .ToArray()));
        }
    }
}
