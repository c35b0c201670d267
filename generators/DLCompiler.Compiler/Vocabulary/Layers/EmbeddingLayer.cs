using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>Embedding(count, dimensions, initializer, gain, paddingIndex = none)</c>: row ids[…] of a table [count, dimensions]; ids […] gives […, dimensions]. The
/// row of padding is zero at first and has no gradient.
/// </summary>
internal static class EmbeddingLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.Embedding", Check, Forward, HasParameters: true)
    {
        OtherMethods = new Dictionary<string, System.Func<VocabularyCall, object>> { ["Attend"] = Attend },
    };

    private static void Check(ArgumentSet arguments)
    {
        Checks.AtLeast(arguments, "count", 1);
        Checks.AtLeast(arguments, "dimensions", 1);
        int padding = arguments.Integer("paddingIndex", -1), count = arguments.Integer("count");
        if (padding < -1 || padding >= count)
        {
            throw Checks.Wrong(
                arguments, "paddingIndex", $"is {Checks.Text(padding)}, and the table has the rows {Checks.Range(count)}; use one of them, or omit it");
        }
    }

    // The table as the weights of a Dense layer without bias (Press and Wolf 2017).
    private static object Attend(VocabularyCall call)
    {
        Node x = call.Input;
        ArgumentSet arguments = call.Layer.Arguments;
        int count = arguments.Integer("count"), dimensions = arguments.Integer("dimensions"), last = x.Shape.Rank - 1;
        if (x.Shape.Rank < 2 || x.Shape[last] != dimensions)
        {
            throw call.ErrorAtInput(
                DiagnosticIds.MatMul,
                $"the table of {call.Layer.Quoted} has vectors of {Checks.Text(dimensions)}, and {Checks.Name(x.Shape)} does not end in as many; "
                    + $"give it [N, …, {Checks.Text(dimensions)}]");
        }

        Node table = Table(call, count, dimensions);
        Shape leading = new(x.Shape.Take(last));
        Node scores = call.Graph.Add(new Contract(false, true), call.Graph.Reshape(x, new Shape(leading.ElementCount, dimensions)), table);
        return new TensorValue(call.Graph.Reshape(scores, new Shape(leading.Append(count))));
    }

    private static Node Table(VocabularyCall call, int count, int dimensions) => call.Parameter(
        "weight", new Shape(count, dimensions), Initializers.Weights(call.Layer.Arguments, InitializerKind.Normal), dimensions, count,
        zeroRow: call.Layer.Arguments.Integer("paddingIndex", -1));

    private static object Forward(VocabularyCall call)
    {
        Node ids = call.Input;
        if (ids.Type.Element != ElementType.Int32)
        {
            throw new VocabularyError(
                DiagnosticIds.WrongRank,
                call.InputOrigin,
                $"{call.Layer.Quoted} expects ids, a Tensor<int>, but receives numbers {ids.Shape}; make it the first layer");
        }

        int count = call.Layer.Arguments.Integer("count"), dimensions = call.Layer.Arguments.Integer("dimensions");
        int padding = call.Layer.Arguments.Integer("paddingIndex", -1);
        call.Layer.Bind(count, ids.Shape, call.Origin);
        Node table = Table(call, count, dimensions);
        Node rows = call.Graph.Add(new Gather(), table, ids);
        return new TensorValue(padding < 0 ? rows : WithoutGradient(call.Graph, rows, ids, padding));
    }

    // The rows of one id are looked up as all others, but learn nothing.
    private static Node WithoutGradient(GraphBuilder graph, Node rows, Node ids, int id)
    {
        Node repeated = graph.BroadcastAlong(ids, rows.Shape, Enumerable.Range(0, ids.Shape.Rank).ToEquatableArray());
        ScalarExpression isIt = new ScalarExpression.Compare(Comparison.Equal, new ScalarExpression.Input(1), id);
        var chosen = new ScalarExpression.Select(isIt, new ScalarExpression.Input(2), new ScalarExpression.Input(0));
        return graph.Map(chosen, rows, repeated, graph.Add(new StopGradient(), rows));
    }
}
