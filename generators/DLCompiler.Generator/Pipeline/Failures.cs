using System;
using System.Linq;

namespace DLCompiler.Generator.Pipeline;

/// <summary>What a failure of the compiler itself looks like in a diagnostic: one line.</summary>
internal static class Failures
{
    public static string Describe(Exception exception)
    {
        string[] frames = [.. exception.StackTrace?.Split('\n').Select(line => line.Trim()) ?? []];

        // The frame that tells most is the innermost of ours.
        string place = frames.FirstOrDefault(frame => frame.Contains("DLCompiler.")) ?? frames.FirstOrDefault() ?? "";
        // A debug build adds file and line; they differ from machine to machine.
        int file = place.IndexOf(" in ", StringComparison.Ordinal);
        if (file > 0) place = place.Substring(0, file);
        return $"{exception.GetType().Name}: {exception.Message.Replace('\r', ' ').Replace('\n', ' ')} {place}".TrimEnd();
    }
}
