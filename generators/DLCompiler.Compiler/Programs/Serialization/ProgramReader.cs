using System;
using System.Globalization;

namespace DLCompiler.Compiler.Programs.Serialization;

/// <summary>Reads what <see cref="ProgramWriter"/> wrote.</summary>
/// <exception cref="FormatException">The text is damaged.</exception>
internal sealed class ProgramReader(string text) : ProgramStream
{
    private int position;

    /// <summary>Whether everything was read.</summary>
    public bool AtEnd => position == text.Length;

    /// <inheritdoc/>
    public override char Tag(char value) => position < text.Length ? text[position++] : throw Damaged();

    /// <inheritdoc/>
    public override string Text(string? value)
    {
        int length = Until(':');
        if (length < 0 || length > text.Length - position) throw Damaged();
        string result = text.Substring(position, length);
        position += length;
        return result;
    }

    /// <inheritdoc/>
    public override int Number(int? value) => Until(';');

    private int Until(char end)
    {
        int stop = text.IndexOf(end, position);
        string digits = stop < 0 ? "" : text.Substring(position, stop - position);
        if (!int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)) throw Damaged();
        position = stop + 1;
        return number;
    }

    private FormatException Damaged() => new($"The program is damaged at position {position.ToString(CultureInfo.InvariantCulture)}.");
}
