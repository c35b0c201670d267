using System;
using System.Globalization;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Programs.Evaluation.Library;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>C#'s built-in operators on compile-time values. Integer overflow is an error: it is never meant in a network's description.</summary>
internal static class Arithmetic
{
    /// <summary><c>left op right</c>, both evaluated; <c>&amp;&amp;</c>, <c>||</c> and <c>??</c> are not here.</summary>
    /// <exception cref="EvaluationFault">The operator fails, or it needs a size that is known at run time only.</exception>
    public static object? Binary(string symbol, object? left, object? right)
    {
        if (ElementFunctions.Binary(symbol, left, right) is { } ofElements) return ofElements;
        if (symbol is "==" or "!=") return Equality.AreEqual(left, right) == (symbol == "==");
        if (symbol == "+" && (left is string || right is string)) return Texts.Format(left) + Texts.Format(right);
        if (left is ScalarValue || right is ScalarValue) return Scalars(symbol, left, right);
        if (left is SizeValue || right is SizeValue) return Sizes(symbol, left, right);
        return (left, right) switch
        {
            (bool a, bool b) => Booleans(symbol, a, b),
            (double or float or long or int, double or float or long or int) => Numbers(symbol, left, right),
            (null, _) or (_, null) => throw new EvaluationFault(DiagnosticIds.EvaluationFailed, $"an operand of '{symbol}' is null; give it a value before"),
            (EnumValue value, _) => throw NotKnown(value),
            (_, EnumValue value) => throw NotKnown(value),
            _ => throw new EvaluationFault(DiagnosticIds.Unsupported, $"'{symbol}' on these operands can't be compiled; it takes numbers, texts and tensors"),
        };
    }

    /// <summary><c>op operand</c>.</summary>
    public static object? Unary(string symbol, object? operand) => (symbol, operand) switch
    {
        ("!", ScalarCondition condition) => ElementFunctions.Not(condition),
        ("!", bool value) => !value,
        ("+", int or long or float or double or SizeValue or ScalarValue) => operand,
        ("-", SizeValue size) => SizeValue.Of(Dimension.Zero - size.Dimension),
        ("-", ScalarValue scalar) => new ScalarValue(-scalar.Expression),
        ("-", double value) => -value,
        ("-", float value) => -value,
        ("-", long value) => Checked(() => checked(-value)),
        ("-", int value) => Checked(() => checked(-value)),
        ("~", long value) => ~value,
        ("~", int value) => ~value,
        _ => throw new EvaluationFault(DiagnosticIds.Unsupported, $"'{symbol}' on this operand can't be compiled"),
    };

    /// <summary>A conversion between numbers, as C# does it; what does not fit is an error.</summary>
    public static object? Convert(string type, object? value)
    {
        switch (type, value)
        {
            case ("int" or "long", SizeValue):
                return value;
            case ("float" or "double", SizeValue size):
                return new ScalarValue(new ScalarExpression.Size(size.Dimension));
            case ("float" or "double", ScalarValue):
                return value;
            case (_, ScalarValue):
                throw new EvaluationFault(
                    DiagnosticIds.Unsupported, "a number computed from a size that is known at run time only can't be converted to a whole number");
            case (_, EnumValue member):
                throw NotKnown(member);
            case (_, bool or string or null):
                return value;
            case (_, not (int or long or float or double)):
                throw new EvaluationFault(DiagnosticIds.Unsupported, $"a conversion of this value to {type} can't be compiled");
        }

        // Without the cast the arms would have one type, double, and whole numbers would not stay whole.
        return type switch
        {
            "double" => (object)System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
            "float" => System.Convert.ToSingle(value, CultureInfo.InvariantCulture),
            "long" => Whole(value, type, long.MinValue, long.MaxValue),
            "int" => (int)Whole(value, type, int.MinValue, int.MaxValue),
            "short" => (int)Whole(value, type, short.MinValue, short.MaxValue),
            "sbyte" => (int)Whole(value, type, sbyte.MinValue, sbyte.MaxValue),
            "byte" => (int)Whole(value, type, byte.MinValue, byte.MaxValue),
            "ushort" => (int)Whole(value, type, ushort.MinValue, ushort.MaxValue),
            "uint" => Whole(value, type, uint.MinValue, uint.MaxValue),
            _ => throw new EvaluationFault(DiagnosticIds.Unsupported, $"a conversion to {type} can't be compiled; use int, long, float or double"),
        };
    }

    private static long Whole(object? value, string type, long minimum, long maximum)
    {
        double number = System.Convert.ToDouble(value, CultureInfo.InvariantCulture);

        // Doubles near the ends of long are whole: the comparison below is exact for them.
        bool fits = value is long exact ? exact >= minimum && exact <= maximum : number > minimum - 1.0 && number < maximum + 1.0;
        if (!fits || double.IsNaN(number) || number >= 9223372036854775808.0)
            throw new EvaluationFault(DiagnosticIds.EvaluationFailed, $"{Texts.Format(value)} does not fit {type}");
        return value is long whole ? whole : (long)number;
    }

    private static object? Booleans(string symbol, bool left, bool right) => symbol switch
    {
        "&" => left & right,
        "|" => left | right,
        "^" => left ^ right,
        _ => throw new EvaluationFault(DiagnosticIds.Unsupported, $"'{symbol}' on truth values can't be compiled"),
    };

    private static object? Numbers(string symbol, object? left, object? right)
    {
        if (left is double || right is double)
        {
            return Reals(
                symbol,
                System.Convert.ToDouble(left, CultureInfo.InvariantCulture),
                System.Convert.ToDouble(right, CultureInfo.InvariantCulture),
                value => value);
        }

        if (left is float || right is float)
        {
            // A float operation is the double one rounded once: for + − × ÷ of floats that is the same number.
            float a = System.Convert.ToSingle(left, CultureInfo.InvariantCulture), b = System.Convert.ToSingle(right, CultureInfo.InvariantCulture);
            return Reals(symbol, a, b, value => (float)value);
        }

        bool isShift = symbol is "<<" or ">>" or ">>>";
        long second = System.Convert.ToInt64(right, CultureInfo.InvariantCulture);
        return left is int first && (right is int || isShift)
            ? Integers(symbol, first, second)
            : Longs(symbol, System.Convert.ToInt64(left, CultureInfo.InvariantCulture), second);
    }

    private static object? Reals(string symbol, double left, double right, Func<double, object> round) => symbol switch
    {
        "+" => round(left + right),
        "-" => round(left - right),
        "*" => round(left * right),
        "/" => round(left / right),
        "%" => round(left % right),
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        ">=" => left >= right,
        _ => throw new EvaluationFault(DiagnosticIds.Unsupported, $"'{symbol}' on real numbers can't be compiled"),
    };

    private static object? Integers(string symbol, int left, long right)
    {
        switch (symbol)
        {
            case "<<": return left << (int)right;
            case ">>": return left >> (int)right;
            case ">>>": return (int)((uint)left >> (int)right);
        }

        object? result = Longs(symbol, left, right);
        if (result is not long value) return result;
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Overflow();
    }

    private static object? Longs(string symbol, long left, long right)
    {
        if (symbol is "/" or "%" && right == 0) throw new EvaluationFault(DiagnosticIds.EvaluationFailed, "division by zero");
        return Checked<object?>(() => symbol switch
        {
            "+" => checked(left + right),
            "-" => checked(left - right),
            "*" => checked(left * right),
            "/" => checked(left / right),
            "%" => right == -1 ? 0L : left % right,
            "&" => left & right,
            "|" => left | right,
            "^" => left ^ right,
            "<<" => left << (int)right,
            ">>" => left >> (int)right,
            ">>>" => (long)((ulong)left >> (int)right),
            "<" => left < right,
            "<=" => left <= right,
            ">" => left > right,
            ">=" => left >= right,
            _ => throw new EvaluationFault(DiagnosticIds.Unsupported, $"'{symbol}' on whole numbers can't be compiled"),
        });
    }

    // Sums, differences and products of sizes are sizes; a quotient is one where it comes out even; what depends on the sign of a difference needs its value.
    private static object? Sizes(string symbol, object? left, object? right)
    {
        if (Dimensions(left) is not { } a || Dimensions(right) is not { } b) return Scalars(symbol, left, right);
        Dimension difference = a - b;
        switch (symbol)
        {
            case "+": return SizeValue.Of(Checked(() => a + b));
            case "-": return SizeValue.Of(difference);
            case "*": return SizeValue.Of(Checked(() => a * b));
            case "/" when b != Dimension.Zero && a.TryDivide(b, out Dimension quotient): return SizeValue.Of(quotient);
            case "%" when b != Dimension.Zero && a.TryDivide(b, out _): return 0;
            case "<" or "<=" or ">" or ">=" when difference.IsConstant: return Longs(symbol, difference.Value, 0);
        }

        if (symbol is not ("/" or "%")) throw Undecided($"{a} {symbol} {b}");
        var fault = new EvaluationFault(
            DiagnosticIds.Unsupported,
            $"{a} {symbol} {b} depends on a size that is known at run time only and can't be compiled; leave a size to Reshape's -1, or divide another dimension");
        throw symbol == "/" && SizeRequirement.For(a, b, null, fault) is { } requirement ? requirement : fault;
    }

    private static object? Scalars(string symbol, object? left, object? right)
    {
        ScalarExpression a = Scalar(left), b = Scalar(right);
        return symbol switch
        {
            "+" => new ScalarValue(a + b),
            "-" => new ScalarValue(a - b),
            "*" => new ScalarValue(a * b),
            "/" => new ScalarValue(a / b),
            _ => throw Undecided($"'{symbol}'"),
        };
    }

    /// <summary>A number as an expression.</summary>
    /// <exception cref="EvaluationFault">It is none.</exception>
    public static ScalarExpression Scalar(object? value) => value switch
    {
        ScalarValue scalar => scalar.Expression,
        SizeValue size => new ScalarExpression.Size(size.Dimension),
        int or long or float or double => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => throw new EvaluationFault(DiagnosticIds.Unsupported, "this operand of a size can't be compiled"),
    };

    private static Dimension? Dimensions(object? value) => value switch
    {
        SizeValue size => size.Dimension,
        int number => Dimension.Constant(number),
        long number => Dimension.Constant(number),
        _ => null,
    };

    /// <summary>What is said where a result depends on a size that is known at run time only.</summary>
    public static EvaluationFault Undecided(string what) =>
        new(
            DiagnosticIds.Unsupported,
            $"{what} depends on a size that is known at run time only and can't be compiled; decide by the other dimensions, or by a hyperparameter")
        {
            InLoop = $"{what} depends on a size that is known at run time only and can't be compiled; use operations on whole tensors, or walk along a dimension with a bound by Scan",
        };

    private static EvaluationFault NotKnown(EnumValue value)
    {
        string type = value.Type.Substring(value.Type.LastIndexOf('.') + 1);
        return new(DiagnosticIds.Unsupported, $"the value of {type}.{value.Member} is not known at compile time; use a const or a hyperparameter");
    }

    private static EvaluationFault Overflow() => new(DiagnosticIds.EvaluationFailed, "the result overflows; use smaller numbers, or long");

    private static T Checked<T>(Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (OverflowException)
        {
            throw Overflow();
        }
    }
}
