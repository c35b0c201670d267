using System;
using System.Linq;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>
/// A size that is known at run time only has to be a multiple of a number, which can't be proved. The model is evaluated anew with such a size, and calls
/// check it.
/// </summary>
/// <param name="symbol">The size's symbol.</param>
/// <param name="multiple">The number; at least 2.</param>
/// <param name="origin">The expression that needs it; null until it is known.</param>
/// <param name="otherwise">What is wrong if the size can't be required to be one.</param>
public sealed class SizeRequirement(string symbol, long multiple, Origin? origin, Exception otherwise) : Exception(otherwise.Message)
{
    /// <summary>The size's symbol.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>What it has to be a multiple of.</summary>
    public long Multiple { get; } = multiple;

    /// <summary>The expression that needs it; null until it is known.</summary>
    public Origin? Origin { get; } = origin;

    /// <summary>What is wrong if the size can't be required to be one.</summary>
    public Exception Otherwise { get; } = otherwise;

    /// <summary>The requirement that lets a number divide a size; null where no multiple of one symbol does.</summary>
    /// <param name="size">What is divided.</param>
    /// <param name="divisor">By what.</param>
    /// <param name="origin">Where.</param>
    /// <param name="otherwise">What is wrong if the size can't be required to be one.</param>
    public static SizeRequirement? For(Dimension size, Dimension divisor, Origin? origin, Exception otherwise)
    {
        if (divisor.Terms.Length != 1 || size.Terms.Length != 1) return null;
        long by = divisor.Terms[0].Coefficient, has = size.Terms[0].Coefficient;
        if (by < 1 || has < 1 || !divisor.TryDivide(by, out Dimension symbols) || !size.TryDivide(symbols, out Dimension rest)) return null;
        string? free = rest.Symbols().LastOrDefault();
        return free is null ? null : new SizeRequirement(free, by / Divisor(by, has), origin, otherwise);
    }

    /// <summary>The same with its place.</summary>
    public SizeRequirement At(Origin place) => new(Symbol, Multiple, place, Otherwise);

    private static long Divisor(long a, long b) => b == 0 ? a : Divisor(b, a % b);
}
