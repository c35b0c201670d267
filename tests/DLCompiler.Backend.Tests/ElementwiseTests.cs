using System.Linq;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>Functions that kernels compute through others, masks, and what the caller gives and gets in other types than the kernels'.</summary>
public sealed class ElementwiseTests
{
    private static readonly ScalarExpression X = new ScalarExpression.Input(0), Y = new ScalarExpression.Input(1);

    [Fact]
    public void FunctionsAndMasksMatchTheReference() => CompiledAgainstReference.Check(
        [
            .. new[]
            {
                UnaryFunction.Log1P, UnaryFunction.ExpM1, UnaryFunction.Asin, UnaryFunction.Acos, UnaryFunction.Atan, UnaryFunction.Sinh,
                UnaryFunction.Cosh, UnaryFunction.Asinh, UnaryFunction.Atanh,
            }.Select(Function),
            Masked(),
            OtherTypes(),
        ]);

    // x lies between -0.9 and 0.9; of its multiples all branches are taken.
    private static GraphCase Function(UnaryFunction function)
    {
        bool bounded = function is UnaryFunction.Asin or UnaryFunction.Acos or UnaryFunction.Atanh or UnaryFunction.Log1P;
        ScalarExpression operand = bounded ? X * Y : 6 * X * Y;
        return Trained(function.ToString(), (graph, x, w) => graph.Map(new ScalarExpression.Unary(function, operand), x, w));
    }

    private static GraphCase Masked() => Trained("masks", (graph, x, w) =>
    {
        Node positive = graph.Map(new ScalarExpression.Compare(Comparison.Greater, X, Y), ElementType.Bool, x, w);
        Node either = graph.Map(
            new ScalarExpression.Binary(BinaryFunction.Or, new ScalarExpression.Unary(UnaryFunction.Not, X), new ScalarExpression.Compare(Comparison.Less, Y, 0)),
            ElementType.Bool, positive, x);

        // Read twice, so that it is stored.
        Node stored = graph.Reshape(either, new Shape(GraphCase.N * 7));
        Node chosen = graph.Map(new ScalarExpression.Select(X, Y, 0), ElementType.Float32, graph.Reshape(stored, x.Shape), graph.Multiply(x, w));
        return graph.Add(chosen, graph.Map(ScalarFunctions.Round(3 * X), x));
    });

    // Masks and ids as inputs, and as results.
    private static GraphCase OtherTypes()
    {
        var model = new GraphCase("other types");
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 5), ids = GraphCase.Labels(graph, "ids", GraphCase.N, 5);
        Node isZero = graph.Map(new ScalarExpression.Compare(Comparison.Equal, X, 0), ElementType.Bool, ids);
        Node chosen = graph.Map(new ScalarExpression.Select(X, Y, 0.5), ElementType.Float32, isZero, x);
        Node rounded = graph.Map(ScalarFunctions.Truncate(9 * X), ElementType.Int32, x);
        return model.Predict(graph, [x, ids], chosen, graph.Map(X + 1, ElementType.Float32, rounded));
    }

    private static GraphCase Trained(string name, System.Func<GraphBuilder, Node, Node, Node> function)
    {
        var model = new GraphCase(name);
        var graph = new GraphBuilder();
        Node x = GraphCase.Input(graph, "x", GraphCase.N, 7), w = graph.Broadcast(model.Parameter(graph, "w", StorageKind.RowMajor, 7), x.Shape);
        return model.Step(graph, [x], graph.Mean(graph.Map(ScalarExpressions.Square, function(graph, x, w))));
    }
}
