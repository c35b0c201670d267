using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Matrix products.</summary>
internal static class OnnxProducts
{
    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["MatMul"] = MatMul,
        ["Gemm"] = Gemm,
    };

    // As NumPy: a vector is a row on the left and a column on the right, and its axis leaves the result.
    private static IReadOnlyList<OnnxValue> MatMul(OnnxCall call)
    {
        (Node left, Node right) = (call.Node(0), call.Node(1));
        bool isRow = left.Shape.Rank == 1, isColumn = right.Shape.Rank == 1;
        if (isRow) left = call.Graph.Reshape(left, new Shape(Dimension.One, left.Shape[0]));
        if (isColumn) right = call.Graph.Reshape(right, new Shape(right.Shape[0], Dimension.One));
        Node product = call.Graph.MatrixMultiply(left, right);
        int rank = product.Shape.Rank;
        return [call.Graph.Reshape(product, new Shape(product.Shape.Where((_, axis) => !(isRow && axis == rank - 2) && !(isColumn && axis == rank - 1))))];
    }

    private static IReadOnlyList<OnnxValue> Gemm(OnnxCall call)
    {
        bool transposeLeft = call.Integer("transA", 0) != 0, transposeRight = call.Integer("transB", 0) != 0;
        Node product = call.Graph.Add(new Contract(transposeLeft, transposeRight), call.Node(0), call.Node(1));
        double alpha = call.Number("alpha", 1), beta = call.Number("beta", 1);
        if (alpha != 1) product = call.Graph.Multiply(product, alpha);
        if (!call.Has(2) || beta == 0) return [product];
        Node bias = call.Node(2);
        return [call.Graph.Add(product, beta == 1 ? bias : call.Graph.Multiply(bias, beta))];
    }
}
