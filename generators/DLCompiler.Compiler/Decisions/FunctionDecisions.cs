using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Decisions;

/// <summary>The decisions of one function at one instruction-set level: schedules tell what they would choose, and are told what it is to be.</summary>
/// <param name="function">The function's name.</param>
/// <param name="level">The level.</param>
/// <param name="overrides">What the user chooses; of several that fit, the last.</param>
public sealed class FunctionDecisions(string function, InstructionSet level, EquatableArray<ScheduleOverride> overrides)
{
    private readonly List<Decision> made = [];
    private readonly HashSet<Decision> known = [];
    private readonly Dictionary<(string Subject, string Name), Decision> latest = [];
    private readonly List<(int Override, string Subject, string? Objection)> answers = [];

    /// <summary>The function's name.</summary>
    public string Function => function;

    /// <summary>The level.</summary>
    public InstructionSet Level => level;

    /// <summary>The decisions in the order in which they were made, each once.</summary>
    public IReadOnlyList<Decision> Made => made;

    /// <summary>For each override that fits a decision: its number, the subject, and why it can't be followed, if so.</summary>
    public IReadOnlyList<(int Override, string Subject, string? Objection)> Answers => answers;

    /// <summary>Takes a decision.</summary>
    /// <param name="part">What of the function it is about; empty for all of it.</param>
    /// <param name="name">What is chosen.</param>
    /// <param name="own">The schedule's own choice.</param>
    /// <param name="why">Its reason.</param>
    /// <param name="read">Reads another choice, which must be possible.</param>
    /// <param name="print">The text of a choice, as <paramref name="read"/> reads it; by default its own.</param>
    /// <returns>What is to be done.</returns>
    public T Choose<T>(string part, string name, T own, string why, Func<string, T> read, Func<T, string>? print = null)
        where T : notnull
    {
        print ??= value => FormattableString.Invariant($"{value}");
        string subject = Subject(part);
        for (int index = overrides.Count - 1; index >= 0; index--)
        {
            ScheduleOverride wanted = overrides[index];
            if (wanted.Name != name || !wanted.IsFor(level) || !wanted.IsFor(subject)) continue;
            try
            {
                T chosen = read(wanted.Value);
                Answer(index, subject, null);
                Note(new Decision(subject, name, print(chosen), $"own choice {print(own)}: {why}", true));
                return chosen;
            }
            catch (ImpossibleChoiceException exception)
            {
                Answer(index, subject, exception.Message);
            }
        }

        Note(new Decision(subject, name, print(own), why, false));
        return own;
    }

    /// <summary>Why a decision was taken, the last time if it was several times, for a kernel's comment.</summary>
    public string Why(string part, string name)
    {
        Decision decision = latest[(Subject(part), name)];
        return decision.IsOverridden ? "overridden; " + decision.Why : decision.Why;
    }

    private string Subject(string part) => part.Length == 0 ? function : function + "/" + part;

    private void Answer(int index, string subject, string? objection)
    {
        if (!answers.Contains((index, subject, objection))) answers.Add((index, subject, objection));
    }

    private void Note(Decision decision)
    {
        latest[(decision.Subject, decision.Name)] = decision;
        if (known.Add(decision)) made.Add(decision);
    }
}
