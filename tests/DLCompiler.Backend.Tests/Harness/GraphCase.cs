using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Autodiff;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Tests.Reference;

namespace DLCompiler.Backend.Tests.Harness;

/// <summary>A model for tests, made step by step: parameters, inputs, functions.</summary>
public sealed class GraphCase(string name)
{
    private readonly List<ParameterSpecification> parameters = [];
    private readonly List<StateSpecification> states = [];
    private readonly List<FunctionGraph> functions = [];

    public static Dimension N { get; } = Dimension.Symbol("N");

    /// <summary>A size besides the batch, for models that have it in <see cref="Sizes"/>.</summary>
    public static Dimension T { get; } = Dimension.Symbol("T");

    /// <summary>The bound of <see cref="T"/>, for <see cref="Sizes"/>.</summary>
    public static BoundedSize BoundOfT { get; } = new("T", 9);

    public string Name => name;

    public override string ToString() => name;

    public Node Parameter(GraphBuilder graph, string key, StorageKind storage, params long[] shape)
    {
        var type = new TensorType(ElementType.Float32, new Shape(shape.Select(size => (Dimension)size)));
        if (parameters.All(parameter => parameter.Name != key)) parameters.Add(new ParameterSpecification(key, type.Shape, InitializerKind.UniformFanIn,
            shape.Skip(1).Aggregate(1L, (a, b) => a * b), shape[0], storage));
        return graph.Add(new Parameter(key, type));
    }

    public Node State(GraphBuilder graph, string key, params long[] shape)
    {
        var type = new TensorType(ElementType.Float32, new Shape(shape.Select(size => (Dimension)size)));
        if (states.All(state => state.Name != key)) states.Add(new StateSpecification(key, type.Shape, 0));
        return graph.Add(new State(key, type));
    }

    public static Node Input(GraphBuilder graph, string key, params Dimension[] shape) =>
        graph.Add(new Input(key, new TensorType(ElementType.Float32, new Shape(shape))));

    public static Node Labels(GraphBuilder graph, string key, params Dimension[] shape) =>
        graph.Add(new Input(key, new TensorType(ElementType.Int32, new Shape(shape))));

    public GraphCase Predict(GraphBuilder graph, IReadOnlyList<Node> inputs, params Node[] outputs)
    {
        functions.Add(new FunctionGraph("Predict", FunctionKind.Predict, graph, inputs, outputs, [], [], null) { Sizes = Sizes });
        return this;
    }

    public GraphCase Step(GraphBuilder graph, IReadOnlyList<Node> inputs, Node loss, OptimizerSpecification? optimizer = null,
        IReadOnlyList<(Node, Node)>? writes = null)
    {
        functions.Add(new FunctionGraph("Train" + functions.Count, FunctionKind.Step, graph, inputs, [loss], writes ?? [],
            [.. parameters.Select(parameter => parameter.Name)], optimizer ?? new OptimizerSpecification("Sgd", [new("LearningRate", 1)]))
        { Sizes = Sizes });
        return this;
    }

    /// <summary>The sizes besides the batch that its functions have.</summary>
    public IReadOnlyList<BoundedSize> Sizes { get; init; } = [];

    /// <summary>What its predictions may do.</summary>
    public InferenceOptions Inference { get; init; } = new();

    public ModelGraph Build() => new(name, parameters, states, functions) { Inference = Inference };

    /// <summary>Random numbers for a shape: seeded, away from kinks.</summary>
    public static ReferenceTensor Random(Random random, int[] shape, double scale = 1) =>
        new(shape, [.. Enumerable.Range(0, ReferenceTensor.Count(shape)).Select(_ => scale * ((random.NextDouble() * 1.8) - 0.9))]);

    /// <summary>What the reference interpreter says of a function: outputs, gradients of the updated parameters, and new states.</summary>
    public static (ReferenceTensor[] Outputs, Dictionary<string, ReferenceTensor> Gradients, Dictionary<string, ReferenceTensor> States) Reference(
        FunctionGraph function, IReadOnlyDictionary<string, ReferenceTensor> values, IReadOnlyList<ReferenceTensor> inputs, int batch)
    {
        Node[] trained = [.. function.Graph.Nodes.Where(node => node.Operator is Parameter parameter && function.Updates.Contains(parameter.Identifier))];
        IReadOnlyDictionary<Node, Node> gradients = function.Optimizer is null ? new Dictionary<Node, Node>()
            : ReverseMode.Gradients(function.Graph, function.Outputs[0], trained);
        Node[] wanted = [.. function.Outputs, .. trained.Where(gradients.ContainsKey).Select(node => gradients[node]),
            .. function.StateWrites.Select(write => write.Value)];
        var feeds = new Dictionary<Node, ReferenceTensor>();
        for (int i = 0; i < inputs.Count; i++) feeds[function.Inputs[i]] = inputs[i];
        foreach (Node node in function.Graph.Nodes)
            if (node.Operator is Parameter parameter) feeds[node] = values[parameter.Identifier];
            else if (node.Operator is State state) feeds[node] = values[state.Identifier];
        ReferenceTensor[] results = ReferenceInterpreter.Evaluate(wanted, feeds, new Dictionary<string, long> { ["N"] = batch, ["T"] = SizeOf("T", batch) });
        int outputs = function.Outputs.Count, count = gradients.Count;
        return (results[..outputs],
            trained.Take(count).Select((node, index) => (((Parameter)node.Operator).Identifier, results[outputs + index]))
                .ToDictionary(pair => pair.Identifier, pair => pair.Item2),
            function.StateWrites.Select((write, index) => (((State)write.State.Operator).Identifier, results[outputs + count + index]))
                .ToDictionary(pair => pair.Identifier, pair => pair.Item2));
    }

    /// <summary>A shape's sizes in a run.</summary>
    public static int[] SizesOf(Shape shape, int batch) => [.. shape.Select(size => (int)size.Evaluate(symbol => SizeOf(symbol, batch)))];

    /// <summary>What a symbol stands for in a run: sizes besides the batch take other values with it, 1 and the bound among them.</summary>
    public static long SizeOf(string symbol, int batch) => symbol == "N" ? batch : 1 + ((batch - 1) * 5 % BoundOfT.Bound);
}
