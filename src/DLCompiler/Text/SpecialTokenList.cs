using System.Collections.Generic;

namespace DLCompiler.Text;

/// <summary>The special tokens that a user asks for.</summary>
internal static class SpecialTokenList
{
    /// <summary>The tokens, and after them the one for what is unknown, unless it is one of them.</summary>
    public static List<string> Of(IReadOnlyList<string>? tokens, string? unknown)
    {
        List<string> all = [.. tokens ?? []];
        if (unknown is not null && !all.Contains(unknown)) all.Add(unknown);
        return all;
    }
}
