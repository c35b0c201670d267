using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Graph.ScalarFunctions;

namespace DLCompiler.Compiler.Programs.Evaluation.Library;

/// <summary>
/// What functions given to <c>Map</c> can do with elements: <c>System.MathF</c>, comparisons, and a choice by <c>?:</c>. The results are expressions, which are
/// differentiated symbolically and become part of the kernels around them.
/// </summary>
internal static class ElementFunctions
{
    private static readonly Dictionary<string, Func<ScalarExpression, ScalarExpression>> Unaries = new(StringComparer.Ordinal)
    {
        ["Abs"] = x => Call(UnaryFunction.Abs, x),
        ["Acos"] = x => Call(UnaryFunction.Acos, x),
        ["Acosh"] = x => Call(UnaryFunction.Acosh, x),
        ["Asin"] = x => Call(UnaryFunction.Asin, x),
        ["Asinh"] = x => Call(UnaryFunction.Asinh, x),
        ["Atan"] = x => Call(UnaryFunction.Atan, x),
        ["Atanh"] = x => Call(UnaryFunction.Atanh, x),
        ["Ceiling"] = Ceiling,
        ["Cos"] = x => Call(UnaryFunction.Cos, x),
        ["Cosh"] = x => Call(UnaryFunction.Cosh, x),
        ["Exp"] = x => Call(UnaryFunction.Exp, x),
        ["ExpM1"] = x => Call(UnaryFunction.ExpM1, x),
        ["Floor"] = x => Call(UnaryFunction.Floor, x),
        ["IsNaN"] = x => new ScalarExpression.Compare(Comparison.NotEqual, x, x),
        ["Log"] = x => Call(UnaryFunction.Log, x),
        ["Log10"] = x => 0.43429448190325183 * Call(UnaryFunction.Log, x),
        ["Log2"] = x => 1.4426950408889634 * Call(UnaryFunction.Log, x),
        ["LogP1"] = x => Call(UnaryFunction.Log1P, x),
        ["Round"] = Round,
        ["Sign"] = x => Call(UnaryFunction.Sign, x),
        ["Sin"] = x => Call(UnaryFunction.Sin, x),
        ["Sinh"] = x => Call(UnaryFunction.Sinh, x),
        ["Sqrt"] = x => Call(UnaryFunction.Sqrt, x),
        ["Tan"] = x => Call(UnaryFunction.Sin, x) / Call(UnaryFunction.Cos, x),
        ["Tanh"] = x => Call(UnaryFunction.Tanh, x),
        ["Truncate"] = Truncate,
    };

    private static readonly Dictionary<string, BinaryFunction> Binaries = new(StringComparer.Ordinal)
    {
        ["Max"] = BinaryFunction.Max,
        ["Min"] = BinaryFunction.Min,
        ["Pow"] = BinaryFunction.Power,
    };

    private static readonly Dictionary<string, Comparison> Comparisons = new(StringComparer.Ordinal)
    {
        ["=="] = Comparison.Equal,
        ["!="] = Comparison.NotEqual,
        ["<"] = Comparison.Less,
        ["<="] = Comparison.LessOrEqual,
        [">"] = Comparison.Greater,
        [">="] = Comparison.GreaterOrEqual,
    };

    /// <summary>A method of the class library on elements; null if it is not known.</summary>
    public static Func<object?[], object?>? Find(string owner, string method, int count)
    {
        if (owner is not ("System.MathF" or "System.Math" or "System.Single")) return null;
        if (count == 1 && Unaries.TryGetValue(method, out Func<ScalarExpression, ScalarExpression>? unary))
            return values => unary(Arithmetic.Scalar(values[0])) is var result && result is ScalarExpression.Compare ? new ScalarCondition(result) : new ScalarValue(result);
        if (count == 2 && Binaries.TryGetValue(method, out BinaryFunction binary))
            return values => new ScalarValue(new ScalarExpression.Binary(binary, Arithmetic.Scalar(values[0]), Arithmetic.Scalar(values[1])));
        if (count == 3 && method == "Clamp")
            return values => new ScalarValue(Clamp(Arithmetic.Scalar(values[0]), Arithmetic.Scalar(values[1]), Arithmetic.Scalar(values[2])));
        return null;
    }

    /// <summary>An operator on elements whose result is a truth value; null if it is none.</summary>
    public static object? Binary(string symbol, object? left, object? right)
    {
        if (left is ScalarCondition || right is ScalarCondition) return Logic(symbol, left, right);
        bool depends = DependsOnElements(left) || DependsOnElements(right);
        return depends && Comparisons.TryGetValue(symbol, out Comparison comparison)
            ? new ScalarCondition(new ScalarExpression.Compare(comparison, Arithmetic.Scalar(left), Arithmetic.Scalar(right)))
            : null;
    }

    /// <summary><c>&amp;</c>, <c>|</c>, <c>&amp;&amp;</c> and <c>||</c>.</summary>
    /// <exception cref="EvaluationFault">It is another operator, or an operand is no truth value.</exception>
    public static object Logic(string symbol, object? left, object? right) => new ScalarCondition(new ScalarExpression.Binary(
        symbol switch
        {
            "&" or "&&" => BinaryFunction.And,
            "|" or "||" => BinaryFunction.Or,
            _ => throw new EvaluationFault(DiagnosticIds.Unsupported, $"'{symbol}' on truth values of elements can't be compiled; use &&, || and !"),
        },
        Truth(left),
        Truth(right)));

    /// <summary><c>!</c>.</summary>
    public static ScalarCondition Not(ScalarCondition condition) => new(Call(UnaryFunction.Not, condition.Expression));

    /// <summary><c>?:</c>: numbers, or truth values.</summary>
    /// <exception cref="EvaluationFault">The sides are something else.</exception>
    public static object Choose(ScalarCondition condition, object? ifTrue, object? ifFalse)
    {
        if (ifTrue is not (bool or ScalarCondition) && ifFalse is not (bool or ScalarCondition))
            return new ScalarValue(new ScalarExpression.Select(condition.Expression, Arithmetic.Scalar(ifTrue), Arithmetic.Scalar(ifFalse)));
        var both = new ScalarExpression.Binary(BinaryFunction.And, condition.Expression, Truth(ifTrue));
        var neither = new ScalarExpression.Binary(BinaryFunction.And, Call(UnaryFunction.Not, condition.Expression), Truth(ifFalse));
        return new ScalarCondition(new ScalarExpression.Binary(BinaryFunction.Or, both, neither));
    }

    private static ScalarExpression Truth(object? value) => value switch
    {
        ScalarCondition condition => condition.Expression,

        // A comparison, so that kernels see a truth value.
        bool known => new ScalarExpression.Compare(Comparison.Equal, known ? 1 : 0, 1),
        _ => throw new EvaluationFault(DiagnosticIds.Unsupported, "this truth value can't be compiled here"),
    };

    /// <summary>Whether a value is computed from elements, so that it has no value at compile time.</summary>
    public static bool DependsOnElements(object? value) => value is ScalarCondition || (value is ScalarValue scalar && scalar.Expression.UsedInputs().Count > 0);
}
