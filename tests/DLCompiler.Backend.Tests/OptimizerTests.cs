using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Optimizers;
using DLCompiler.Compiler.Tests.Reference;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>
/// Every optimizer's rule over several steps, on weights whose update rides on the gradient and on others, against the rule evaluated for one number at a
/// time. That
/// the rules are those of PyTorch is tested on whole models.
/// </summary>
public sealed class OptimizerTests
{
    private const int Steps = 6, Batch = 19;

    // What the planner does differently; at every level, in both element types.
    private static readonly OptimizerSpecification[] Structures =
    [
        Rule("Sgd"),
        Rule("AdamW", ("DecayVectors", 0), ("AverageDecay", 0.9)),
        Rule("Lamb", ("WeightDecay", 0.1), ("AverageDecay", 0.9)),
        Rule("Adam", ("ClipNorm", 0.004), ("ClipGlobalNorm", 0.005), ("MaxNorm", 0.4)),
        Rule("Sgd", ("Momentum", 0.9), ("Accumulate", 2), ("ClipGlobalNorm", 0.004)),
    ];

    // Elementwise formulas: one level with vectors tells as much as four.
    private static readonly OptimizerSpecification[] Formulas =
    [
        Rule("Sgd", ("Momentum", 0.8), ("WeightDecay", 0.02), ("Nesterov", 1)),
        Rule("Adam", ("WeightDecay", 0.1), ("Beta1", 0.5), ("Beta2", 0.99), ("Epsilon", 1e-6), ("AmsGrad", 1)),
        Rule("Adagrad", ("LearningRateDecay", 0.1), ("InitialAccumulator", 0.5)),
        Rule("Adadelta", ("WeightDecay", 0.1), ("DecoupledDecay", 1)),
        Rule("RmsProp", ("Momentum", 0.9), ("Centered", 1)),
        Rule("Adamax"),
        Rule("NAdam"),
        Rule("RAdam", ("WeightDecay", 0.1)),
        Rule("Lion", ("L1", 0.01), ("L2", 0.02), ("ClipValue", 0.001)),
    ];

    [Fact]
    public void StructuresFollowTheRules() => Check(Structures, Enum.GetValues<InstructionSet>(), single: true);

    [Fact]
    public void StacksOfParametersFollowTheRules() => Check(Structures, [InstructionSet.Scalar, InstructionSet.Vector512], single: false, Repeated);

    [Fact]
    public void FormulasFollowTheRules() => Check(Formulas, [InstructionSet.Vector256], single: false);

    [Fact]
    public void UsersCanNameEveryOptimizerAndEveryNumber()
    {
        Assert.Equal(Enum.GetNames<Optimizer>(), OptimizerTable.All.Select(definition => definition.Name));
        string[] properties = [.. typeof(OptimizerAttribute).GetProperties().Select(property => property.Name)];
        Assert.All(OptimizerTable.All.SelectMany(definition => definition.Numbers).Concat(CommonNumbers.All), number =>
            Assert.Contains(number.Name, properties));
    }

    [Fact]
    public void EveryOptimizerIsTried() => Assert.Equal(
        OptimizerTable.All.Select(definition => definition.Name).Order(), Structures.Concat(Formulas).Select(rule => rule.Kind).Distinct().Order());

    private static void Check(OptimizerSpecification[] rules, InstructionSet[] levels, bool single, Func<OptimizerSpecification, GraphCase>? create = null)
    {
        ModelGraph[] models = [.. rules.Select(rule => (create ?? Model)(rule).Build())];
        IReadOnlyList<CompiledModel> doubles = CompiledModels.Compile(models, ElementType.Float64, _ => levels),
            singles = single ? CompiledModels.Compile(models, ElementType.Float32, _ => levels) : [];
        foreach (SimdLevel level in levels.Select(level => Enum.Parse<SimdLevel>(level.ToString())))
            for (int index = 0; index < models.Length; index++)
            {
                Train<double>(models[index], doubles[index], level, 1e-10);
                if (single) Train<float>(models[index], singles[index], level, 5e-5);
            }
    }

    private static OptimizerSpecification Rule(string kind, params (string Name, double Value)[] numbers) =>
        new(kind, [new("LearningRate", kind == "Adadelta" ? 1 : 0.01),
            .. numbers.Select(number => new Compiler.Graph.OptimizerNumber(number.Name, number.Value))]);

    private static void Train<T>(ModelGraph model, CompiledModel compiled, SimdLevel level, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        FunctionGraph function = model.Functions[0];
        StepOptimization optimization = StepOptimization.Create(function.Optimizer!, model.Parameters);
        StepOptimizer optimizer = compiled.CreateOptimizers()[0]!;
        var random = new Random(5);
        var values = model.Parameters.ToDictionary(parameter => parameter.Name, parameter =>
            GraphCase.Random(random, GraphCase.SizesOf(parameter.Shape, Batch), 0.5));
        Dictionary<string, double[][]> states = values.ToDictionary(value => value.Key, value => optimization.States
            .Select(state => value.Value.Values.Select(weight => state.StartsAsWeights ? weight : state.Initial).ToArray()).ToArray());
        double[] carried = [.. optimizer.Carried.Select(number => number.Value)], arguments = new double[optimizer.ArgumentCount];
        using var run = new FunctionRun<T>(compiled, values);
        for (int step = 1; step <= Steps; step++)
        {
            bool updates = step % optimizer.Accumulate == 0;
            var next = new double[carried.Length];
            optimizer.Prepare(new StepNumbers
            {
                LearningRate = optimizer.LearningRate,
                Step = step / optimizer.Accumulate,
                Own = (double[])[.. optimizer.Numbers.Select(number => number.Value)],
                Carried = carried,
                Next = next,
                Arguments = arguments,
            });
            carried = next;
            ReferenceTensor[] inputs = [.. function.Inputs.Select(input => GraphCase.Random(random, GraphCase.SizesOf(input.Shape, Batch)))];
            (_, Dictionary<string, ReferenceTensor> gradients, _) = GraphCase.Reference(function, values, inputs, Batch);
            run.Run(0, level, 2, Batch, inputs, [.. inputs.Select(_ => false)], [1], arguments, double.NaN, step, updates: updates);
            Dictionary<string, double[]> after = run.Values();
            var reference = new ReferenceUpdate(optimization, arguments);
            foreach ((string name, double[] expected) in reference.Apply(values, gradients, states, updates))
            {
                for (int i = 0; i < expected.Length; i++)
                    Assert.True(Math.Abs(expected[i] - after[name][i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                        $"{function.Optimizer} {typeof(T).Name} {level} step {step} {name}[{i}]: {after[name][i]} instead of {expected[i]}");
                values[name] = values[name] with { Values = expected };
            }

            Assert.All(run.Padding(), value => Assert.Equal(0, value));
        }
    }

    // A convolution, a Dense layer that is used twice and one that is used once, biases, and a number that scales the result.
    private static GraphCase Model(OptimizerSpecification rule)
    {
        var model = new GraphCase(rule.Kind);
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

    // Blocks whose parameters are updated in a loop, between two that are not.
    private static GraphCase Repeated(OptimizerSpecification rule)
    {
        var model = new GraphCase(rule.Kind);
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 5), target = GraphCase.Input(graph, "target", GraphCase.N, 3);
        Node first = graph.Dense(x, model.Parameter(graph, "first", StorageKind.Panels, 19, 5), null);
        Node y = RepeatedBlocks.Apply(model, graph, first, 3);
        Node last = graph.Dense(y, model.Parameter(graph, "last", StorageKind.Panels, 3, 19), model.Parameter(graph, "last.bias", StorageKind.RowMajor, 3));
        return model.Step(graph, [x, target], graph.Mean(graph.Square(graph.Subtract(last, target))), rule);
    }
}
