using System;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// How schedules name the sizes that are known at run time only: the batch is <c>N</c>; any other carries its bound, as in <c>T≤256</c>. Memory is planned for
/// the bounds, and loops run to the sizes.
/// </summary>
public static class SizeSymbol
{
    private const char Separator = '≤';

    /// <summary>The name of a size.</summary>
    public static string NameOf(BoundedSize size) => size.Name + Separator + size.Bound.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a symbol is neither the batch nor the number of its blocks.</summary>
    public static bool IsBounded(string symbol) => symbol.IndexOf(Separator) >= 0;

    /// <summary>The largest value of a symbol that carries its bound.</summary>
    public static long BoundOf(string symbol) => long.Parse(symbol.Substring(symbol.IndexOf(Separator) + 1), CultureInfo.InvariantCulture);

    /// <summary>The size with bounds in place of what carries one: a polynomial in the batch, or in the number of its blocks.</summary>
    public static Dimension AtBounds(Dimension size) =>
        size.Replace(symbol => IsBounded(symbol) ? BoundOf(symbol) : Dimension.Symbol(symbol));

    /// <summary>The largest value of a size that doesn't depend on the batch.</summary>
    public static long LargestOf(Dimension size) => AtBounds(size).Value;

    /// <summary>The size's variable in an emitted function. Nothing else there has such a name.</summary>
    public static string Variable(string symbol) => "size" + symbol.Split(Separator)[0].Replace('/', '_');

    /// <summary>The name of a kernel's parameter that carries a size.</summary>
    public static string Parameter(Dimension size) => size.Terms.Length == 1 && size.Terms[0] is { Coefficient: 1 } term && size.Symbols().Take(2).Count() == 1
        ? term.Monomial == Buffer.BatchSymbol ? "n" : IsBounded(term.Monomial) ? SchedulingContext.Identifier(term.Monomial.Split(Separator)[0]) : "size"
        : "size";
}
