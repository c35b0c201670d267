using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Onnx;

/// <summary>
/// Computes with known values: shapes and axes that ONNX computes in the graph. What rounds is left to the kernels, but for numbers of single sizes that
/// plain arithmetic gives: compilation depends on no host's library of functions.
/// </summary>
public static class OnnxFolding
{
    private const int Largest = 4096;

    private static readonly ScalarEvaluation Evaluation = new(_ => throw NoSymbols(), _ => throw NoSymbols());

    /// <summary>An elementwise function of known operands, broadcast; null where an operand isn't known or the function is not exact.</summary>
    public static OnnxTensor? Map(ScalarExpression expression, OnnxElement element, IReadOnlyList<OnnxValue> operands)
    {
        if (operands.Any(operand => operand.Tensor is null || operand.Tensor.Values.Count > Largest) || !IsExact(expression)) return null;
        OnnxTensor[] tensors = [.. operands.Select(operand => operand.Tensor!)];
        int rank = tensors.Max(tensor => tensor.Shape.Count);
        var shape = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int[] sizes = [.. tensors.Select(tensor => SizeAt(tensor.Shape, axis, rank)).Where(size => size != 1).Distinct()];
            if (sizes.Length > 1) return null;
            shape[axis] = sizes.Length == 0 ? 1 : sizes[0];
        }

        int count = shape.Aggregate(1, (product, size) => product * size);
        if (count > Largest) return null;
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            int position = i;
            values[i] = Evaluation.Evaluate(expression, [.. tensors.Select(tensor => tensor.Values[Position(tensor.Shape, shape, position)])]);
        }

        return new OnnxTensor(element, shape, values);
    }

    /// <summary>The elements at given positions, under another shape.</summary>
    public static OnnxTensor Take(OnnxTensor tensor, IEnumerable<int> shape, IEnumerable<int> positions) =>
        new(tensor.Element, [.. shape], [.. positions.Select(position => tensor.Values[position])]);

    private static int SizeAt(IReadOnlyList<int> shape, int axis, int rank) => axis < rank - shape.Count ? 1 : shape[axis - rank + shape.Count];

    // Where the element of a broadcast result comes from.
    private static int Position(IReadOnlyList<int> from, int[] shape, int position)
    {
        int result = 0, stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            int index = position % shape[axis], size = SizeAt(from, axis, shape.Length);
            position /= shape[axis];
            if (size > 1) result += index * stride;
            stride *= size;
        }

        return result;
    }

    private static bool IsExact(ScalarExpression expression) => expression switch
    {
        ScalarExpression.Unary unary => unary.Function is UnaryFunction.Negate or UnaryFunction.Abs or UnaryFunction.Sign or UnaryFunction.Floor
            or UnaryFunction.Sqrt or UnaryFunction.Not && IsExact(unary.Operand),
        ScalarExpression.Binary binary => binary.Function != BinaryFunction.Power && IsExact(binary.Left) && IsExact(binary.Right),
        ScalarExpression.Compare compare => IsExact(compare.Left) && IsExact(compare.Right),
        ScalarExpression.Select select => IsExact(select.Condition) && IsExact(select.IfTrue) && IsExact(select.IfFalse),
        _ => true,
    };

    private static OnnxException NoSymbols() => new(OnnxProblem.NotConstant, "a known value depends on a size or argument of the call");
}
