using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;

namespace DLCompiler.Compiler.Programs.Evaluation.Library;

/// <summary><c>System.Math</c> and <c>System.MathF</c> on compile-time numbers.</summary>
internal static class MathMembers
{
    private static readonly Dictionary<string, Func<double[], double>> Reals = new(StringComparer.Ordinal)
    {
        ["Abs"] = numbers => Math.Abs(numbers[0]),
        ["Max"] = numbers => Math.Max(numbers[0], numbers[1]),
        ["Min"] = numbers => Math.Min(numbers[0], numbers[1]),
        ["Clamp"] = numbers => Math.Min(Math.Max(numbers[0], numbers[1]), numbers[2]),
        ["Sqrt"] = numbers => Math.Sqrt(numbers[0]),
        ["Cbrt"] = numbers => Math.Sign(numbers[0]) * Math.Pow(Math.Abs(numbers[0]), 1.0 / 3),
        ["Pow"] = numbers => Math.Pow(numbers[0], numbers[1]),
        ["Exp"] = numbers => Math.Exp(numbers[0]),
        ["Log"] = numbers => numbers.Length == 2 ? Math.Log(numbers[0]) / Math.Log(numbers[1]) : Math.Log(numbers[0]),
        ["Log2"] = numbers => Math.Log(numbers[0]) / Math.Log(2),
        ["Log10"] = numbers => Math.Log10(numbers[0]),
        ["Floor"] = numbers => Math.Floor(numbers[0]),
        ["Ceiling"] = numbers => Math.Ceiling(numbers[0]),
        ["Round"] = numbers => numbers.Length == 2 ? Math.Round(numbers[0], (int)numbers[1]) : Math.Round(numbers[0]),
        ["Truncate"] = numbers => Math.Truncate(numbers[0]),
        ["Sin"] = numbers => Math.Sin(numbers[0]),
        ["Cos"] = numbers => Math.Cos(numbers[0]),
        ["Tan"] = numbers => Math.Tan(numbers[0]),
        ["Tanh"] = numbers => Math.Tanh(numbers[0]),
        ["Atan"] = numbers => Math.Atan(numbers[0]),
    };

    /// <summary>The function; null if it is not known.</summary>
    public static Func<object?[], object?>? Find(string owner, string method)
    {
        if (owner is not ("System.Math" or "System.MathF")) return null;
        if (method == "Sign") return values => Math.Sign(Number(values[0]));
        if (!Reals.TryGetValue(method, out Func<double[], double>? function)) return null;
        return values => Compute(method, function, values);
    }

    private static object? Compute(string method, Func<double[], double> function, object?[] values)
    {
        double[] numbers = [.. values.Select(Number)];
        if (method is "Abs" or "Max" or "Min" or "Clamp" && values.All(value => value is int or long)) return Whole(method, values);
        double result = function(numbers);
        if (values.Any(value => value is float) && !values.Any(value => value is double)) return (float)result;
        return result;
    }

    // Whole numbers stay whole and exact.
    private static object? Whole(string method, object?[] values)
    {
        long[] numbers = [.. values.Select(value => Convert.ToInt64(value, CultureInfo.InvariantCulture))];
        if (method == "Abs" && numbers[0] == long.MinValue) throw new EvaluationFault(DiagnosticIds.EvaluationFailed, "the result overflows");
        long result = method switch
        {
            "Abs" => Math.Abs(numbers[0]),
            "Max" => Math.Max(numbers[0], numbers[1]),
            "Min" => Math.Min(numbers[0], numbers[1]),
            _ => Math.Min(Math.Max(numbers[0], numbers[1]), numbers[2]),
        };
        if (!values.All(value => value is int)) return result;
        return result is >= int.MinValue and <= int.MaxValue ? (int)result : throw new EvaluationFault(DiagnosticIds.EvaluationFailed, "the result overflows");
    }

    private static double Number(object? value) => value is int or long or float or double
        ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
        : throw Arithmetic.Undecided("this function's result");
}
