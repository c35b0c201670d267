using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// Proves that an epilogue keeps the padding columns of a matrix zero when its operands' are: adding a bias and most activations do. Where it can't be proved
/// the tile masks its last vector.
/// </summary>
public static class PaddingAnalysis
{
    /// <summary>Whether the value is zero in the padding columns, given that the anchor's is.</summary>
    public static bool IsZero(SchedulingContext context, Node node, Node anchor)
    {
        if (node == anchor) return true;
        if (context.Stored(node, ElementMode.Rows) is { } buffer) return IsPaddedAlongColumns(buffer, node.Shape.Rank);
        return node.Operator switch
        {
            Constant constant => constant.Value == 0,
            Broadcast broadcast => broadcast.Axes.Contains(node.Shape.Rank - 1) && node.Inputs[0].Shape.Rank > 0
                && node.Inputs[0].Shape[node.Inputs[0].Shape.Rank - 1] == node.Shape[node.Shape.Rank - 1] && IsZero(context, node.Inputs[0], anchor),
            Map map => IsZero(map.Expression, input => IsZero(context, node.Inputs[input], anchor)),
            _ => false,
        };
    }

    private static bool IsPaddedAlongColumns(Buffer buffer, int rank) => buffer.Space is not (BufferSpace.Input or BufferSpace.Output)
        && (buffer.Layout == Layout.PaddedRows || (buffer.Layout == Layout.RowMajor && rank == 1 && !buffer.IsBatch && buffer.WritableBeyond));

    private static bool IsZero(ScalarExpression expression, System.Func<int, bool> input) => expression switch
    {
        ScalarExpression.Input operand => input(operand.Index),
        ScalarExpression.Constant constant => constant.Value == 0,
        ScalarExpression.Unary { Function: UnaryFunction.Negate or UnaryFunction.Abs or UnaryFunction.Sign or UnaryFunction.Sqrt or UnaryFunction.Tanh or UnaryFunction.Erf or UnaryFunction.Sin } unary => IsZero(unary.Operand, input),
        ScalarExpression.Binary { Function: BinaryFunction.Add or BinaryFunction.Subtract or BinaryFunction.Max or BinaryFunction.Min } sum =>
            IsZero(sum.Left, input) && IsZero(sum.Right, input),
        ScalarExpression.Binary { Function: BinaryFunction.Multiply } product =>
            (IsZero(product.Left, input) && IsFinite(product.Right, input)) || (IsZero(product.Right, input) && IsFinite(product.Left, input)),
        ScalarExpression.Select select => IsZero(select.IfTrue, input) && IsZero(select.IfFalse, input),
        _ => false,
    };

    // A factor that could be infinite would turn the zero into NaN.
    private static bool IsFinite(ScalarExpression expression, System.Func<int, bool> input) => expression switch
    {
        ScalarExpression.Constant => true,
        ScalarExpression.Input operand => input(operand.Index),
        ScalarExpression.Unary { Function: UnaryFunction.Negate or UnaryFunction.Abs or UnaryFunction.Sign or UnaryFunction.Tanh or UnaryFunction.Sigmoid or UnaryFunction.Erf } unary => IsFinite(unary.Operand, input),
        ScalarExpression.Binary { Function: not (BinaryFunction.Divide or BinaryFunction.Power) } binary =>
            IsFinite(binary.Left, input) && IsFinite(binary.Right, input),
        _ => IsZero(expression, input),
    };
}
