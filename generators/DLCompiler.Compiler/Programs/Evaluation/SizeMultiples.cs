using System;
using System.Collections.Generic;
using System.Globalization;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>
/// What sizes that are known at run time only have to be multiples of. Such a size stands in shapes as a multiple of another symbol: T, a multiple of 8, as
/// 8·<c>T/8</c>.
/// </summary>
internal sealed class SizeMultiples
{
    private const char Separator = '/';

    private readonly Dictionary<string, long> multiples = new(StringComparer.Ordinal);
    private readonly List<(string Symbol, long Multiple, Origin Place)> needs = [];

    /// <summary>Notes a requirement.</summary>
    public void Add(SizeRequirement requirement)
    {
        string symbol = BaseOf(requirement.Symbol);
        long multiple = requirement.Multiple * MultipleOf(requirement.Symbol);
        multiples[symbol] = multiple;
        if (requirement.Origin is { } place) needs.Add((symbol, multiple, place));
    }

    /// <summary>What stands for a symbol in shapes.</summary>
    public Dimension SizeOf(string symbol) => multiples.TryGetValue(symbol, out long multiple) ? Dimension.Symbol(NameOf(symbol, multiple)) * multiple
        : Dimension.Symbol(symbol);

    /// <summary>The symbolic size that calls are checked against.</summary>
    public SymbolicSize SymbolOf(SymbolicSize size) => multiples.TryGetValue(size.Name, out long multiple)
        ? new SymbolicSize(NameOf(size.Name, multiple), size.Bound / multiple) : size;

    /// <summary>Says what can't be proved.</summary>
    public void Report(DiagnosticSink sink)
    {
        foreach ((string symbol, long multiple, Origin place) in needs)
        {
            sink.Report(DiagnosticIds.UnprovenSize, place, string.Format(CultureInfo.InvariantCulture,
                "can't prove that {0} is a multiple of {1}: checked at run time, where another {0} is refused", symbol, multiple));
        }
    }

    /// <summary>The user's symbol behind one in shapes.</summary>
    public static string BaseOf(string symbol) => symbol.Split(Separator)[0];

    /// <summary>What one of a symbol stands for.</summary>
    public static long MultipleOf(string symbol) => symbol.IndexOf(Separator) is > 0 and var at
        ? long.Parse(symbol.Substring(at + 1), CultureInfo.InvariantCulture) : 1;

    private static string NameOf(string symbol, long multiple) => symbol + Separator + multiple.ToString(CultureInfo.InvariantCulture);
}
