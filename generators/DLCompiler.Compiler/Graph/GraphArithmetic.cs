using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Graph;

/// <summary>Arithmetic with NumPy's broadcasting, elementwise functions and activations, matrix products.</summary>
public static class GraphArithmetic
{
    private static readonly ScalarExpression X = new ScalarExpression.Input(0);
    private static readonly ScalarExpression Y = new ScalarExpression.Input(1);

    /// <summary>The sum; operands are broadcast.</summary>
    public static Node Add(this GraphBuilder graph, Node left, Node right) => graph.Binary(BinaryFunction.Add, left, right);

    /// <summary>The difference; operands are broadcast.</summary>
    public static Node Subtract(this GraphBuilder graph, Node left, Node right) => graph.Binary(BinaryFunction.Subtract, left, right);

    /// <summary>The product; operands are broadcast.</summary>
    public static Node Multiply(this GraphBuilder graph, Node left, Node right) => graph.Binary(BinaryFunction.Multiply, left, right);

    /// <summary>The quotient; operands are broadcast.</summary>
    public static Node Divide(this GraphBuilder graph, Node left, Node right) => graph.Binary(BinaryFunction.Divide, left, right);

    /// <summary>The larger elements; operands are broadcast.</summary>
    public static Node Maximum(this GraphBuilder graph, Node left, Node right) => graph.Binary(BinaryFunction.Max, left, right);

    /// <summary>The smaller elements; operands are broadcast.</summary>
    public static Node Minimum(this GraphBuilder graph, Node left, Node right) => graph.Binary(BinaryFunction.Min, left, right);

    /// <summary>A function of two operands, which are broadcast to their common shape.</summary>
    /// <exception cref="ShapeException">There is no common shape.</exception>
    public static Node Binary(this GraphBuilder graph, BinaryFunction function, Node left, Node right)
    {
        string name = function switch
        {
            BinaryFunction.Add => "add",
            BinaryFunction.Subtract => "subtract",
            BinaryFunction.Multiply => "multiply",
            BinaryFunction.Divide => "divide",
            BinaryFunction.Max or BinaryFunction.Min => "compare",
            _ => "combine",
        };
        return graph.Zip(name, new ScalarExpression.Binary(function, X, Y), left.Type.Element, left, right);
    }

    /// <summary>Any expression of two operands, which are broadcast to their common shape.</summary>
    /// <param name="name">What is done, as a verb, for the message.</param>
    /// <exception cref="ShapeException">There is no common shape.</exception>
    public static Node Zip(this GraphBuilder graph, string name, ScalarExpression expression, ElementType element, Node left, Node right)
    {
        if (left.Type.Element != right.Type.Element)
            throw new ShapeException($"can't {name} {left.Shape} with {left.Type.Element} elements and {right.Shape} with {right.Type.Element} ones");
        if (!Broadcasting.TryCombine(left.Shape, right.Shape, out Shape shape, out int conflict))
        {
            int rank = System.Math.Max(left.Shape.Rank, right.Shape.Rank);
            (Dimension a, Dimension b) = (Broadcasting.SizeAt(left.Shape, conflict, rank), Broadcasting.SizeAt(right.Shape, conflict, rank));
            throw new ShapeException($"can't {name} {left.Shape} and {right.Shape}: dimension {conflict} is {a} on the left and {b} on the right");
        }

        return graph.Map(expression, element, graph.Broadcast(left, shape), graph.Broadcast(right, shape));
    }

    /// <summary>x + number.</summary>
    public static Node Add(this GraphBuilder graph, Node x, double number) => graph.Map(X + number, x);

    /// <summary>x · number.</summary>
    public static Node Multiply(this GraphBuilder graph, Node x, double number) => graph.Map(X * number, x);

    /// <summary>−x.</summary>
    public static Node Negate(this GraphBuilder graph, Node x) => graph.Map(-X, x);

    /// <summary>A function of each element.</summary>
    public static Node Unary(this GraphBuilder graph, UnaryFunction function, Node x) => graph.Map(new ScalarExpression.Unary(function, X), x);

    /// <summary>eˣ.</summary>
    public static Node Exp(this GraphBuilder graph, Node x) => graph.Unary(UnaryFunction.Exp, x);

    /// <summary>The natural logarithm.</summary>
    public static Node Log(this GraphBuilder graph, Node x) => graph.Unary(UnaryFunction.Log, x);

    /// <summary>The square root.</summary>
    public static Node Sqrt(this GraphBuilder graph, Node x) => graph.Unary(UnaryFunction.Sqrt, x);

    /// <summary>x².</summary>
    public static Node Square(this GraphBuilder graph, Node x) => graph.Map(X * X, x);

    /// <summary>|x|.</summary>
    public static Node Abs(this GraphBuilder graph, Node x) => graph.Unary(UnaryFunction.Abs, x);

    /// <summary>The hyperbolic tangent.</summary>
    public static Node Tanh(this GraphBuilder graph, Node x) => graph.Unary(UnaryFunction.Tanh, x);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Node Sigmoid(this GraphBuilder graph, Node x) => graph.Unary(UnaryFunction.Sigmoid, x);

    /// <summary>log(1 + eˣ), without overflow.</summary>
    public static Node Softplus(this GraphBuilder graph, Node x) => graph.Unary(UnaryFunction.Softplus, x);

    /// <summary>max(0, x); NaN stays NaN.</summary>
    public static Node Relu(this GraphBuilder graph, Node x) => graph.Map(new ScalarExpression.Binary(BinaryFunction.Max, 0, X), x);

    /// <summary>x where positive, else slope·x.</summary>
    public static Node LeakyRelu(this GraphBuilder graph, Node x, double slope) =>
        graph.Map(new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Greater, X, 0), X, slope * X), x);

    /// <summary>x·Φ(x) = x/2·(1 + erf(x/√2)): Hendrycks and Gimpel, "Gaussian error linear units", 2016.</summary>
    public static Node Gelu(this GraphBuilder graph, Node x)
    {
        const double RootHalf = 0.70710678118654752;
        return graph.Map(0.5 * X * (1 + new ScalarExpression.Unary(UnaryFunction.Erf, RootHalf * X)), x);
    }

    /// <summary>The softmax over an axis; −1 is the last.</summary>
    public static Node Softmax(this GraphBuilder graph, Node x, int axis = -1)
    {
        int last = x.Shape.Rank - 1;
        int actual = axis < 0 ? axis + x.Shape.Rank : axis;
        x.Type.RequireAxis("Softmax", actual);
        return actual == last ? graph.Add(new Softmax(), x) : graph.Transpose(graph.Add(new Softmax(), graph.Transpose(x, actual, last)), actual, last);
    }

    /// <summary>x·weightᵀ + bias over the last axis: x [..., in], weight [out, in], bias [out] or null → [..., out].</summary>
    /// <exception cref="ShapeException">The sizes don't fit.</exception>
    public static Node Dense(this GraphBuilder graph, Node x, Node weight, Node? bias)
    {
        if (x.Shape.Rank == 0) throw new ShapeException("Dense: [] has no last dimension");
        Dimension rows = x.Shape.Dimensions.Take(x.Shape.Rank - 1).Aggregate(Dimension.One, (product, size) => product * size);
        Node matrix = graph.Reshape(x, new Shape(rows, x.Shape[x.Shape.Rank - 1]));
        Node product = graph.Add(new Contract(false, true), matrix, weight);
        if (bias is not null) product = graph.Add(product, bias);
        return graph.Reshape(product, x.Shape.With(x.Shape.Rank - 1, weight.Shape[0]));
    }

    /// <summary>The matrix product over the last two axes; the leading axes are broadcast.</summary>
    /// <exception cref="ShapeException">The sizes don't fit.</exception>
    public static Node MatrixMultiply(this GraphBuilder graph, Node left, Node right)
    {
        if (left.Shape.Rank < 2 || right.Shape.Rank < 2)
            throw new ShapeException($"can't multiply the matrices {left.Shape} and {right.Shape}: at least two dimensions are needed");
        IEnumerable<Dimension> Leading(Node node) => node.Shape.Dimensions.Take(node.Shape.Rank - 2);
        IEnumerable<Dimension> Matrix(Node node) => node.Shape.Dimensions.Skip(node.Shape.Rank - 2);
        if (right.Shape.Rank == 2 && left.Shape.Rank > 2)
        {
            // One matrix for all: the leading axes are rows.
            Dimension inner = left.Shape[left.Shape.Rank - 1];
            Dimension rows = left.Shape.Dimensions.Take(left.Shape.Rank - 1).Aggregate(Dimension.One, (product, size) => product * size);
            if (inner != right.Shape[0])
                throw new ShapeException(
                    $"can't multiply the matrices {left.Shape} and {right.Shape}: "
                    + $"dimension {left.Shape.Rank - 1} is {inner} on the left and dimension 0 is {right.Shape[0]} on the right");
            Node product = graph.Add(new Contract(false, false), graph.Reshape(left, new Shape(rows, inner)), right);
            return graph.Reshape(product, left.Shape.With(left.Shape.Rank - 1, right.Shape[1]));
        }

        if (!Broadcasting.TryCombine(new Shape(Leading(left)), new Shape(Leading(right)), out Shape leading, out int conflict))
            throw new ShapeException($"can't multiply the matrices {left.Shape} and {right.Shape}: their leading dimensions differ at dimension {conflict}");
        return graph.Add(
            new Contract(false, false),
            graph.Broadcast(left, new Shape(leading.Dimensions.Concat(Matrix(left)))),
            graph.Broadcast(right, new Shape(leading.Dimensions.Concat(Matrix(right)))));
    }
}
