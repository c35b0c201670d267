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
    public static LayerDefinition Definition { get; } = new("DLCompiler.Embedding", Check, Forward, HasParameters: true);

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
        Node table = call.Parameter(
            "weight", new Shape(count, dimensions), Initializers.Weights(call.Layer.Arguments, InitializerKind.Normal), dimensions, count, zeroRow: padding);
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
