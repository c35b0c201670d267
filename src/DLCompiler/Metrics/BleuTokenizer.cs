using System;
using System.Text.RegularExpressions;

namespace DLCompiler.Metrics;

/// <summary>The cut of NIST's mteval-v13a, sacrebleu's default "13a": signs are tokens of their own, except points and commas inside of numbers.</summary>
internal static partial class BleuTokenizer
{
    public static string[] Split(string text)
    {
        text = text.Replace("<skipped>", "", StringComparison.Ordinal).Replace("-\n", "", StringComparison.Ordinal).Replace('\n', ' ');
        if (text.Contains('&'))
        {
            text = text.Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
                .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        }

        text = Signs().Replace(" " + text + " ", " $1 ");
        text = AfterOthers().Replace(text, "$1 $2 ");
        text = BeforeOthers().Replace(text, " $1 $2");
        text = DigitAndDash().Replace(text, "$1 $2 ");
        return text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"([\{-\~\[-\` -\&\(-\+\:-\@\/])")]
    private static partial Regex Signs();

    [GeneratedRegex(@"([^0-9])([\.,])")]
    private static partial Regex AfterOthers();

    [GeneratedRegex(@"([\.,])([^0-9])")]
    private static partial Regex BeforeOthers();

    [GeneratedRegex(@"([0-9])(-)")]
    private static partial Regex DigitAndDash();
}
