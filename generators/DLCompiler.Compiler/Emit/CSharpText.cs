using System.Globalization;
using System.Text;

namespace DLCompiler.Compiler.Emit;

/// <summary>Text inside emitted C#: string literals and XML documentation.</summary>
public static class CSharpText
{
    /// <summary>A regular string literal.</summary>
    public static string Literal(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char letter in value)
        {
            switch (letter)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                default:
                    bool isPlain = !char.IsControl(letter) && letter is not ('\u2028' or '\u2029');
                    text.Append(isPlain ? letter.ToString() : "\\u" + ((int)letter).ToString("x4", CultureInfo.InvariantCulture));
                    break;
            }
        }

        return text.Append('"').ToString();
    }

    /// <summary>Text between tags of XML documentation.</summary>
    public static string Xml(string value) => value.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
