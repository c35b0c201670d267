using System.Globalization;
using System.Linq;

namespace DLCompiler.Compiler.Decisions;

/// <summary>How choices are written in overrides and in comments.</summary>
public static class ChoiceText
{
    /// <summary>Reads a number.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="least">The least that is possible.</param>
    /// <param name="most">The most that is possible.</param>
    /// <param name="what">What it counts.</param>
    /// <exception cref="ImpossibleChoiceException">It is none, or not in the range.</exception>
    public static int Number(string text, long least, long most, string what)
    {
        string range = least == most ? Integer(least) : $"{Integer(least)} to {Integer(most)}";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number
            : throw new ImpossibleChoiceException($"{what} may be {range}, not '{text}'");
    }

    /// <summary>Reads two numbers with an x between them.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="first">The most that the first may be, and what it counts.</param>
    /// <param name="second">The same of the second.</param>
    /// <exception cref="ImpossibleChoiceException">It is something else, or not in the range.</exception>
    public static (int First, int Second) Pair(string text, (long Most, string What) first, (long Most, string What) second)
    {
        string[] parts = text.Split('x');
        if (parts.Length != 2) throw new ImpossibleChoiceException($"'{text}' is not of the form {first.What} x {second.What}, as in 2x4");
        return (Number(parts[0].Trim(), 1, first.Most, first.What), Number(parts[1].Trim(), 1, second.Most, second.What));
    }

    /// <summary>Reads one of two words.</summary>
    /// <exception cref="ImpossibleChoiceException">It is another.</exception>
    public static bool Word(string text, string yes, string no) => text == yes || (text == no ? false
        : throw new ImpossibleChoiceException($"it may be '{yes}' or '{no}', not '{text}'"));

    /// <summary>Numbers with commas between them.</summary>
    public static string List(EquatableArray<int> numbers) => string.Join(",", numbers.Select(number => Integer(number)));

    /// <summary>Two numbers with an x between them.</summary>
    public static string Pair(int first, int second) => Integer(first) + "x" + Integer(second);

    /// <summary>Fails where a tile needs more registers than there are: one is left to the C# compiler.</summary>
    /// <param name="text">The tile, as it was written.</param>
    /// <param name="needed">Registers that it needs.</param>
    /// <param name="registers">Registers of the level.</param>
    /// <exception cref="ImpossibleChoiceException">There are too few.</exception>
    public static void RequireRegisters(string text, int needed, int registers)
    {
        if (needed > registers - 1)
            throw new ImpossibleChoiceException($"'{text}' needs {Integer(needed)} vector registers, and there are {Integer(registers - 1)}");
    }

    /// <summary>A number as text.</summary>
    public static string Integer(long number) => number.ToString(CultureInfo.InvariantCulture);
}
