using System.Globalization;
using System.Text;

namespace DLCompiler.Runtime;

/// <summary>
/// Text from files in messages: in quotes, on one line and short, whatever it is. A damaged file's names may be megabytes long, and hold anything that a
/// terminal or a log would obey.
/// </summary>
internal static class QuotedText
{
    private const int Shown = 60;

    /// <summary>The text in single quotes; control characters as <c>\uXXXX</c>, and what is beyond 60 characters as its length.</summary>
    public static string Of(string text) => $"'{Line(text, Shown)}'";

    /// <summary>The text on one line, without quotes.</summary>
    public static string Line(string text, int shown)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length && i < shown; i++)
        {
            if (IsPlain(text[i])) result.Append(text[i]);
            else result.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
        }

        if (text.Length > shown) result.Append(CultureInfo.InvariantCulture, $"… ({text.Length} characters)");
        return result.ToString();
    }

    // Halves of surrogate pairs too: the text may be cut between them.
    private static bool IsPlain(char character) =>
        char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
