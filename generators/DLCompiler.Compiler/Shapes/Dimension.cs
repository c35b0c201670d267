using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;

namespace DLCompiler.Compiler.Shapes;

/// <summary>
/// The size of one axis: a polynomial with integer coefficients in symbolic sizes (the batch size <c>N</c>, a sequence length
/// <c>T</c>), a constant in most cases. Two dimensions are equal exactly if their polynomials are.
/// </summary>
public sealed class Dimension : IEquatable<Dimension>
{
    // Sorted by Monomial; no zero coefficients.
    private readonly ImmutableArray<Term> terms;

    private Dimension(ImmutableArray<Term> terms) => this.terms = terms;

    /// <summary>A product of symbols (sorted, repeated for powers) with a coefficient; no symbols for a constant.</summary>
    public readonly record struct Term(string Monomial, long Coefficient);

    /// <summary>The constant 0.</summary>
    public static Dimension Zero { get; } = new([]);

    /// <summary>The constant 1.</summary>
    public static Dimension One { get; } = Constant(1);

    /// <summary>The polynomial's terms, constant first, then by their symbols.</summary>
    public ImmutableArray<Term> Terms => terms;

    /// <summary>Whether the size is known at compile time.</summary>
    public bool IsConstant => terms.IsEmpty || (terms.Length == 1 && terms[0].Monomial.Length == 0);

    /// <summary>The size, where it is known at compile time.</summary>
    /// <exception cref="InvalidOperationException">The size is symbolic.</exception>
    public long Value => IsConstant ? (terms.IsEmpty ? 0 : terms[0].Coefficient) : throw new InvalidOperationException($"{this} is not a constant.");

    /// <summary>A known size.</summary>
    public static Dimension Constant(long value) => Single("", value);

    /// <summary>A size known only at run time.</summary>
    public static Dimension Symbol(string name) => new([new Term(name, 1)]);

    /// <summary>A known size.</summary>
    public static implicit operator Dimension(long value) => Constant(value);

    /// <summary>The sum.</summary>
    public static Dimension operator +(Dimension left, Dimension right) =>
        left.terms.IsEmpty ? right
        : right.terms.IsEmpty ? left
        : left.IsMultipleOf(right, out Term one, out Term other) ? Single(one.Monomial, checked(one.Coefficient + other.Coefficient))
        : Collect(left.terms.Concat(right.terms));

    /// <summary>The difference.</summary>
    public static Dimension operator -(Dimension left, Dimension right) =>
        right.terms.IsEmpty ? left
        : left.IsMultipleOf(right, out Term one, out Term other) ? Single(one.Monomial, checked(one.Coefficient - other.Coefficient))
        : Collect(left.terms.Concat(right.terms.Select(term => term with { Coefficient = -term.Coefficient })));

    /// <summary>The product.</summary>
    public static Dimension operator *(Dimension left, Dimension right) =>
        left.terms.IsEmpty || right.terms.IsEmpty ? Zero
        : left.terms.Length == 1 && right.terms.Length == 1
            ? Single(Multiply(left.terms[0].Monomial, right.terms[0].Monomial), checked(left.terms[0].Coefficient * right.terms[0].Coefficient))
        : Collect(from a in left.terms from b in right.terms select new Term(Multiply(a.Monomial, b.Monomial), checked(a.Coefficient * b.Coefficient)));

    /// <summary>The quotient, where the divisor (a single term) divides every term without remainder.</summary>
    public bool TryDivide(Dimension divisor, out Dimension quotient)
    {
        quotient = Zero;
        if (divisor.terms.Length != 1) return Equals(divisor) && !divisor.terms.IsEmpty && (quotient = One) is not null;
        var result = new List<Term>();
        foreach (Term term in terms)
        {
            if (term.Coefficient % divisor.terms[0].Coefficient != 0 || !TryDivide(term.Monomial, divisor.terms[0].Monomial, out string monomial)) return false;
            result.Add(new Term(monomial, term.Coefficient / divisor.terms[0].Coefficient));
        }

        quotient = Collect(result);
        return true;
    }

    /// <summary>The number that the polynomial has for given symbols.</summary>
    public long Evaluate(Func<string, long> symbol) =>
        terms.Sum(term => Symbols(term.Monomial).Aggregate(term.Coefficient, (product, name) => checked(product * symbol(name))));

    /// <summary>The polynomial with each symbol replaced by another size.</summary>
    public Dimension Replace(Func<string, Dimension> symbol) => terms.Aggregate(Zero, (sum, term) =>
        sum + (Symbols(term.Monomial).Aggregate(One, (product, name) => product * symbol(name)) * term.Coefficient));

    /// <summary>The symbols that occur.</summary>
    public IEnumerable<string> Symbols() => terms.SelectMany(term => Symbols(term.Monomial)).Distinct();

    /// <inheritdoc/>
    public bool Equals(Dimension? other) => other is not null
        && (terms.Length == 1 && other.terms.Length == 1 ? terms[0] == other.terms[0] : terms.AsSpan().SequenceEqual(other.terms.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Dimension);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = 17;
        foreach (Term term in terms) hash = unchecked((hash * 31) + term.GetHashCode());
        return hash;
    }

    /// <summary>Compares by content.</summary>
    public static bool operator ==(Dimension? left, Dimension? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Compares by content.</summary>
    public static bool operator !=(Dimension? left, Dimension? right) => !(left == right);

    /// <summary>As a person would write it: <c>2*N + 1</c>, and T for eight times <c>T/8</c>.</summary>
    public override string ToString() => InWholeSizes().Text(name => name, "*");

    /// <summary>The polynomial as text, its constant last.</summary>
    /// <param name="symbol">How a symbol is written.</param>
    /// <param name="times">What stands between factors.</param>
    public string Text(Func<string, string> symbol, string times)
    {
        if (terms.IsEmpty) return "0";
        var text = new StringBuilder();
        foreach (Term term in terms.OrderBy(term => term.Monomial.Length == 0))
        {
            if (text.Length > 0) text.Append(term.Coefficient < 0 ? " - " : " + ");
            else if (term.Coefficient < 0) text.Append('-');
            long size = Math.Abs(term.Coefficient);
            IEnumerable<string> factors = Symbols(term.Monomial).Select(symbol);
            if (size != 1 || term.Monomial.Length == 0) factors = factors.Prepend(size.ToString(CultureInfo.InvariantCulture));
            text.Append(string.Join(times, factors));
        }

        return text.ToString();
    }

    /// <summary>The polynomial with T in place of eight times <c>T/8</c>.</summary>
    public Dimension InWholeSizes() => terms.Any(term => term.Monomial.IndexOf('/') >= 0) ? Collect(terms.Select(InWholeSizes)) : this;

    private static Term InWholeSizes(Term term)
    {
        long coefficient = term.Coefficient;
        var names = new List<string>();
        foreach (string name in Symbols(term.Monomial))
        {
            int at = name.IndexOf('/');
            long divisor = at < 0 ? 1 : long.Parse(new string([.. name.Skip(at + 1).TakeWhile(char.IsDigit)]), CultureInfo.InvariantCulture);
            bool whole = at >= 0 && coefficient % divisor == 0;
            if (whole) coefficient /= divisor;
            names.Add(whole ? name.Substring(0, at) : name);
        }

        return new Term(string.Join("*", names.OrderBy(name => name, StringComparer.Ordinal)), coefficient);
    }

    // Nearly all sizes are constants or multiples of one symbol: their arithmetic needs no collecting.
    private bool IsMultipleOf(Dimension other, out Term mine, out Term others)
    {
        (mine, others) = terms.Length == 1 && other.terms.Length == 1 ? (terms[0], other.terms[0]) : default;
        return mine.Monomial is not null && mine.Monomial == others.Monomial;
    }

    private static Dimension Single(string monomial, long coefficient) => coefficient == 0 ? Zero : new([new Term(monomial, coefficient)]);

    private static IEnumerable<string> Symbols(string monomial) => monomial.Length == 0 ? [] : monomial.Split('*');

    private static string Multiply(string left, string right) =>
        left.Length == 0 ? right : right.Length == 0 ? left : string.Join("*", Symbols(left).Concat(Symbols(right))
            .OrderBy(name => name, StringComparer.Ordinal));

    private static bool TryDivide(string monomial, string divisor, out string quotient)
    {
        List<string> rest = [.. Symbols(monomial)];
        bool divides = Symbols(divisor).All(rest.Remove);
        quotient = string.Join("*", rest);
        return divides;
    }

    private static Dimension Collect(IEnumerable<Term> terms) =>
        new([.. terms.GroupBy(term => term.Monomial, StringComparer.Ordinal)
            .Select(group => new Term(group.Key, group.Aggregate(0L, (sum, term) => checked(sum + term.Coefficient))))
            .Where(term => term.Coefficient != 0)
            .OrderBy(term => term.Monomial, StringComparer.Ordinal)]);
}
