using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>Reads the sizes of <c>[Shape]</c> and <c>[Input]</c>: numbers, names, names with a bound (<c>T &lt;= 256</c>).</summary>
internal static class ShapeParser
{
    /// <summary>The shape, and the symbols in it; or what is wrong.</summary>
    public static bool TryParse(ShapeSpecification specification, out Shape shape, out IReadOnlyList<SymbolicSize> symbols, out ShapeMistake? mistake)
    {
        var sizes = new List<Dimension>();
        var found = new List<SymbolicSize>();
        mistake = null;
        foreach ((string text, int site) in specification.Sizes)
        {
            if (TrySize(text, out Dimension size, out SymbolicSize? symbol))
            {
                sizes.Add(size);
                if (symbol is not null && found.All(known => known.Name != symbol.Name)) found.Add(symbol);
                continue;
            }

            mistake ??= new ShapeMistake($"'{text}' is not a size; write a positive number, or a name such as \"N\" for the batch", site);
        }

        shape = new Shape(sizes);
        symbols = found;
        return mistake is null;
    }

    /// <summary>A shape as the arguments of <c>[Shape]</c>.</summary>
    public static string Write(Shape shape) => string.Join(", ", shape.Select(size => size.IsConstant ? size.ToString() : $"\"{size}\""));

    private static bool TrySize(string text, out Dimension size, out SymbolicSize? symbol)
    {
        symbol = null;
        if (long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            size = number;
            return number is > 0 and <= int.MaxValue;
        }

        string[] parts = text.Split(["<="], StringSplitOptions.None);
        string name = parts[0].Trim();
        size = Dimension.Zero;
        if (parts.Length > 2 || !IsName(name)) return false;
        long? bound = null;
        if (parts.Length == 2)
        {
            if (!int.TryParse(parts[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int limit) || limit < 1) return false;
            bound = limit;
        }

        size = Dimension.Symbol(name);
        symbol = new SymbolicSize(name, bound);
        return true;
    }

    private static bool IsName(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(letter => char.IsLetterOrDigit(letter) || letter == '_');
}

/// <summary>What is wrong with a declared shape, and the number of the place.</summary>
internal sealed record ShapeMistake(string Message, int Site);
