using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using DLCompiler.Compiler.Autodiff;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Tests.Reference;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>
/// What recurrent layers become: loops that hold the recurrent product alone. Their graphs, evaluated in double precision, give PyTorch's values and
/// gradients; the cases are those that the operators' tests compile.
/// </summary>
public sealed class RecurrentLayerTests
{
    // The case; the layer; its method (with all states and lengths that the case has) and which of its results.
    private static readonly Dictionary<string, (string Layer, (string Name, object Value)[] Arguments, string Method, int Result)> Cases = new()
    {
        ["lstm"] = ("Lstm", [], "Forward", 0),
        ["lstm of one step"] = ("Lstm", [], "Forward", 0),
        ["lstm, last output"] = ("Lstm", [("sequence", false)], "Forward", 0),
        ["lstm with lengths"] = ("Lstm", [], "Forward", 0),
        ["lstm with first states and its last cell state"] = ("Lstm", [("bias", false)], "ForwardWithState", 2),
        ["two bidirectional lstm layers with lengths"] = ("Lstm", [("layers", 2), ("bidirectional", true)], "Forward", 0),
        ["two bidirectional lstm layers with lengths and states"] = ("Lstm", [("layers", 2), ("bidirectional", true)], "ForwardWithState", 1),
        ["bidirectional lstm, last outputs"] = ("Lstm", [("bidirectional", true), ("sequence", false)], "Forward", 0),
        ["bidirectional lstm, summed"] = ("Lstm", [("bidirectional", true), ("merge", "Sum")], "Forward", 0),
        ["gru"] = ("Gru", [], "Forward", 0),
        ["gru with lengths and first state"] = ("Gru", [], "ForwardWithState", 1),
        ["two bidirectional gru layers without biases"] = ("Gru", [("layers", 2), ("bidirectional", true), ("bias", false)], "Forward", 0),
        ["gru cell"] = ("GruCell", [], "Forward", 0),
        ["gru cell that resets before the product"] = ("GruCell", [("resetAfter", false)], "Forward", 0),
        ["simple rnn"] = ("SimpleRnn", [], "Forward", 0),
        ["simple rnn with relu, its last state"] = ("SimpleRnn", [("layers", 2), ("activation", "Relu")], "ForwardWithState", 1),
        ["rnn cell"] = ("RnnCell", [], "Forward", 0),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        string[] lines = Block(name);
        Dictionary<string, ReferenceTensor> given = lines.Select(line => line.Split(' ')).Where(IsTensor).ToDictionary(words => Name(words), Tensor);
        ModelGraph model = Model(name, given);
        FunctionGraph function = model.Function("Predict");
        Dictionary<Node, ReferenceTensor> feeds = function.Inputs.ToDictionary(node => node, node => given[((Input)node.Operator).Identifier]);
        foreach (Node node in function.Graph.Nodes)
            if (node.Operator is Parameter parameter) feeds[node] = given[parameter.Identifier];
        Dictionary<string, long> sizes = new() { ["N"] = given["x"].Shape[0] };

        Node output = Assert.Single(function.Outputs);
        Node loss = function.Graph.Multiply(
            function.Graph.ReduceSum(function.Graph.Square(function.Graph.Add(output, 1)), Enumerable.Range(0, output.Shape.Rank).ToEquatableArray()), 0.5);
        Node gradient = ReverseMode.Gradients(function.Graph, loss, [function.Inputs[0]])[function.Inputs[0]];
        ReferenceTensor[] values = ReferenceInterpreter.Evaluate([output, gradient], feeds, sizes);
        Near(Numbers(lines.Single(line => line.StartsWith("= ", StringComparison.Ordinal))), values[0].Values);
        Near(Numbers(lines.Single(line => line.StartsWith("~ ", StringComparison.Ordinal))), values[1].Values);
    }

    [Fact]
    public void The_loop_holds_one_product_for_all_gates()
    {
        var c = new ClassWriter("Net");
        c.Field("lstm", c.Layer("Lstm", ("units", c.Value(6)), ("layers", c.Value(2))));
        c.Forward(c.Tensor("x", "N", "T <= 9", 5), c.Return(c.Use("lstm", c.Name("x"), "DLCompiler.Lstm")));
        ModelGraph model = c.Right();

        Assert.Equal("[N, T, 6]", model.OutputShape());
        Assert.Equal(
            [
                "lstm.weight_ih_l0 [24, 5]", "lstm.weight_hh_l0 [24, 6]", "lstm.bias_ih_l0 [24]", "lstm.bias_hh_l0 [24]",
                "lstm.weight_ih_l1 [24, 6]", "lstm.weight_hh_l1 [24, 6]", "lstm.bias_ih_l1 [24]", "lstm.bias_hh_l1 [24]",
            ],
            model.Parameters.Select(parameter => $"{parameter.Name} {parameter.Shape}"));
        Assert.All(model.Parameters, parameter => Assert.Equal(6, parameter.FanIn));
        Node[] nodes = [.. model.Function("Predict").Graph.Nodes];
        SubGraph[] bodies = [.. nodes.Select(node => node.Operator).OfType<Scan>().Select(scan => scan.Body).Distinct()];
        Assert.All(bodies, body => Assert.Equal("[N, 24]", Assert.Single(body.Graph.Nodes, node => node.Operator is Contract).Shape.ToString()));
        Assert.Equal(2, nodes.Count(node => node.Operator is Contract));
    }

    [Fact]
    public void Dropout_is_between_layers_and_on_the_state_once_for_all_steps()
    {
        var c = new ClassWriter("Net").Trains("MeanSquaredError", "Sgd");
        c.Field("gru", c.Layer(
            "Gru", ("units", c.Value(6)), ("layers", c.Value(2)), ("dropout", c.Value(0.25f)), ("recurrentDropout", c.Value(0.5f))));
        c.Forward(c.Tensor("x", "N", 4, 5), c.Return(c.Use("gru", c.Name("x"), "DLCompiler.Gru")));
        ModelGraph model = c.Right();

        string[] Random(string function) =>
            [.. model.Function(function).Graph.Nodes.Where(node => node.Operator is RandomUniform).Select(node => node.Shape.ToString())];
        Assert.Empty(Random("Predict"));
        Assert.Equal(["[N, 6]", "[4, N, 6]", "[N, 6]"], Random("Train"));
    }

    private static ModelGraph Model(string name, Dictionary<string, ReferenceTensor> given)
    {
        (string layer, (string Name, object Value)[] settings, string method, int result) = Cases[name];
        var c = new ClassWriter("Net");
        string parameter = given.Keys.First(key => key.Contains('.', StringComparison.Ordinal));
        string field = parameter.Split('.')[0];
        int units = given.First(item => item.Key.Contains("weight_hh", StringComparison.Ordinal)).Value.Shape[1];
        c.Field(field, c.Layer(layer, [("units", c.Value(units)), .. settings.Select(one => (one.Name, Value(c, one)))]));
        MethodParameter[] parameters =
        [
            .. given.Where(item => !item.Key.Contains('.', StringComparison.Ordinal)).Select(item =>
            {
                object[] sizes = ["N", .. item.Value.Shape.Skip(1).Cast<object>()];
                return item.Key == "ids" ? c.Ids(item.Key, sizes) : c.Tensor(item.Key, sizes);
            }),
        ];
        (string Input, string Parameter)[] others = [("y", "hidden"), ("z", "cell"), ("ids", "lengths")];
        string[] names = ["x", .. others.Where(pair => given.ContainsKey(pair.Input)).Select(pair => pair.Parameter)];
        EquatableArray<Argument> arguments = [.. parameters.Select((one, index) => new Argument(names[index], c.Name(one.Name), IsDefault: false))];
        Expression call = new Expression.Call(c.Member(field), "DLCompiler." + layer, method, arguments, c.Site(null));
        if (method == "ForwardWithState") call = new Expression.TupleElement(call, result, c.Site(null));
        c.Method("Forward", parameters, [c.Return(call)]);
        return c.Right();
    }

    private static Expression Value(ClassWriter c, (string Name, object Value) setting) => setting switch
    {
        ("merge", string member) => c.Enum("DirectionMerge", member),
        ("activation", string member) => c.Enum("RnnActivation", member),
        _ => c.Value(setting.Value),
    };

    private static bool IsTensor(string[] words) => words[0] == "set" || words[0] is "x" or "y" or "z" or "ids";

    private static string Name(string[] words) => words[0] == "set" ? words[1] : words[0];

    private static ReferenceTensor Tensor(string[] words)
    {
        string[] rest = [.. words.Skip(words[0] == "set" ? 2 : 1)];
        int[] shape = [.. rest.TakeWhile(word => int.TryParse(word, out _)).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        int count = shape.Aggregate(1, (product, size) => product * size);
        rest = rest[shape.Length..];
        double[] values = rest is ["from", var low, "to", var high]
            ? [.. Enumerable.Range(1, count).Select(i => (double)(float)(Number(low) + ((Number(high) - Number(low)) * (i * 0.618033988749895 % 1))))]
            : [.. rest.Skip(1).Select(Number)];
        return new ReferenceTensor(shape, values);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double[] Numbers(string line) => [.. line[2..].Split(' ').Select(Number)];

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 5e-6 * Math.Max(1, Math.Abs(expected[i])), $"[{i}]: {actual[i]} instead of {expected[i]}");
    }

    private static string[] Block(string name, [CallerFilePath] string caller = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "DLCompiler.Generator.Tests", "Operators", "Recurrent.txt");
        return File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n').Split("\n\n").Select(block => block.Split('\n'))
            .Single(block => block[0] == name);
    }
}
