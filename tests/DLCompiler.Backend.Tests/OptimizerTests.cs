using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Tests.Reference;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Every optimizer's rule over several steps, on weights whose update rides on the gradient and on others, against the rule written out for one
/// number.</summary>
public sealed class OptimizerTests
{
    private const int Steps = 6, Batch = 19;

    private static readonly OptimizerSpecification[] Rules =
    [
        new(OptimizerKind.Sgd, 0.1),
        new(OptimizerKind.Sgd, 0.1, WeightDecay: 0.05),
        new(OptimizerKind.Sgd, 0.1, Momentum: 0.9),
        new(OptimizerKind.Sgd, 0.1, Momentum: 0.8, WeightDecay: 0.02),
        new(OptimizerKind.Sgd, 0.1, Momentum: 0.9, Nesterov: true),
        new(OptimizerKind.Sgd, 0.1, Momentum: 0.9, Nesterov: true, WeightDecay: 0.02),
        new(OptimizerKind.Adam, 0.01),
        new(OptimizerKind.Adam, 0.01, WeightDecay: 0.1, Beta1: 0.5, Beta2: 0.99, Epsilon: 1e-6),
        new(OptimizerKind.AdamW, 0.01),
        new(OptimizerKind.AdamW, 0.01, WeightDecay: 0.1),
    ];

    [Fact]
    public void RulesMatchTheirDefinitions()
    {
        ModelGraph[] models = [.. Rules.Select(rule => Model(rule).Build())];
        IReadOnlyList<CompiledModel> doubles = CompiledModels.Compile(models, ElementType.Float64),
            singles = CompiledModels.Compile(models, ElementType.Float32);
        for (int index = 0; index < models.Length; index++)
            foreach (SimdLevel level in Enum.GetValues<SimdLevel>())
            {
                Train<double>(models[index], doubles[index], Rules[index], level, 1e-10);
                Train<float>(models[index], singles[index], Rules[index], level, 2e-5);
            }
    }

    private static void Train<T>(ModelGraph model, CompiledModel compiled, OptimizerSpecification rule, SimdLevel level, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        FunctionGraph function = model.Functions[0];
        var random = new Random(5);
        var values = model.Parameters.ToDictionary(parameter => parameter.Name, parameter =>
            GraphCase.Random(random, GraphCase.Sizes(parameter.Shape, Batch), 0.5));
        Dictionary<string, double[]> first = values.ToDictionary(value => value.Key, value => new double[value.Value.Values.Length]),
            second = first.ToDictionary(value => value.Key, value => new double[value.Value.Length]);
        using var run = new FunctionRun<T>(compiled, values);
        for (int step = 1; step <= Steps; step++)
        {
            ReferenceTensor[] inputs = [.. function.Inputs.Select(input => GraphCase.Random(random, GraphCase.Sizes(input.Shape, Batch)))];
            (_, Dictionary<string, ReferenceTensor> gradients, _) = GraphCase.Reference(function, values, inputs, Batch);
            run.Run(0, level, 2, Batch, inputs, [.. inputs.Select(_ => false)], [1], Arguments(rule, step), double.NaN, step);
            Dictionary<string, double[]> after = run.Values();
            foreach ((string name, ReferenceTensor gradient) in gradients)
            {
                double[] expected =
                    [.. gradient.Values.Select((g, i) => Updated(rule, step, values[name].Values[i], g, ref first[name][i], ref second[name][i]))];
                for (int i = 0; i < expected.Length; i++)
                    Assert.True(Math.Abs(expected[i] - after[name][i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                        $"{rule} {typeof(T).Name} {level} step {step} {name}[{i}]: {after[name][i]} instead of {expected[i]}");
                values[name] = gradient with { Values = expected };
            }

            Assert.All(run.Padding(), value => Assert.Equal(0, value));
        }
    }

    // As the run-time library fills them.
    private static double[] Arguments(OptimizerSpecification rule, int step) => rule.Kind == OptimizerKind.Sgd
        ? [-rule.LearningRate, rule.Momentum, rule.WeightDecay]
        : [1 - rule.Beta1, rule.Beta2, 1 - rule.Beta2, -rule.LearningRate / (1 - Math.Pow(rule.Beta1, step)), 1 / Math.Sqrt(1 - Math.Pow(rule.Beta2, step)),
            rule.Epsilon,
            rule.Kind == OptimizerKind.AdamW ? -rule.LearningRate * rule.WeightDecay : rule.WeightDecay];

    // torch.optim's documentation, for one number.
    private static double Updated(OptimizerSpecification rule, int step, double weight, double gradient, ref double first, ref double second)
    {
        if (rule.Kind == OptimizerKind.AdamW) weight -= rule.LearningRate * rule.WeightDecay * weight;
        else gradient += rule.WeightDecay * weight;
        if (rule.Kind == OptimizerKind.Sgd)
        {
            if (rule.Momentum == 0) return weight - (rule.LearningRate * gradient);
            first = (rule.Momentum * first) + gradient;
            return weight - (rule.LearningRate * (rule.Nesterov ? gradient + (rule.Momentum * first) : first));
        }

        first = (rule.Beta1 * first) + ((1 - rule.Beta1) * gradient);
        second = (rule.Beta2 * second) + ((1 - rule.Beta2) * gradient * gradient);
        double mean = first / (1 - Math.Pow(rule.Beta1, step)), square = second / (1 - Math.Pow(rule.Beta2, step));
        return weight - (rule.LearningRate * mean / (Math.Sqrt(square) + rule.Epsilon));
    }

    // A convolution, a Dense layer that is used twice and one that is used once, biases, and a number that scales the result.
    private static GraphCase Model(OptimizerSpecification rule)
    {
        var model = new GraphCase(rule.ToString());
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 2, 5, 3), target = GraphCase.Input(graph, "target", GraphCase.N, 11);
        Node conv = graph.Add(new Convolve(new ConvolutionGeometry(1, 1, 1, 1, 1, 1, 1)), x, model.Parameter(graph, "conv", StorageKind.RowMajor, 3, 2, 3, 3));
        Node y = graph.Flatten(graph.Map(ScalarExpressions.Tanh, conv));
        Node Dense(Node operand, string name, long to)
        {
            Node product = graph.Add(new Contract(false, true), operand, model.Parameter(graph, name, StorageKind.Panels, to, operand.Shape[1].Value));
            return graph.Map(ScalarExpressions.Tanh, graph.Add(product,
                graph.BroadcastAlong(model.Parameter(graph, name + ".bias", StorageKind.RowMajor, to), product.Shape, [1])));
        }

        y = Dense(Dense(Dense(Dense(y, "once", 33), "tied", 33), "tied", 33), "last", 11);
        Node scaled = graph.Multiply(y, graph.Broadcast(model.Parameter(graph, "scale", StorageKind.RowMajor, 1), y.Shape));
        return model.Step(graph, [x, target], graph.Mean(graph.Square(graph.Subtract(scaled, target))), rule);
    }
}
