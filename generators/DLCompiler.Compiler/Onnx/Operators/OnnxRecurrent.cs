using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Recurrent;
using DLCompiler.Compiler.Shapes;
using static DLCompiler.Compiler.Onnx.Operators.OnnxElementwise;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Recurrent operators: loops over the sequence, one for each direction.</summary>
internal static class OnnxRecurrent
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["RNN"] = call => Run(call, 1, (activations, _) => new OnnxCellKind.Rnn(activations, Clip(call)), ["Tanh"]),
        ["GRU"] = call => Run(
            call, 3, (activations, _) => new OnnxCellKind.Gru(activations, Clip(call), call.Integer("linear_before_reset", 0) != 0), ["Sigmoid", "Tanh"]),
        ["LSTM"] = call => Run(
            call, 4, (activations, peepholes) => new OnnxCellKind.Lstm(activations, Clip(call), peepholes, call.Integer("input_forget", 0) != 0),
            ["Sigmoid", "Tanh", "Tanh"]),
    };

    // Operands: X, W [directions, gates·H, inputs], R [directions, gates·H, H], B [directions, 2·gates·H], lengths, first states, peepholes.
    private static IReadOnlyList<OnnxValue> Run(OnnxCall call, int gates, Func<EquatableArray<ScalarExpression>, Node?, CellKind> kind, string[] defaults)
    {
        GraphBuilder graph = call.Graph;
        bool batchFirst = call.Integer("layout", 0) != 0;
        Node x = batchFirst ? graph.Permute(call.Node(0), [1, 0, 2]) : call.Node(0);
        Node w = call.Node(1), r = call.Node(2);
        int directions = call.Size(w.Shape, 0), units = call.Size(r.Shape, 2), inputs = call.Size(x.Shape, 2);
        string direction = call.Text("direction", "forward");
        IReadOnlyList<string> names = call.Attribute("activations")?.Texts ?? [.. Enumerable.Repeat(defaults, directions).SelectMany(all => all)];
        if (names.Count != directions * defaults.Length) throw call.Fail(OnnxProblem.Invalid, $"has {names.Count} activations for {directions} directions");
        Dimension steps = x.Shape[0], samples = x.Shape[1];
        Node rows = graph.Reshape(x, new Shape(steps * samples, inputs));
        var outputs = new List<Node>();
        var states = new List<IReadOnlyList<Node>>();
        for (int number = 0; number < directions; number++)
        {
            EquatableArray<ScalarExpression> activations =
                [.. names.Skip(number * defaults.Length).Take(defaults.Length).Select(name => Activation(call, name))];
            CellKind cell = kind(activations, gates == 4 && call.Has(7) ? Row(graph, call.Node(7), number) : null);
            Node? biases = call.Has(3) ? Row(graph, call.Node(3), number) : null;
            Node product = graph.Dense(rows, Row(graph, w, number), biases is null ? null : graph.Slice(biases, 0, 0, gates * units));
            Node share = graph.Reshape(product, new Shape(steps, samples, gates * units));
            Node[] first = [.. cell.States.Select((_, index) => First(call, 5 + index, number, new Shape(samples, units), batchFirst))];
            var pass = new RecurrentPass(graph, cell, direction == "reverse" || number == 1, call.Has(4) ? call.Node(4) : null, null);
            (Node all, IReadOnlyList<Node> last) =
                pass.Run(share, first, Row(graph, r, number), biases is null ? null : graph.Slice(biases, 0, gates * units, gates * units));
            outputs.Add(graph.Reshape(all, new Shape(steps, 1, samples, units)));
            states.Add(last);
        }

        Node y = graph.Concat(1, outputs);
        var results = new List<OnnxValue> { batchFirst ? graph.Permute(y, [2, 0, 1, 3]) : y };
        for (int index = 0; index < states[0].Count; index++)
        {
            Node last = graph.Concat(0, [.. states.Select(all => graph.Reshape(all[index], new Shape(1, samples, units)))]);
            results.Add(batchFirst ? graph.Permute(last, [1, 0, 2]) : last);
        }

        return results;
    }

    private static double Clip(OnnxCall call) => call.Number("clip", 0);

    // One direction's part.
    private static Node Row(GraphBuilder graph, Node all, int number) =>
        graph.Reshape(graph.Slice(all, 0, number, 1), new Shape(all.Shape.Skip(1)));

    private static Node First(OnnxCall call, int operand, int number, Shape state, bool batchFirst)
    {
        if (!call.Has(operand)) return call.Graph.Constant(0, new TensorType(ElementType.Float32, state));
        Node given = call.Node(operand);
        return Row(call.Graph, batchFirst ? call.Graph.Permute(given, [1, 0, 2]) : given, number);
    }

    private static ScalarExpression Activation(OnnxCall call, string name) => name switch
    {
        "Tanh" => new ScalarExpression.Unary(UnaryFunction.Tanh, X),
        "Sigmoid" => new ScalarExpression.Unary(UnaryFunction.Sigmoid, X),
        "Relu" => new ScalarExpression.Binary(BinaryFunction.Max, 0, X),
        "Softplus" => new ScalarExpression.Unary(UnaryFunction.Softplus, X),
        _ => throw call.Fail(OnnxProblem.Form, $"has the activation '{name}'"),
    };
}
