using System;
using System.Globalization;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>Values as text: interpolated strings and messages.</summary>
internal static class Texts
{
    /// <summary>The text, independent of the culture.</summary>
    public static string Format(object? value) => value switch
    {
        null => "",
        string text => text,
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag ? "True" : "False",
        SizeValue size => size.Dimension.ToString(),
        ShapeValue shape => shape.Shape.ToString(),
        EnumValue member => member.Member,
        _ => value.GetType().Name,
    };
}
