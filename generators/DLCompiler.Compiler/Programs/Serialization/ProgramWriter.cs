using System.Globalization;
using System.Text;

namespace DLCompiler.Compiler.Programs.Serialization;

/// <summary>Writes a program as text: tags as single characters, numbers ended by a semicolon, texts with their length before them.</summary>
internal sealed class ProgramWriter : ProgramStream
{
    private readonly StringBuilder text = new();

    /// <inheritdoc/>
    public override char Tag(char value)
    {
        text.Append(value);
        return value;
    }

    /// <inheritdoc/>
    public override string Text(string? value)
    {
        value ??= "";
        text.Append(value.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(value);
        return value;
    }

    /// <inheritdoc/>
    public override int Number(int? value)
    {
        text.Append((value ?? 0).ToString(CultureInfo.InvariantCulture)).Append(';');
        return value ?? 0;
    }

    /// <summary>What was written.</summary>
    public override string ToString() => text.ToString();
}
