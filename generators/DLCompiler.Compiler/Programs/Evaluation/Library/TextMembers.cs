using System;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation.Library;

/// <summary>Methods of strings, and <c>ToString</c>.</summary>
internal static class TextMembers
{
    /// <summary>The method; null if it is not known.</summary>
    public static Func<object?, object?[], object?>? Find(string owner, string method)
    {
        if (method == "ToString" && !owner.StartsWith("DLCompiler.Tensor`", StringComparison.Ordinal))
            return (receiver, values) => values.Length == 0 ? Texts.Format(receiver) : throw Unknown(method);
        if (owner != "System.String") return null;
        return method switch
        {
            "Contains" => (receiver, values) => Text(receiver).Contains(Text(values[0])),
            "StartsWith" => (receiver, values) => Text(receiver).StartsWith(Text(values[0]), StringComparison.Ordinal),
            "EndsWith" => (receiver, values) => Text(receiver).EndsWith(Text(values[0]), StringComparison.Ordinal),
            "ToUpperInvariant" => (receiver, _) => Text(receiver).ToUpperInvariant(),
            "ToLowerInvariant" => (receiver, _) => Text(receiver).ToLowerInvariant(),
            "Trim" => (receiver, values) => values.Length == 0 ? Text(receiver).Trim() : throw Unknown(method),
            "Substring" => (receiver, values) => Part(Text(receiver), values),
            "Replace" => (receiver, values) => Text(values[0]).Length > 0 ? Text(receiver).Replace(Text(values[0]), Text(values[1])) : throw Unknown(method),
            "Split" => (receiver, values) => values.Length > 0 && Text(values[0]) is { Length: > 0 } separator
                ? new ListValue([.. Text(receiver).Split([separator], StringSplitOptions.None)], isArray: true)
                : throw Unknown(method),
            "op_Equality" or "Equals" => (receiver, values) =>
                receiver is null ? Equality.AreEqual(values[0], values[1]) : Equality.AreEqual(receiver, values[0]),
            "op_Inequality" => (_, values) => !Equality.AreEqual(values[0], values[1]),
            "IsNullOrEmpty" => (_, values) => values[0] is null || Text(values[0]).Length == 0,
            "Concat" => (_, values) => string.Concat(values.Select(Texts.Format)),
            "Join" => (_, values) =>
                string.Join(Text(values[0]), values.Skip(1).SelectMany(value => value is ListValue list ? list.Items : [value]).Select(Texts.Format)),
            _ => null,
        };
    }

    private static string Text(object? value) => value as string ?? throw Unknown("this");

    private static string Part(string text, object?[] values)
    {
        int start = Convert.ToInt32(values[0], CultureInfo.InvariantCulture);
        int length = values.Length > 1 ? Convert.ToInt32(values[1], CultureInfo.InvariantCulture) : text.Length - start;
        return start >= 0 && length >= 0 && start + (long)length <= text.Length
            ? text.Substring(start, length)
            : throw new EvaluationFault(Diagnostics.DiagnosticIds.EvaluationFailed, "the part is outside the string");
    }

    private static EvaluationFault Unknown(string method) => new(Diagnostics.DiagnosticIds.Unsupported, $"{method} with these arguments can't be compiled");
}
