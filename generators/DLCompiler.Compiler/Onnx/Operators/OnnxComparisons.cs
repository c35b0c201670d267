using System.Collections.Generic;
using DLCompiler.Compiler.Graph;
using static DLCompiler.Compiler.Onnx.Operators.OnnxElementwise;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Comparisons, truth values and what is chosen by them.</summary>
internal static class OnnxComparisons
{
    // Truth values are combined by logic, not compared as numbers.
    private static readonly ScalarExpression Differ = Or(And(X, Not(Y)), And(Not(X), Y));

    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["Equal"] = call => IsBool(call.Value(0)) ? Logic(new ScalarExpression.Unary(UnaryFunction.Not, Differ))(call) : Compare(Comparison.Equal)(call),
        ["Less"] = Compare(Comparison.Less),
        ["LessOrEqual"] = Compare(Comparison.LessOrEqual),
        ["Greater"] = Compare(Comparison.Greater),
        ["GreaterOrEqual"] = Compare(Comparison.GreaterOrEqual),
        ["And"] = Logic(new ScalarExpression.Binary(BinaryFunction.And, X, Y)),
        ["Or"] = Logic(new ScalarExpression.Binary(BinaryFunction.Or, X, Y)),
        ["Xor"] = Logic(Differ),
        ["Not"] = call => Map(call, new ScalarExpression.Unary(UnaryFunction.Not, X), OnnxElement.Bool, call.Value(0)),
        ["IsNaN"] = call => Map(call, new ScalarExpression.Compare(Comparison.NotEqual, X, X), OnnxElement.Bool, call.Value(0)),
        ["IsInf"] = IsInfinite,
        ["Where"] = Where,
    };

    private static OnnxMapping Compare(Comparison comparison) => Logic(new ScalarExpression.Compare(comparison, X, Y));

    private static OnnxMapping Logic(ScalarExpression expression) => call => Map(call, expression, OnnxElement.Bool, call.Value(0), call.Value(1));

    private static IReadOnlyList<OnnxValue> IsInfinite(OnnxCall call)
    {
        ScalarExpression up = call.Integer("detect_positive", 1) == 0 ? 0 : new ScalarExpression.Compare(Comparison.Equal, X, double.PositiveInfinity);
        ScalarExpression down = call.Integer("detect_negative", 1) == 0 ? 0 : new ScalarExpression.Compare(Comparison.Equal, X, double.NegativeInfinity);
        return Map(call, new ScalarExpression.Binary(BinaryFunction.Or, up, down), OnnxElement.Bool, call.Value(0));
    }

    private static IReadOnlyList<OnnxValue> Where(OnnxCall call)
    {
        OnnxValue yes = call.Value(1);
        ScalarExpression choice = IsBool(yes) ? Or(And(X, Y), And(Not(X), Z)) : new ScalarExpression.Select(X, Y, Z);
        return Map(call, choice, ElementOf(yes), call.Value(0), yes, call.Value(2));
    }

    private static ScalarExpression And(ScalarExpression left, ScalarExpression right) => new ScalarExpression.Binary(BinaryFunction.And, left, right);

    private static ScalarExpression Or(ScalarExpression left, ScalarExpression right) => new ScalarExpression.Binary(BinaryFunction.Or, left, right);

    private static ScalarExpression Not(ScalarExpression operand) => new ScalarExpression.Unary(UnaryFunction.Not, operand);
}
