using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Graph.Recurrent;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers.Recurrent;

/// <summary>
/// Recurrent layers over sequences [N, T, inputs]: <c>(units, layers = 1, bidirectional = false, merge = Concat, sequence = true, dropout = 0,
/// recurrentDropout = 0, bias = true, input = 0, initializer)</c>. The input's product is taken for all steps at once; what is left in the loop is one
/// product of the state and the gates.
/// </summary>
internal static class RecurrentLayer
{
    private const string WithState = "ForwardWithState";

    public static IEnumerable<LayerDefinition> Definitions =>
    [
        Definition("SimpleRnn", arguments => new SimpleRnnKind(arguments.Member("activation", "Tanh") == "Relu")),
        Definition("Lstm", _ => new LstmKind()),
        Definition("Gru", arguments => new GruKind(arguments.Flag("resetAfter", true))),
    ];

    private static LayerDefinition Definition(string name, System.Func<ArgumentSet, CellKind> kind) =>
        new("DLCompiler." + name, Check, call => new TensorValue(Run(call, kind(call.Layer.Arguments)).Outputs), HasParameters: true)
        {
            OtherMethods = new Dictionary<string, System.Func<VocabularyCall, object>> { [WithState] = call => Results(call, kind(call.Layer.Arguments)) },
        };

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "units", 1);
        Checks.AtLeast(arguments, "layers", 1, 1);
        Checks.Optional(arguments, "input");
        DropoutLayer.CheckRate(arguments, "dropout");
        DropoutLayer.CheckRate(arguments, "recurrentDropout");
        if (arguments.Number("dropout") > 0 && arguments.Integer("layers", 1) == 1)
        {
            throw Checks.Wrong(
                arguments,
                "dropout",
                $"is {Checks.Text(arguments.Number("dropout"))} between layers, and there is one layer; use layers: 2, or Dropout after it");
        }
    }

    private static TupleValue Results(VocabularyCall call, CellKind kind)
    {
        (Node outputs, IReadOnlyList<Node> states) = Run(call, kind);
        return new TupleValue([new TensorValue(outputs), .. states.Select(state => new TensorValue(state))]);
    }

    private static (Node Outputs, IReadOnlyList<Node> States) Run(VocabularyCall call, CellKind kind)
    {
        GraphBuilder graph = call.Graph;
        ArgumentSet arguments = call.Layer.Arguments;
        Node x = Sequences(call);
        int units = arguments.Integer("units"), layers = arguments.Integer("layers", 1), directions = arguments.Flag("bidirectional", false) ? 2 : 1;
        bool sum = arguments.Member("merge", "Concat") == "Sum";
        Dimension samples = x.Shape[0], steps = x.Shape[1];
        Node? lengths = Lengths(call, x);
        var state = new TensorType(ElementType.Float32, new Shape(samples, units));
        IReadOnlyList<Node?> given = [.. kind.States.Select(name => FirstState(call, name, state.Shape, layers * directions))];

        Node current = graph.Permute(x, [1, 0, 2]);
        var last = kind.States.Select(_ => new List<Node>()).ToList();
        for (int layer = 0; layer < layers; layer++)
        {
            if (layer > 0) current = Dropped(call, current, arguments.Number("dropout"));
            long inputs = current.Shape[2].Value;
            var outputs = new List<Node>();
            Node rows = graph.Reshape(current, new Shape(steps * samples, inputs));
            for (int direction = 0; direction < directions; direction++)
            {
                int number = (layer * directions) + direction;
                var weights = RecurrentWeights.Declare(call, $"_l{Checks.Text(layer)}{(direction == 1 ? "_reverse" : "")}", kind.Gates, units, inputs);
                Node share = graph.Reshape(weights.Project(graph, rows, kind.JoinsBiases), new Shape(steps, samples, kind.Gates * units));
                var pass = new RecurrentPass(graph, kind, direction == 1, lengths, Mask(call, state, arguments.Number("recurrentDropout")));
                IReadOnlyList<Node> first = [.. given.Select(all => Part(graph, all, number, state, layers * directions))];
                (Node output, IReadOnlyList<Node> states) = pass.Run(share, first, weights.Recurrent, weights.RecurrentBias);
                outputs.Add(output);
                for (int index = 0; index < states.Count; index++) last[index].Add(states[index]);
            }

            current = Merge(graph, outputs, 2, sum);
        }

        // Both directions of the last layer have read the whole sequence in their last states.
        Node result = arguments.Flag("sequence", true)
            ? graph.Permute(current, [1, 0, 2])
            : Merge(graph, [.. last[0].Skip((layers - 1) * directions)], 1, sum);
        return (result, [.. last.Select(all => Joined(graph, all))]);
    }

    private static Node Merge(GraphBuilder graph, IReadOnlyList<Node> directions, int axis, bool sum) =>
        directions.Count == 1 ? directions[0] : sum ? graph.Add(directions[0], directions[1]) : graph.Concat(axis, directions);

    // [N, H] of each layer and direction as [N, layers·directions, H]; of one as it is.
    private static Node Joined(GraphBuilder graph, List<Node> states) => states.Count == 1
        ? states[0]
        : graph.Concat(1, [.. states.Select(state => graph.Reshape(state, new Shape(state.Shape[0], 1, state.Shape[1])))]);

    private static Node Part(GraphBuilder graph, Node? states, int number, TensorType state, int count) =>
        states is null ? graph.Constant(0, state)
        : count == 1 ? states
        : graph.Reshape(graph.Slice(states, 1, number, 1), state.Shape);

    private static Node Dropped(VocabularyCall call, Node x, double rate) =>
        call.Function.Training && rate > 0 ? call.Graph.Multiply(x, Kept(call, x.Shape, rate)) : x;

    // One mask for all steps of a sample (Gal and Ghahramani 2016).
    private static Node? Mask(VocabularyCall call, TensorType state, double rate) =>
        call.Function.Training && rate > 0 ? Kept(call, state.Shape, rate) : null;

    private static Node Kept(VocabularyCall call, Shape shape, double rate)
    {
        Node random = call.Graph.Add(new RandomUniform(shape, call.Function.NextStream()));
        var isKept = new ScalarExpression.Compare(Comparison.GreaterOrEqual, Building.X, rate);
        return call.Graph.Map(new ScalarExpression.Select(isKept, 1 / (1 - rate), 0.0), random);
    }

    // The input: [N, T, features].
    private static Node Sequences(VocabularyCall call)
    {
        Node x = call.Input;
        if (x.Shape.Rank != 3)
        {
            string advice = x.Shape.Rank == 2 ? $"; Reshape it to [{x.Shape[0]}, {x.Shape[1]}, 1] if its numbers are steps" : "";
            throw call.ErrorAtInput(
                DiagnosticIds.WrongRank, $"{call.Layer.Quoted} expects sequences [N, T, features] but receives {Checks.Name(x.Shape)}{advice}");
        }

        long features = Checks.Constant(call, 2, call.Layer.Quoted);
        int declared = call.Layer.Arguments.Integer("input");
        if (declared != 0 && declared != features) throw call.WrongInputSize("input", "inputs", declared, features, Checks.Describe(x));
        call.BindInput(features, "inputs", x.Shape);
        return x;
    }

    private static Node? Lengths(VocabularyCall call, Node x)
    {
        if (call.Arguments.OptionalTensor("lengths") is not { } lengths) return null;
        if (lengths.Shape == new Shape(x.Shape[0])) return lengths;
        throw new VocabularyError(
            DiagnosticIds.WrongRank,
            call.Arguments.OriginOf("lengths"),
            $"{call.Layer.Quoted} expects a length for each sample, [{x.Shape[0]}], but receives lengths {Checks.Name(lengths.Shape)}",
            call.InputOrigin)
        {
            Tensors = [lengths, x],
        };
    }

    private static Node? FirstState(VocabularyCall call, string name, Shape one, int count)
    {
        if (call.Arguments.OptionalTensor(name) is not { } state) return null;
        Shape expected = count == 1 ? one : new Shape(one[0], count, one[1]);
        if (state.Shape == expected) return state;
        string order = count == 1 ? "" : ", layer by layer with both directions of a bidirectional one";
        throw new VocabularyError(
            DiagnosticIds.WrongRank,
            call.Arguments.OriginOf(name),
            $"{call.Layer.Quoted} expects the state '{name}' as {expected}{order}, but receives {Checks.Name(state.Shape)}",
            call.InputOrigin)
        {
            Tensors = [state, call.Input],
        };
    }
}
