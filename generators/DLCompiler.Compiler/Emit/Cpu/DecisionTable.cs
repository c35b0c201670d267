using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Decisions;

namespace DLCompiler.Compiler.Emit.Cpu;

/// <summary>The comment before a function's class: what was decided for it, and why. Equal decisions share a line.</summary>
public static class DecisionTable
{
    private const int MostSubjects = 6;

    /// <summary>Writes the comment.</summary>
    public static void Print(IndentedWriter writer, IReadOnlyList<Decision> decisions)
    {
        if (decisions.Count == 0) return;
        writer.Line("// Decisions, each of which a .schedule file can override:");
        foreach (IGrouping<(string, string, string, bool), Decision> equal in decisions.GroupBy(decision =>
            (decision.Name, decision.Value, decision.Why, decision.IsOverridden)))
        {
            Decision first = equal.First();
            List<string> parts = [.. equal.Select(decision => decision.Subject.Substring(decision.Subject.IndexOf('/') + 1)).Distinct()];
            string more = parts.Count > MostSubjects ? $" and {CSharpNumbers.Integer(parts.Count - MostSubjects)} more" : "";
            string subjects = string.Join(", ", parts.Take(MostSubjects)) + more;
            writer.Line($"//   {first.Name} = {first.Value}{(first.IsOverridden ? " (overridden)" : "")} for {subjects}: {first.Why}");
        }
    }
}
