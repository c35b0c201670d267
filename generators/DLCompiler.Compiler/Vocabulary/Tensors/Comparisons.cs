using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>Comparisons of two tensors, or of a tensor and a number: masks.</summary>
internal static class Comparisons
{
    private const string Mismatch = "can't compare {0} and {1}";

    private static readonly (string Method, Comparison Comparison)[] Kinds =
    [
        ("op_LessThan", Comparison.Less),
        ("op_LessThanOrEqual", Comparison.LessOrEqual),
        ("op_GreaterThan", Comparison.Greater),
        ("op_GreaterThanOrEqual", Comparison.GreaterOrEqual),
        ("EqualTo", Comparison.Equal),
        ("NotEqualTo", Comparison.NotEqual),
    ];

    public static IEnumerable<Operation> Operations =>
        from kind in Kinds
        from owner in new[] { Operation.Tensor, Operation.Indices }
        select new Operation(owner, kind.Method, call => Compare(call, kind.Comparison));

    private static TensorValue Compare(VocabularyCall call, Comparison comparison)
    {
        (Pair.Side left, Pair.Side right) = Pair.Of(call);
        if (left.Tensor is { } a && right.Tensor is { } b) (a, b) = OperandShapes.Align(call, a, b, Mismatch);
        else (a, b) = (left.Tensor ?? right.Tensor!, left.Tensor ?? right.Tensor!);
        ScalarExpression x = left.Number ?? X, y = right.Number ?? (left.Tensor is null ? X : Y);
        return new TensorValue(call.Graph.Map(new ScalarExpression.Compare(comparison, x, y), ElementType.Bool, a, b));
    }
}
