using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Decisions;

/// <summary>A decision that the user takes.</summary>
/// <param name="Level">The instruction-set level it is meant for; null for all.</param>
/// <param name="Subject">The subject of a decision; <c>*</c> stands for any characters.</param>
/// <param name="Name">The decision's name.</param>
/// <param name="Value">The choice.</param>
public sealed record ScheduleOverride(InstructionSet? Level, string Subject, string Name, string Value)
{
    /// <summary>Whether it may be meant for several subjects.</summary>
    public bool IsPattern => Subject.IndexOf('*') >= 0;

    /// <summary>Whether it is meant for a level.</summary>
    public bool IsFor(InstructionSet level) => Level is null || Level == level;

    /// <summary>Whether it is meant for a subject.</summary>
    public bool IsFor(string subject) => Matches(Subject, 0, subject, 0);

    private static bool Matches(string pattern, int at, string text, int from)
    {
        for (; at < pattern.Length; at++, from++)
        {
            if (pattern[at] == '*')
            {
                for (int rest = from; rest <= text.Length; rest++)
                    if (Matches(pattern, at + 1, text, rest)) return true;
                return false;
            }

            if (from >= text.Length || pattern[at] != text[from]) return false;
        }

        return from == text.Length;
    }
}
