using System;
using System.Collections.Generic;

namespace DLCompiler.Compiler.Emit;

/// <summary>Names as C# source writes them.</summary>
public static class Identifiers
{
    private static readonly HashSet<string> keywords = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event "
            + "explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null "
            + "object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static "
            + "string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while").Split(' '),
        StringComparer.Ordinal);

    /// <summary>The name with an <c>@</c> where it is a keyword.</summary>
    public static string Escape(string name) => keywords.Contains(name) ? "@" + name : name;

    /// <summary>A name that none of the taken ones equals.</summary>
    public static string Free(string name, ICollection<string> taken)
    {
        while (taken.Contains(name)) name += "_";
        return name;
    }
}
