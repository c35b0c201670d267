using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary><c>MatMul</c>: [B…, M, K]·[B…, K, N] = [B…, M, N]; leading axes broadcast.</summary>
internal static class Products
{
    public static IEnumerable<Operation> Operations => [new(Operation.Tensor, "MatMul", MatMul, HasRow: true)];

    private static TensorValue MatMul(VocabularyCall call)
    {
        GraphBuilder graph = call.Graph;
        Node left = call.Input, right = call.Arguments.Tensor("other");
        Shape a = left.Shape, b = right.Shape;
        if (a.Rank < 2) throw NoMatrix(left, call.InputOrigin);
        if (b.Rank < 2) throw NoMatrix(right, call.Arguments.OriginOf("other"));
        Dimension inner = a[a.Rank - 1];
        if (inner != b[b.Rank - 2])
        {
            throw call.Error(
                DiagnosticIds.MatMul,
                $"can't multiply matrices {a} and {b}: dimension {Checks.Text(a.Rank - 1)} on the left is {inner} (columns) and dimension "
                    + $"{Checks.Text(b.Rank - 2)} on the right is {b[b.Rank - 2]} (rows). {OperandAdvice.Product(a, b)}",
                OperandAdvice.Facts(a, b));
        }

        Dimension rows = a[a.Rank - 2], columns = b[b.Rank - 1];
        if (b.Rank == 2)
        {
            // One matrix on the right: all rows on the left are one batch.
            Shape leading = new(a.Take(a.Rank - 1));
            Node product = graph.Add(new Contract(false, false), graph.Reshape(left, new Shape(leading.ElementCount, inner)), right);
            return new TensorValue(graph.Reshape(product, new Shape(leading.Append(columns))));
        }

        Shape batch = Leading(call, a, b);
        left = graph.Broadcast(left, new Shape(batch.Append(rows).Append(inner)));
        right = graph.Broadcast(right, new Shape(batch.Append(inner).Append(columns)));
        return new TensorValue(graph.Add(new Contract(false, false), left, right));
    }

    private static VocabularyError NoMatrix(Node node, Origin origin)
    {
        string advice = node.Shape.Rank == 1 ? $"; Reshape it to [{node.Shape[0]}, 1] or [1, {node.Shape[0]}]" : "";
        return new VocabularyError(
            DiagnosticIds.WrongRank, origin, $"MatMul expects matrices […, rows, columns] but receives {Checks.Name(node.Shape)}{advice}")
        { Tensors = [node] };
    }

    private static Shape Leading(VocabularyCall call, Shape a, Shape b)
    {
        int rank = Math.Max(a.Rank, b.Rank) - 2;
        var sizes = new List<Dimension>();
        for (int axis = 0; axis < rank; axis++)
        {
            Dimension x = At(a, axis - rank), y = At(b, axis - rank);
            if (x != y && x != Dimension.One && y != Dimension.One)
            {
                throw call.Error(
                    DiagnosticIds.MatMul,
                    $"can't multiply matrices {a} and {b}: dimension {Checks.Text(axis + a.Rank - 2 - rank)} on the left is {x} and dimension "
                        + $"{Checks.Text(axis + b.Rank - 2 - rank)} on the right is {y}. Dimensions before the matrix's two must be equal, or one of them 1");
            }

            sizes.Add(x == Dimension.One ? y : x);
        }

        return new Shape(sizes);
    }

    // The leading axis at a negative position before the matrix's two.
    private static Dimension At(Shape shape, int position) => shape.Rank - 2 + position is >= 0 and var axis ? shape[axis] : Dimension.One;
}
